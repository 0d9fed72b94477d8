"""One job over a file of lines, in a process of its own: its seconds and the most memory it held."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.bulk_data import open_snapshot

MONTH = "year(as_of) * 12 + month(as_of)"
JOIN = """SELECT id, price, least(billed, price) AS base,
  round(least(billed, price) * quantity * CASE WHEN exoneration THEN 1 ELSE 0.70 END, 2) AS amo,
  billed * quantity AS billed, v_start, v_end
FROM {lines} LEFT JOIN {cells} ON code = v_code AND {month} = v_month AND as_of >= v_start AND as_of < v_end"""


class Run(NamedTuple):
    """What a job took: seconds, and megabytes at most."""

    seconds: float
    megabytes: float


def run(job: str, *paths: Path) -> Run:
    """Runs a job of this module in a process of its own. Raises CalledProcessError."""
    words = [sys.executable, "-m", "benchmarks.bulk_runs", job, *map(str, paths)]
    told = subprocess.run(words, check=True, capture_output=True, text=True)
    return Run(*json.loads(told.stdout.splitlines()[-1]))


def priced(source: Path, target: Path, snapshot: Path) -> None:
    """This project, in columns."""
    _price(source, target, snapshot, in_columns=True)


def priced_row_by_row(source: Path, target: Path, snapshot: Path) -> None:
    """This project, line by line."""
    _price(source, target, snapshot, in_columns=False)


def _price(source: Path, target: Path, snapshot: Path, *, in_columns: bool) -> None:
    from catalog.pricing.files import price_file

    catalogue = open_snapshot(snapshot)
    price_file(catalogue, source, target, catalogue.head, in_columns=in_columns)


def copied(source: Path, target: Path, _: Path) -> None:
    """The file read and written by polars, and nothing else."""
    import polars as pl

    pl.scan_parquet(source).sink_parquet(target)


def joined_by_polars(source: Path, target: Path, cells: Path) -> None:
    """Lines and versions joined on code and month, streaming."""
    import polars as pl

    found = pl.scan_parquet(source).with_columns(v_month=_month())
    held = pl.scan_parquet(cells)
    rated = _with_amounts(found.join(held, left_on=["code", "v_month"], right_on=["v_code", "v_month"], how="left"))
    rated.filter(pl.col("as_of") >= pl.col("v_start"), pl.col("as_of") < pl.col("v_end")).sink_parquet(target)


def joined_as_of_by_polars(source: Path, target: Path, cells: Path) -> None:
    """Each line with the version that began last, by the join made for that."""
    import polars as pl

    held = pl.scan_parquet(cells).drop("v_month").unique().sort("v_start")
    found = pl.scan_parquet(source).sort("as_of")
    joined = found.join_asof(
        held, left_on="as_of", right_on="v_start", by_left="code", by_right="v_code", check_sortedness=False
    )
    _with_amounts(joined).sink_parquet(target)


def _month() -> object:
    import polars as pl

    return pl.col("as_of").dt.year().cast(pl.Int64) * 12 + pl.col("as_of").dt.month()


def _with_amounts(joined: object) -> object:
    import polars as pl

    base = pl.min_horizontal("billed", "price")
    rate = pl.when("exoneration").then(pl.lit(1.0)).otherwise(pl.lit(0.7))
    return joined.with_columns(base=base, amo=(base.cast(pl.Float64) * pl.col("quantity") * rate).round(2))


def joined_by_duckdb(source: Path, target: Path, cells: Path) -> None:
    """The same join in SQL."""
    import duckdb

    query = JOIN.format(lines=f"'{source}'", cells=f"'{cells}'", month=MONTH)
    duckdb.sql("SET threads = 2")
    duckdb.sql(f"COPY ({query}) TO '{target}' (FORMAT parquet)")


def joined_by_spark(source: Path, target: Path, cells: Path) -> None:
    """The same join in SQL, on two threads of one machine; starting Spark is not counted."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "4").config("spark.driver.memory", "3g").getOrCreate()
    global _started
    _started = time.perf_counter()
    session.read.parquet(str(source)).createOrReplaceTempView("lines")
    session.read.parquet(str(cells)).createOrReplaceTempView("cells")
    session.sql(JOIN.format(lines="lines", cells="cells", month=MONTH)).write.mode("overwrite").parquet(str(target))


JOBS: dict[str, Callable[[Path, Path, Path], None]] = {
    job.__name__: job
    for job in (
        priced, priced_row_by_row, copied, joined_by_polars, joined_as_of_by_polars, joined_by_duckdb, joined_by_spark,
    )
}  # fmt: skip
_started = 0.0


def main(job: str, *paths: str) -> None:
    """Prints what a job took; what it imports is not counted against it where it is not ours."""
    global _started
    _started = time.perf_counter()
    JOBS[job](*map(Path, paths))
    seconds = time.perf_counter() - _started
    print(json.dumps([seconds, sum(map(_most, [Path("/proc/self"), *_children()]))]))


def _children() -> list[Path]:
    """The processes that this one started: Spark works in one of them."""
    known = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
    return [Path("/proc") / number for number in known]


def _most(process: Path) -> float:
    """The most megabytes a process held. Its usage as the system counts it begins with that of whoever started it."""
    told = (process / "status").read_text(encoding="utf-8")
    return int(told.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
