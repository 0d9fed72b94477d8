"""The caller's own marks, echoed as they came: a column of texts, or of whole numbers."""

from __future__ import annotations

import polars as pl

from catalog.pricing.bulk.meaning import Source, meaning

SPACES = "".join(map(chr, filter(lambda point: chr(point).isspace(), range(0x110000))))
"""What ``str.strip`` cuts, which is a little more than what Unicode calls a space."""


def is_id(dtype: pl.DataType) -> bool:
    """Whether all values of a column are texts or whole numbers."""
    return dtype.is_integer() or dtype in (pl.String, pl.Null, pl.Categorical, pl.Enum)


def read_ids(frame: pl.DataFrame, source: Source) -> pl.Series:
    """The ids as they came, null where there is none or it cannot be read: texts, or whole numbers."""
    if "id" not in frame.columns:
        return pl.repeat(None, len(frame), dtype=pl.String, eager=True)
    ids = frame["id"]
    if not is_id(ids.dtype):
        told = (meaning(source, "id", value) for value in ids.to_list())
        return pl.Series([value if isinstance(value, str) else None for value in told], dtype=pl.String)
    if ids.dtype.is_integer():
        return ids
    texts = ids.cast(pl.String)
    return texts if source != "csv" else texts.str.strip_chars(SPACES).replace("", None)
