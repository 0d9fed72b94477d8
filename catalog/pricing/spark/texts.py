"""Rows of CSV and NDJSON, read by the same functions as ``price-file`` reads them, in the workers of Spark."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyspark.sql.functions as sf

from catalog.pricing.file_blocks import PriceFileError, bad_row
from catalog.pricing.file_csv import check_columns
from catalog.pricing.file_reading import LONGEST_ROW, decode_row
from catalog.pricing.lines import from_cells
from catalog.pricing.spark.asking import Apart, take_apart
from catalog.pricing.spark.sources import Frame, read_text

SCHEMA = "row bigint, id string, question string, day int, quantity int, billed bigint, came binary"
Reader = Callable[[int, Any], tuple[object, ...]]
"""What the row of a number says: one raw line, or a bad one; nothing where it is blank."""


@dataclass(frozen=True)
class CsvRows:
    """Reads the rows of a CSV file that has this header, and no quotes."""

    names: tuple[str, ...]
    separator: str

    def __call__(self, number: int, row: bytes) -> tuple[object, ...]:
        cells = row.decode().split(self.separator)
        if not any(map(str.strip, cells)):
            return ()
        if len(cells) > len(self.names):
            return (bad_row(number, f"has {len(cells)} cells under {len(self.names)} columns"),)
        return (from_cells(dict(zip(self.names, cells, strict=False))),)


def read_json_row(number: int, row: bytes) -> tuple[object, ...]:
    """A row of NDJSON."""
    if len(row) > LONGEST_ROW:
        return (decode_row(number, None),)
    return (decode_row(number, row),) if row.strip() else ()


def read_csv(spark: Any, source: str) -> tuple[Frame, Reader]:
    """Rows numbered from 1 and their reader. Raises PriceFileError, also for what cannot be shared among tasks."""
    rows, path = read_text(spark, source, None), Path(source)
    header = rows.where("row = 0").first()["came"].decode("utf-8-sig", errors="replace")
    separator = ";" if header.count(";") > header.count(",") else ","
    names = tuple(name.strip() for name in next(csv.reader([header], delimiter=separator), []))
    check_columns(path, names)
    text = sf.col("came").cast("string")
    longest = csv.field_size_limit()
    odd = rows.select(
        sf.max(text.contains('"') | text.contains("\0")).alias("quoted"),
        sf.max(~sf.is_valid_utf8(text) | (sf.octet_length(text) > longest)).alias("unreadable"),
    ).first()
    if odd["unreadable"]:
        raise PriceFileError(path, "a row of it is not UTF-8, or too long; `amo-catalog price-file` says where.")
    if odd["quoted"]:
        raise PriceFileError(
            path, "it has quoted cells, which may hide the ends of rows: write it as Parquet or NDJSON for Spark."
        )
    return rows.where("row > 0"), CsvRows(names, separator)


def read_ndjson(spark: Any, source: str) -> tuple[Frame, Reader]:
    """Rows numbered from 1 and their reader."""
    rows = read_text(spark, source, "\n")
    return rows.select((sf.col("row") + 1).alias("row"), "came"), read_json_row


def apart_from_text(rows: Frame, reader: Reader, default_as_of: date | None) -> Frame:
    """The lines of a text file, blank ones left out."""

    def read(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow

        names = ("row", "id", "question", "day", "quantity", "billed", "came")
        kinds = ("int64", "string", "string", "int32", "int32", "int64", "binary")
        schema = pyarrow.schema(list(zip(names, map(pyarrow.type_for_alias, kinds), strict=True)))
        for batch in batches:
            told = [
                dict(zip(names, _row(number, row, raw, default_as_of), strict=True))
                for number, row in zip(batch["row"].to_pylist(), batch["came"].to_pylist(), strict=True)
                for raw in reader(number, row)
            ]
            yield pyarrow.RecordBatch.from_pylist(told, schema=schema)

    return rows.mapInArrow(read, SCHEMA)


def _row(number: int, row: bytes, raw: object, default_as_of: date | None) -> tuple[Any, ...]:
    apart = take_apart(raw, default_as_of)
    return (number, *(apart or (None,) * len(Apart._fields)), row)
