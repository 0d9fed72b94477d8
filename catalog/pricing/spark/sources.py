"""Lines in Spark: a row for each, taken apart where it is ordinary, and left as it came for the pricer.

Columns: ``row`` counts the lines of the input from 1, as sentences on bad rows do; ``id``, ``question``, ``day``,
``quantity``, ``billed`` are those of ``Apart``, all null for a line that is not ordinary; the others are what came.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyspark.sql.functions as sf
import pyspark.sql.types as st

from catalog.pricing.file_blocks import PriceFileError
from catalog.pricing.file_csv import check_columns
from catalog.pricing.line_fields import MAX_QUANTITY
from catalog.pricing.spark.asking import ASKED, BILLED, DAY, FIRST_DAY, LAST_DAY

Frame = Any
"""A ``pyspark.sql.DataFrame``."""
APART = ("id", "question", "day", "quantity", "billed")
_FLAGS = ("exoneration", "mutuelle", "accord_prealable", "justified")
_INTEGERS = (st.ByteType, st.ShortType, st.IntegerType, st.LongType)
_ORDINARY: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(ASKED, (st.StringType,)),
    **dict.fromkeys(_FLAGS, (st.BooleanType,)),
    "id": (st.StringType, *_INTEGERS),
    "as_of": (st.StringType, st.DateType),
    "quantity": _INTEGERS,
    "billed": (st.StringType, st.DecimalType),
}
"""The types of columns whose lines may be taken apart."""


def read_parquet(spark: Any, source: str, default_as_of: date | None) -> Frame:
    """The lines of a file, or of all files of a folder in the order of their names; what came is one struct, ``came``.

    Raises PriceFileError for a column that is no field of a line.
    """
    lines = spark.read.parquet(source)
    check_columns(Path(source), lines.columns)
    came = sf.struct(*(sf.col(name) for name in lines.columns)).alias("came")
    numbered = lines.select(came, _row(spark, lines).alias("row"))
    types = {field.name: field.dataType for field in lines.schema.fields}
    if not all(isinstance(kind, _ORDINARY[name]) for name, kind in types.items()):
        nothing = (sf.lit(None).cast(kind).alias(name) for name, kind in zip(APART, _types(), strict=True))
        return numbered.select("row", *nothing, "came")
    return numbered.select("row", *_apart(types, default_as_of), "came")


def _types() -> Iterator[str]:
    yield from ("string", "string", "int", "int", "bigint")


def _row(spark: Any, lines: Frame) -> Any:
    """Where a line stands in its file, after the files before it."""
    here = sf.col("_metadata.row_index") + 1
    files = lines.inputFiles()
    if len(files) < 2:
        return here
    name = sf.col("_metadata.file_path")
    sizes = lines.select(name.alias("name")).groupBy("name").count().orderBy("name").collect()
    before, total = [], 0
    for file in sizes:
        before += [sf.lit(file["name"]), sf.lit(total)]
        total += file["count"]
    return here + sf.create_map(*before)[name]


def _apart(types: dict[str, Any], default_as_of: date | None) -> Iterator[Any]:
    """The columns of ``Apart``, by the rules of ``take_apart``."""

    def came(name: str) -> Any:
        return sf.col(f"came.{name}") if name in types else sf.lit(None)

    day = _day(came("as_of").cast("string"), default_as_of)
    quantity = sf.coalesce(came("quantity").cast("bigint"), sf.lit(1).cast("bigint"))
    billed = came("billed").cast("string")
    is_ordinary = (
        day.isNotNull() & quantity.between(1, MAX_QUANTITY) & (billed.isNull() | billed.rlike(rf"\A(?:{BILLED})\z"))
    )
    asked = [came(name).alias(name) for name in sorted(ASKED) if name in types]
    question = sf.to_json(sf.struct(*asked)) if asked else sf.lit("{}")
    cents = (billed.try_cast("decimal(12,2)") * 100).try_cast("bigint")
    values = (came("id").cast("string"), question, sf.unix_date(day), quantity.cast("int"), cents)
    return (sf.when(is_ordinary, value).alias(name) for name, value in zip(APART, values, strict=True))


def _day(told: Any, default: date | None) -> Any:
    day = sf.when(told.rlike(rf"\A(?:{DAY})\z"), told.try_cast("date"))
    if default is not None:
        day = sf.when(told.isNull(), sf.lit(default)).otherwise(day)
    return sf.when(day.between(sf.lit(FIRST_DAY), sf.lit(LAST_DAY)), day)


def read_text(spark: Any, source: str, line_end: str | None) -> Frame:
    """The rows of a text file with their numbers from 0: ``row`` and its bytes, ``came``."""
    reader = spark.read.option("lineSep", line_end) if line_end else spark.read
    mark = sf.monotonically_increasing_id()
    rows = reader.text(source).select(mark.alias("mark"), "value", sf.col("_metadata.file_block_start").alias("start"))
    part = sf.shiftright(sf.col("mark"), 33)
    parts = rows.groupBy(part.alias("part")).agg(sf.min("start").alias("start"), sf.count("*").alias("rows"))
    before, total = [], 0
    for found in parts.orderBy("start").collect():
        before += [sf.lit(found["part"]), sf.lit(total)]
        total += found["rows"]
    if not total:
        raise PriceFileError(Path(source), "it is empty.")
    place = sf.col("mark").bitwiseAND(2**33 - 1) + sf.create_map(*before)[part]
    return rows.select(place.alias("row"), sf.col("value").cast("binary").alias("came"))
