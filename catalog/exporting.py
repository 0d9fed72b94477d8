"""Everything of a kind in force at a moment, as a file that a spreadsheet, a program or the catalogue itself can read.

Columns are ``code``, the fields of the kind, and what a fact carries; the canonical profile imports them again. The
same release, day and format give the same bytes.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from typing import BinaryIO

from catalog.errors import InvalidError
from catalog.export_parquet import write_parquet
from catalog.export_rows import cells, columns, external
from catalog.export_xlsx import write_xlsx
from catalog.kinds import Kind
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

Writer = Callable[[Kind, Iterable[Version], BinaryIO], None]


class UnknownFormatError(InvalidError):
    def __init__(self, asked: str) -> None:
        super().__init__(f"There is no export format named {asked!r}. Formats: {', '.join(FORMATS)}.")


@dataclass(frozen=True, slots=True)
class Format:
    """A way of writing an export: its file extension, its media type and its writer."""

    name: str
    media_type: str
    write: Writer


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


def _write_csv(kind: Kind, versions: Iterable[Version], target: BinaryIO) -> None:
    text = TextIOWrapper(target, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns(kind))
    writer.writerows(cells(kind, version) for version in versions)
    text.detach()


def _write_jsonl(kind: Kind, versions: Iterable[Version], target: BinaryIO) -> None:
    for version in versions:
        target.write(json.dumps(external(kind, version), ensure_ascii=False).encode() + b"\n")


FORMATS = {
    format.name: format
    for format in (
        Format("csv", "text/csv; charset=utf-8", _write_csv),
        Format("jsonl", "application/x-ndjson", _write_jsonl),
        Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
        Format("parquet", "application/vnd.apache.parquet", write_parquet),
    )
}
