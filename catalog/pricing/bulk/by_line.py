"""Lines that columns cannot answer, priced one by one: faults, sentences of their own, answers that have changed."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import polars as pl

from catalog.pricing.answers import FieldError
from catalog.pricing.bulk.meaning import Source, line_of
from catalog.pricing.bulk.told import Priced
from catalog.pricing.bulk.worth import Rows
from catalog.pricing.lines import BadLine, Line, parse_line
from catalog.pricing.pricer import Pricer


def price_left(
    pricer: Pricer, frame: pl.DataFrame, rows: Rows, priced: Priced, source: Source, default_as_of: date | None
) -> None:
    """Puts right the answers to some lines of a frame."""
    if not len(rows):
        return
    for number, row in zip(rows.tolist(), frame[rows].iter_rows(named=True), strict=True):
        fault, raw = row.pop("fault", None), row.pop("raw", None)
        line = _read(row, fault, raw, source, default_as_of)
        priced.put(number, pricer.price(line))
        if fault is not None or raw is not None:
            priced.odd_ids[number] = line.id


def _read(
    row: dict[str, Any], fault: str | None, raw: str | None, source: Source, default_as_of: date | None
) -> Line | BadLine:
    if fault is not None:
        return BadLine(None, (FieldError("line", fault),))
    return parse_line(line_of(source, row) if raw is None else msgspec.json.decode(raw), default_as_of)
