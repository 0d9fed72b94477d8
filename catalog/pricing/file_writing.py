"""Answers to a file, some rows at a time: CSV, NDJSON, Parquet, each with the answers of the API."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

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
CSV_HEADER = (",".join(COLUMNS) + "\n").encode()

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


def csv_rows(answers: Iterable[Told]) -> bytes:
    """UTF-8, commas; a text that a spreadsheet would take for a formula gets an apostrophe."""
    return csv_cells([_cell(value) for value in flatten(answer).values()] for answer in answers)


def csv_cells(rows: Iterable[Iterable[str | None]]) -> bytes:
    """Rows of texts as CSV; between quotes only where a comma, a quote or a new line makes it needed."""
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    return value if isinstance(value, str) and _NUMBER.match(value) else cell(value)


def ndjson_rows(answers: Iterable[Told]) -> bytes:
    """The answers of the API, one a row."""
    return b"".join(map(b"%b\n".__mod__, map(msgspec.json.Encoder().encode, answers)))


def parquet_file(answers: Iterable[Told]) -> bytes:
    """A Parquet file. Typed columns: exact decimals for dirhams and rates, dates; identifiers stay texts."""
    try:
        import polars
    except ImportError:
        raise FormatUnavailableError("parquet", "bulk") from None
    schema: dict[str, Any] = dict.fromkeys(COLUMNS, polars.String)
    schema |= dict.fromkeys(AMOUNTS, polars.Decimal(24, 2)) | dict.fromkeys(DAYS, polars.Date)
    schema["rate"] = polars.Decimal(5, 4)
    return parquet_bytes(polars.DataFrame([_typed(flatten(answer)) for answer in answers], schema, orient="row"))


def parquet_bytes(frame: Any) -> bytes:
    """A frame as a Parquet file of one group of rows. The first level of zstd is the fastest, and as small."""
    target = BytesIO()
    frame.write_parquet(target, compression_level=1, row_group_size=max(1, len(frame)))
    return target.getvalue()


def _typed(row: Mapping[str, Any]) -> list[Any]:
    return [_value(name, value) for name, value in row.items()]


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in AMOUNTS or name == "rate":
        return Decimal(value)
    return date.fromisoformat(value) if name in DAYS else value
