"""Files of millions of lines, priced whole: speed, memory, growth, and the same join by others."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from benchmarks import bulk_data, bulk_runs
from benchmarks.bulk_runs import Run
from benchmarks.lookup_data import Size
from benchmarks.measure import Target, at_least, at_least_times, at_most, at_most_times, not_measured

SIZE, LINES, FEWER, BY_ROW = Size(10_000, 50), 10_000_000, 1_000_000, 40_000
QUICK_SIZE, QUICK_LINES = Size(50, 10), 2_000
OTHERS = {
    "joined_by_polars": ("polars, equi-join on code and month", "polars", 1.5),
    "joined_as_of_by_polars": ("polars, its as-of join", "polars", 0.0),
    "joined_by_duckdb": ("duckdb, equi-join on code and month", "duckdb", 2.0),
    "joined_by_spark": ("Spark local[2], equi-join on code and month", "pyspark", 5.0),
}
"""What each is called, the library it needs, and how many times as fast this project wants to be."""
TABLE = "| {:,} lines | s | lines/s | most MB |\n|---|---|---|---|"


def part(folder: Path, *, quick: bool = False) -> Iterator[str | Target]:
    """The part of the page on files, line by line."""
    missing = [name for name in ("polars", "numpy") if find_spec(name) is None]
    if missing:
        yield f"Not measured: {' and '.join(missing)} of the extra `bulk` are absent."
        return
    inside = folder / "bulk"
    inside.mkdir()
    yield from _Measured(inside, quick=quick).tell()


class _Measured:
    """The files of one run of the benchmark, and what was measured of them."""

    def __init__(self, folder: Path, *, quick: bool) -> None:
        self.folder = folder
        self.quick = quick
        self.size = QUICK_SIZE if quick else SIZE
        self.count, self.fewer = (QUICK_LINES, QUICK_LINES // 2) if quick else (LINES, FEWER)
        self.snapshot, self.cells = folder / "catalogue.snapshot", folder / "cells.parquet"
        bulk_data.write_snapshot(self.snapshot, self.size)
        self.lines, self.few = (bulk_data.write_lines(folder, self.size, count) for count in (self.count, self.fewer))

    def tell(self) -> Iterator[str | Target]:
        """Our own figures, then those of others on the same files."""
        yield (
            f"Lines of medicines at random over {self.size}, on two cores; each job runs in a process of its own, and "
            "its memory is the most that process held. Ours answer in full: status, amounts, validity, legal act, "
            "reasons, warnings; the joins of others find the price and multiply.\n"
        )
        yield TABLE.format(self.count)
        ours, copied = self._run("priced", self.lines), self._run("copied", self.lines)
        yield _row("`price-file`, Parquet to Parquet", self.count, ours)
        yield _row("polars, a plain copy of the file", self.count, copied)
        if not self.quick:
            yield from self._others(ours)
        yield from self._formats()
        speed = self.count / ours.seconds
        yield at_least("file priced, Parquet to Parquet", speed, "lines/s", 1_500_000)
        yield at_most("memory while pricing that file", ours.megabytes, "MB", 600)
        yield at_most_times("file priced", ours.seconds, "s", 2, "a plain copy of it", copied.seconds)

    def _others(self, ours: Run) -> Iterator[str | Target]:
        bulk_data.write_cells(self.cells, self.size)
        targets = []
        for job, (name, library, times) in OTHERS.items():
            what = f"file priced, beside {name}"
            if find_spec(library) is None:
                targets.append(not_measured(what, f"{library} is absent", f"≥ {times:g} ×"))
                continue
            try:
                theirs = self._run(job, self.lines)
            except subprocess.CalledProcessError:
                targets.append(not_measured(what, f"{library} failed here", f"≥ {times:g} ×"))
                continue
            yield _row(name, self.count, theirs)
            speeds = self.count / ours.seconds, self.count / theirs.seconds
            targets.append(at_least_times(what, speeds[0], "lines/s", times, "the join alone", speeds[1]))
        yield from (target for target in targets if not target.target.startswith("≥ 0 "))

    def _formats(self) -> Iterator[str | Target]:
        import polars as pl

        yield "\n" + TABLE.format(self.fewer)
        grown = self._run("priced", self.few)
        yield _row("`price-file`, Parquet to Parquet", self.fewer, grown)
        for ending in (".csv", ".ndjson"):
            source = self.few.with_suffix(ending)
            lines = pl.scan_parquet(self.few)
            told = lines.with_columns(pl.col("as_of", "billed").cast(pl.String)) if ending == ".ndjson" else lines
            told.sink_ndjson(source) if ending == ".ndjson" else lines.cast(pl.String).sink_csv(source)
            ran = self._run("priced", source)
            yield _row(f"{ending[1:].upper()} to Parquet", self.fewer, ran)
            if ending == ".csv":
                yield at_least("file priced, from CSV", self.fewer / ran.seconds, "lines/s", 350_000)
            ran = self._run("priced", self.few, ending)
            yield _row(f"Parquet to {ending[1:].upper()}", self.fewer, ran)
        few = bulk_data.write_lines(self.folder, self.size, min(BY_ROW, self.fewer))
        ran = self._run("priced_row_by_row", few)
        yield f"\nLine by line, without the extra `bulk`: {min(BY_ROW, self.fewer) / ran.seconds:,.0f} lines/s."

    def _run(self, job: str, source: Path, ending: str = ".parquet") -> Run:
        target = self.folder / f"out{ending}"
        beside = self.snapshot if job.startswith("priced") else self.cells
        try:
            return bulk_runs.run(job, source, target, beside)
        finally:
            if target.is_dir():
                shutil.rmtree(target)
            target.unlink(missing_ok=True)


def _row(what: str, lines: int, ran: Run) -> str:
    return f"| {what} | {ran.seconds:.2f} | {lines / ran.seconds:,.0f} | {ran.megabytes:,.0f} |"
