"""What editors wait for: importing the real list, its report, the lists of the console, the review of a draft."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import console_lists, import_reports, imports, review
from benchmarks.measure import HEADER


def part(folder: Path, *, quick: bool = False) -> Iterator[str]:
    """One table; nothing where only tiny sizes are wanted, for these have one size."""
    if quick:
        yield "Not measured: its sizes cannot be made smaller."
        return
    yield HEADER
    for benchmark in (imports, import_reports, console_lists, review):
        with tempfile.TemporaryDirectory(dir=folder) as inside:
            yield from (line.row() for line in benchmark.run(Path(inside)))
