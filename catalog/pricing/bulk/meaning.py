"""What a cell stands for in each kind of file: the value that the JSON of the line would hold."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from catalog.pricing.lines import from_cells

Source = Literal["csv", "ndjson", "parquet"]


def meaning(source: Source, name: str, value: Any) -> Any:
    """The value of a field of a line; None where it is absent."""
    if source == "csv":
        return from_cells({name: value}).get(name)
    return as_json(value) if source == "parquet" else value


def line_of(source: Source, row: dict[str, Any]) -> dict[str, Any]:
    """A row as the JSON object it stands for."""
    meant = {name: meaning(source, name, value) for name, value in row.items() if value is not None}
    return {name: value for name, value in meant.items() if value is not None}


def as_json(value: Any) -> Any:
    """A typed value as JSON has it: money and days are texts."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime) or not isinstance(value, date):
        return value
    return value.isoformat()
