"""What is measured and how: run ``python -m benchmarks`` (or ``make bench``). Results are ratios within one run."""
