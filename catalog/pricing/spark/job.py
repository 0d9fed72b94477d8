"""The job: lines taken apart, the intervals of what they ask, a broadcast join, and the pricer for the rest."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pyspark.sql.functions as sf
from pyspark.errors import AnalysisException

from catalog.errors import ConflictError
from catalog.pricing.file_blocks import PriceFileError
from catalog.pricing.file_writing import COLUMNS
from catalog.pricing.files import UnknownFileFormatError
from catalog.pricing.spark.answering import answered, intervals_of, joined, told, typed_row
from catalog.pricing.spark.shipping import ship
from catalog.pricing.spark.sources import Frame, read_parquet
from catalog.pricing.spark.texts import Reader, apart_from_text, read_csv, read_ndjson

BROADCAST_INTERVALS = 2_000_000
"""With more intervals than these, Spark joins as it thinks best: they may not fit into each executor."""
_TEXTS = {".csv": read_csv, ".ndjson": read_ndjson, ".jsonl": read_ndjson}


class TargetTakenError(ConflictError):
    def __init__(self, target: str) -> None:
        super().__init__(f"{target} is there already: name a folder that is not.")


def price_with_spark(
    spark: Any,
    snapshot: Path,
    source: str,
    target: str,
    release: int,
    default_as_of: date | None = None,
    *,
    in_order: bool = False,
) -> Counter[str]:
    """Prices a file, or a folder of Parquet, into a folder of Parquet; answers how many lines had each status.

    The answers are those of ``price-file``, behind the number of the line, ``row``; ``in_order`` sorts them by it.
    ``snapshot`` is a file on the driver; what is worked out on the way lies beside the target, and goes at the end.
    Raises PriceFileError, UnknownFileFormatError, TargetTakenError.
    """
    if _exists(spark, target):
        raise TargetTakenError(target)
    work = f"{target.rstrip('/')}.work"
    try:
        shipped = ship(spark, snapshot)
        lines, read = _opened(spark, source, work, default_as_of)
        intervals = _intervals(spark, lines, work, shipped, release)
        answers = _answers(lines, intervals, read, shipped, release, default_as_of)
        (answers.orderBy("row") if in_order else answers).write.parquet(target)
    finally:
        _remove(spark, work)
    counts = spark.read.parquet(target).groupBy("status").count().collect()
    return Counter({row["status"]: row["count"] for row in counts})


def _opened(spark: Any, source: str, work: str, default_as_of: date | None) -> tuple[Frame, Reader]:
    try:
        return _lines(spark, source, work, default_as_of)
    except AnalysisException as error:
        raise PriceFileError(Path(source), f"Spark says {error.getCondition()}.") from error


def _lines(spark: Any, source: str, work: str, default_as_of: date | None) -> tuple[Frame, Reader]:
    """Lines taken apart, and what reads the others. Texts are read once, and kept apart."""
    suffix = Path(source.rstrip("/")).suffix.lower()
    if suffix == ".parquet":
        return read_parquet(spark, source, default_as_of), typed_row
    if suffix not in _TEXTS:
        raise UnknownFileFormatError(Path(source))
    rows, read = _TEXTS[suffix](spark, source)
    apart_from_text(rows, read, default_as_of).write.parquet(f"{work}/lines")
    return spark.read.parquet(f"{work}/lines"), read


def _intervals(spark: Any, lines: Frame, work: str, shipped: str, release: int) -> Frame:
    """The intervals of what is asked, exported as Parquet, and marked for broadcast unless they are too many."""
    asked = lines.where("question IS NOT NULL").groupBy("question")
    spans = asked.agg(sf.min("day").alias("first"), sf.max("day").alias("last"))
    # Few rows, each of them work: spread over all cores, which Spark would not do by their size.
    spread = spans.repartition(4 * spark.sparkContext.defaultParallelism)
    intervals_of(spread, shipped, release).write.parquet(f"{work}/intervals")
    intervals = spark.read.parquet(f"{work}/intervals")
    return sf.broadcast(intervals) if intervals.count() <= BROADCAST_INTERVALS else intervals


def _answers(
    lines: Frame, intervals: Frame, read: Reader, shipped: str, release: int, default_as_of: date | None
) -> Frame:
    found = joined(lines, intervals)
    rest = answered(lines_for_the_pricer(found), read, shipped, release, default_as_of)
    return told(found.where("is_told")).unionByName(rest).select("row", *COLUMNS)


def lines_for_the_pricer(found: Frame) -> Frame:
    """Those whose answer is more than arithmetic."""
    return found.where("NOT is_told")


def _exists(spark: Any, folder: str) -> bool:
    return bool(_file_system(spark, folder).exists(_path(spark, folder)))


def _remove(spark: Any, folder: str) -> None:
    _file_system(spark, folder).delete(_path(spark, folder), True)


def _path(spark: Any, folder: str) -> Any:
    return spark._jvm.org.apache.hadoop.fs.Path(folder)


def _file_system(spark: Any, folder: str) -> Any:
    return _path(spark, folder).getFileSystem(spark._jsc.hadoopConfiguration())
