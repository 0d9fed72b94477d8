"""Runs every benchmark and writes ``docs/performance.md``."""

from __future__ import annotations

import platform
import sys
import tempfile
from pathlib import Path

from benchmarks import console_lists, import_reports, imports, review, truth
from benchmarks.measure import HEADER

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"

INTRODUCTION = f"""# Performance

Written by `make bench`, on SQLite, Python {platform.python_version()}. Machines differ and are noisy: what counts is
the ratio to something measured in the same run. The limit of a durable write is a plain SQLite insert of as many rows,
without schema, triggers, digests or history.
"""


BENCHMARKS = {
    "imports": imports,
    "reports": import_reports,
    "lists": console_lists,
    "review": review,
    "truth": truth,
}


def main(asked: list[str]) -> None:
    """Runs all, or those named; only a whole run writes the page."""
    unknown = set(asked) - set(BENCHMARKS)
    if unknown:
        sys.exit(f"No benchmark is named {', '.join(sorted(unknown))}: there are {', '.join(BENCHMARKS)}.")
    lines = []
    for benchmark in [BENCHMARKS[name] for name in asked or BENCHMARKS]:
        with tempfile.TemporaryDirectory() as folder:
            for line in benchmark.run(Path(folder)):
                print(line.row(), flush=True)
                lines.append(line)
    if asked:
        return
    table = "\n".join([HEADER, *(line.row() for line in lines)])
    PAGE.write_text(f"{INTRODUCTION}\n{table}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
