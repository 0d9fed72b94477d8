"""Answers in columns as the bytes of a file: the same as of answers one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Literal

import polars as pl

from catalog.pricing.file_writing import csv_cells, parquet_bytes

if TYPE_CHECKING:
    from catalog.pricing.bulk.told import Priced


def csv_bytes(priced: Priced) -> bytes:
    """Rows of CSV. Writers differ over an identifier that is empty or holds a carriage return: ours decides."""
    texts = priced.texts()
    if (texts["id"] == "").any():
        texts = texts.with_columns(pl.col("id").replace("", None))
    if texts["id"].str.contains("\r", literal=True).any():
        return csv_cells(texts.iter_rows())
    return _written(texts, quote_style="necessary")


def ndjson_bytes(priced: Priced) -> bytes:
    """Rows of NDJSON."""
    return _written(priced.json_rows().to_frame(), quote_style="never")


def _written(frame: pl.DataFrame, quote_style: Literal["necessary", "never"]) -> bytes:
    target = BytesIO()
    frame.write_csv(target, include_header=False, quote_style=quote_style)
    return target.getvalue()


WRITERS: Mapping[str, Callable[[Priced], bytes]] = {
    ".csv": csv_bytes,
    ".ndjson": ndjson_bytes,
    ".jsonl": ndjson_bytes,
    ".parquet": lambda priced: parquet_bytes(priced.table()),
}
"""How each format is written."""
