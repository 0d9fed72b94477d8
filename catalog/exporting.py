"""Everything of a kind in force at a moment, as a file that a spreadsheet, a program or the catalogue itself can read.

Columns are ``code``, the fields of the kind, and what a fact carries; the canonical profile imports them again. The
same release, day and format give the same bytes.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import TextIOWrapper
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.xml.functions import tostring

from catalog.errors import CatalogError, InvalidError
from catalog.fields import (
    LIST_SEPARATOR,
    DayField,
    DecimalField,
    EntryField,
    FlagField,
    MoneyField,
    NumberField,
    RateField,
    TextListField,
)
from catalog.kinds import Kind
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

CARRIED = ("valid_from", "valid_to", "legal_act", "source", "confidence")
"""Columns that say when, on what ground and how surely; ``0001-01-01`` is a beginning that nobody knows."""

SHEET_ROWS = 1_048_576
ROWS_AT_ONCE = 20_000
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FORMULA = re.compile(r"[=+\-@\t\r]")

Writer = Callable[[Kind, Iterable[Version], BinaryIO], None]


class UnknownFormatError(InvalidError):
    def __init__(self, asked: str) -> None:
        super().__init__(f"There is no export format named {asked!r}. Formats: {', '.join(FORMATS)}.")


class FormatUnavailableError(CatalogError):
    def __init__(self, name: str, extra: str) -> None:
        super().__init__(
            f"The format {name} needs a library that is not installed: pip install 'amo-catalog[{extra}]'."
        )


class SheetFullError(CatalogError):
    def __init__(self) -> None:
        super().__init__(f"A sheet holds {SHEET_ROWS} rows and there are more: take csv, jsonl or parquet.")


@dataclass(frozen=True, slots=True)
class Format:
    """A way of writing an export: its file extension, its media type and its writer."""

    name: str
    media_type: str
    write: Writer


def columns(kind: Kind) -> list[str]:
    """The header of an export."""
    return ["code", *kind.fields, *CARRIED]


def find_format(name: str) -> Format:
    """Raises UnknownFormatError."""
    if name not in FORMATS:
        raise UnknownFormatError(name)
    return FORMATS[name]


def export(snapshot: Snapshot, kind: Kind, moment: Moment, format_name: str, target: BinaryIO) -> int:
    """Writes everything of a kind in force at a moment and answers how many entries that is.

    Raises UnknownFormatError, FormatUnavailableError, or SheetFullError once a sheet is full.
    """
    written = 0

    def counted() -> Iterator[Version]:
        nonlocal written
        for version in snapshot.in_force(kind.name, moment):
            written += 1
            yield version

    find_format(format_name).write(kind, counted(), target)
    return written


def file_name(kind: Kind, release: int, label: str | None, as_of: date, format_name: str) -> str:
    """A name that tells kind, release and day: ``medicaments-release-4-06-23-2014-07-01.csv``."""
    told = re.sub(r"[^A-Za-z0-9.-]+", "-", label or "").strip("-.")
    parts = (kind.plural, "release", str(release), told, as_of.isoformat())
    return f"{'-'.join(filter(None, parts))}.{format_name}"


def external(kind: Kind, version: Version) -> dict[str, Any]:
    """A version as one row, ready for JSON."""
    period = version.period
    return {
        "code": version.code,
        **kind.dump(version.payload),
        "valid_from": period.start.isoformat(),
        "valid_to": None if period.is_open_ended else period.end.isoformat(),
        "legal_act": version.legal_act,
        "source": version.source,
        "confidence": version.confidence,
    }


def cell(value: Any) -> str:
    """The text of a value in a spreadsheet; one that a spreadsheet would take for a formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    text = LIST_SEPARATOR.join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def _cells(kind: Kind, version: Version) -> list[str]:
    row = external(kind, version)
    return [cell(row[name]) for name in columns(kind)]


def _write_csv(kind: Kind, versions: Iterable[Version], target: BinaryIO) -> None:
    text = TextIOWrapper(target, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns(kind))
    writer.writerows(_cells(kind, version) for version in versions)
    text.detach()


def _write_jsonl(kind: Kind, versions: Iterable[Version], target: BinaryIO) -> None:
    for version in versions:
        target.write(json.dumps(external(kind, version), ensure_ascii=False).encode() + b"\n")


def _write_xlsx(kind: Kind, versions: Iterable[Version], target: BinaryIO) -> None:
    """Every cell is text: spreadsheets turn codes that look like numbers into other numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(kind.plural[:31])
    sheet.append(columns(kind))
    for number, version in enumerate(versions, start=2):
        if number > SHEET_ROWS:
            raise SheetFullError
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text) for text in _cells(kind, version)])
    with TemporaryFile() as made:
        book.save(made)
        book.properties.created = book.properties.modified = datetime(*_EPOCH)  # noqa: DTZ001
        _repack(made, target, {"docProps/core.xml": tostring(book.properties.to_tree())})


def _repack(made: IO[bytes], target: BinaryIO, replaced: Mapping[str, bytes]) -> None:
    """The same archive without the instants at which its parts were written."""
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type, part.file_size = zipfile.ZIP_DEFLATED, old.getinfo(name).file_size
            with new.open(part, "w") as sink:
                if name in replaced:
                    sink.write(replaced[name])
                else:
                    with old.open(name) as source:
                        shutil.copyfileobj(source, sink)


def _write_parquet(kind: Kind, versions: Iterable[Version], target: BinaryIO) -> None:
    """Typed columns: exact decimals for dirhams and rates, dates, booleans, lists of texts; codes stay texts."""
    try:
        import polars
    except ImportError:
        raise FormatUnavailableError("parquet", "bulk") from None
    schema = _parquet_schema(kind)
    source = iter(versions)
    chunks = [polars.DataFrame([], schema=schema)]
    while rows := [_typed(kind, version) for version in islice(source, ROWS_AT_ONCE)]:
        chunks.append(polars.DataFrame(rows, schema=schema, orient="row"))
    polars.concat(chunks).write_parquet(target)


def _parquet_schema(kind: Kind) -> dict[str, Any]:
    import polars

    types: list[tuple[type[EntryField], Any]] = [
        (MoneyField, polars.Decimal(14, 2)),
        (DecimalField, polars.Decimal(14, 2)),
        (RateField, polars.Decimal(5, 4)),
        (NumberField, polars.Int64),
        (FlagField, polars.Boolean),
        (DayField, polars.Date),
        (TextListField, polars.List(polars.String)),
    ]
    schema: dict[str, Any] = dict.fromkeys(columns(kind), polars.String)
    for name, field in kind.fields.items():
        schema[name] = next((made for known, made in types if isinstance(field, known)), polars.String)
    return schema | {"valid_from": polars.Date, "valid_to": polars.Date}


def _typed(kind: Kind, version: Version) -> list[Any]:
    row = external(kind, version)
    for name, field in kind.fields.items():
        if isinstance(field, DayField):
            row[name] = version.payload[name]
        elif isinstance(field, MoneyField | DecimalField | RateField) and row[name] is not None:
            row[name] = Decimal(row[name])
    row["valid_from"] = version.period.start
    row["valid_to"] = None if version.period.is_open_ended else version.period.end
    return [row[name] for name in columns(kind)]


FORMATS = {
    format.name: format
    for format in (
        Format("csv", "text/csv; charset=utf-8", _write_csv),
        Format("jsonl", "application/x-ndjson", _write_jsonl),
        Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _write_xlsx),
        Format("parquet", "application/vnd.apache.parquet", _write_parquet),
    )
}
