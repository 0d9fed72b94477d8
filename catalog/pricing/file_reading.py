"""Lines to price from a file, one at a time: CSV, NDJSON, Parquet. A row that cannot be read is a bad line, a value."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

import msgspec

from catalog.errors import InvalidError
from catalog.export_parquet import FormatUnavailableError
from catalog.pricing.answers import FieldError
from catalog.pricing.line_fields import READERS
from catalog.pricing.lines import BadLine, from_cells

LONGEST_ROW = 1_000_000
"""Bytes of a JSON row; a longer one is passed over, and told."""
ROWS_AT_ONCE = 50_000

_decoder = msgspec.json.Decoder()


class PriceFileError(InvalidError):
    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path.name} cannot be priced: {why}")


def read_csv(path: Path) -> Iterator[object]:
    """Rows of a UTF-8 file with a header, separated by commas or semicolons. Raises PriceFileError."""
    with path.open("rb") as source:
        text = TextIOWrapper(source, encoding="utf-8-sig", newline="")
        try:
            yield from _csv_rows(path, text)
        except UnicodeDecodeError as error:
            raise PriceFileError(path, f"it is not UTF-8 at byte {error.start}; save it as UTF-8.") from error
        except csv.Error as error:
            raise PriceFileError(path, f"it is not CSV: {error}.") from error


def _csv_rows(path: Path, text: TextIOWrapper) -> Iterator[object]:
    header_line = text.readline()
    separator = ";" if header_line.count(";") > header_line.count(",") else ","
    names = [name.strip() for name in next(csv.reader([header_line], delimiter=separator), [])]
    check_columns(path, names)
    for number, cells in enumerate(csv.reader(text, delimiter=separator, strict=True), start=1):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(names):
            yield _bad_row(number, f"has {len(cells)} cells under {len(names)} columns")
        else:
            yield from_cells(dict(zip(names, cells, strict=False)))


def check_columns(path: Path, names: Sequence[str]) -> None:
    """A column that is no field of a line refuses the file: nobody knows what it was meant to change."""
    unknown = [name for name in names if name not in READERS]
    if not names:
        raise PriceFileError(path, f"it has no header; its columns are those of a line: {', '.join(READERS)}.")
    if unknown:
        told = ", ".join(repr(name) for name in unknown)
        raise PriceFileError(path, f"a line has no field {told}; its fields are {', '.join(READERS)}.")
    if len(set(names)) < len(names):
        raise PriceFileError(path, "two of its columns have the same name.")


def read_ndjson(path: Path) -> Iterator[object]:
    """One JSON object a row; blank rows are passed over."""
    with path.open("rb") as source:
        yield from ndjson_rows(source)


def ndjson_rows(source: IO[bytes]) -> Iterator[object]:
    """The rows of a stream of NDJSON; one that is no JSON is a bad line."""
    for number, row in enumerate(_short_rows(source), start=1):
        if row is None:
            yield _bad_row(number, f"is longer than {LONGEST_ROW} bytes")
        elif row.strip():
            try:
                yield _decoder.decode(row)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                yield _bad_row(number, f"is not JSON: {error}")


def _short_rows(source: IO[bytes]) -> Iterator[bytes | None]:
    """Each row, or None for one that is too long to be held."""
    while row := source.readline(LONGEST_ROW + 1):
        if len(row) <= LONGEST_ROW or row.endswith(b"\n"):
            yield row
            continue
        while rest := source.readline(LONGEST_ROW + 1):
            if rest.endswith(b"\n"):
                break
        yield None


def _bad_row(number: int, why: str) -> BadLine:
    return BadLine(None, (FieldError("line", f"Row {number} {why}."),))


def read_parquet(path: Path) -> Iterator[object]:
    """Rows of a Parquet file; ``billed`` may be a decimal or a text, never a float. Raises PriceFileError."""
    try:
        import polars
    except ImportError:
        raise FormatUnavailableError("parquet", "bulk") from None
    try:
        frame = polars.scan_parquet(path)
        check_columns(path, frame.collect_schema().names())
        offset = 0
        while len(rows := frame.slice(offset, ROWS_AT_ONCE).collect()):
            yield from (_from_typed(row) for row in rows.iter_rows(named=True))
            offset += ROWS_AT_ONCE
    except polars.exceptions.PolarsError as error:
        raise PriceFileError(path, f"it is not Parquet that can be read ({type(error).__name__}).") from error


def _from_typed(row: dict[str, Any]) -> dict[str, Any]:
    """A typed row as the JSON object it stands for."""
    return {name: _as_json(value) for name, value in row.items() if value is not None}


def _as_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime) or not isinstance(value, date):
        return value
    return value.isoformat()
