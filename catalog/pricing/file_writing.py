"""Answers to a file, one at a time: CSV and NDJSON as they come, Parquet in slices."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from io import TextIOWrapper
from itertools import islice
from typing import Any, BinaryIO

import msgspec

from catalog.export_parquet import FormatUnavailableError
from catalog.export_rows import cell
from catalog.releases.telling import Told

AMOUNTS = ("unit_price", "base", "amo", "mutuelle", "patient")
DAYS = ("valid_from", "valid_to", "as_of")
COLUMNS = (
    "id", "status", "unit_price", "base", "rate", "amo", "mutuelle", "patient", "valid_from", "valid_to",
    "acte_juridique", "as_of", "pricing_date_basis", "reasons", "warnings", "errors",
)  # fmt: skip
"""Columns of an answer; the legal act is its identifier, and what is a list in JSON is one text."""
ROWS_AT_ONCE = 50_000

_NUMBER = re.compile(r"^-?\d+(?:\.\d+)?$", re.ASCII)


def flatten(answer: Told) -> dict[str, Any]:
    """An answer as one row of texts; null stays null."""
    act = answer["acte_juridique"]
    return {name: answer.get(name) for name in COLUMNS} | {
        "id": None if answer["id"] is None else str(answer["id"]),
        "acte_juridique": act["id"] if act else None,
        "reasons": _joined(answer["reasons"]),
        "warnings": _joined(warning["message"] for warning in answer["warnings"]),
        "errors": _joined(f"{error['field']}: {error['message']}" for error in answer.get("errors", ())),
    }


def _joined(texts: Iterable[str]) -> str | None:
    return " / ".join(texts) or None


def write_csv(answers: Iterable[Told], target: BinaryIO) -> None:
    """UTF-8, commas; a text that a spreadsheet would take for a formula gets an apostrophe."""
    text = TextIOWrapper(target, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for answer in answers:
        writer.writerow([_cell(value) for value in flatten(answer).values()])
    text.detach()


def _cell(value: Any) -> str:
    return value if isinstance(value, str) and _NUMBER.match(value) else cell(value)


def write_ndjson(answers: Iterable[Told], target: BinaryIO) -> None:
    """The answers of the API, one a row."""
    encode = msgspec.json.Encoder().encode
    for answer in answers:
        target.write(encode(answer) + b"\n")


def write_parquet(answers: Iterable[Told], target: BinaryIO) -> None:
    """Typed columns: exact decimals for dirhams and rates, dates; identifiers stay texts."""
    try:
        import polars
    except ImportError:
        raise FormatUnavailableError("parquet", "bulk") from None
    schema: dict[str, Any] = dict.fromkeys(COLUMNS, polars.String)
    schema |= dict.fromkeys(AMOUNTS, polars.Decimal(24, 2)) | dict.fromkeys(DAYS, polars.Date)
    schema["rate"] = polars.Decimal(5, 4)
    source = iter(answers)
    chunks = [polars.DataFrame([], schema=schema)]
    while rows := [_typed(flatten(answer)) for answer in islice(source, ROWS_AT_ONCE)]:
        chunks.append(polars.DataFrame(rows, schema=schema, orient="row"))
    polars.concat(chunks).write_parquet(target)


def _typed(row: Mapping[str, Any]) -> list[Any]:
    return [_value(name, value) for name, value in row.items()]


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in AMOUNTS or name == "rate":
        return Decimal(value)
    return date.fromisoformat(value) if name in DAYS else value
