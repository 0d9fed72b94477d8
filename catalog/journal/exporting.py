"""The journal as a file, oldest entry first: CSV for a spreadsheet, JSONL for a program that proves the chain again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from catalog.export_rows import cell
from catalog.journal.reading import Entry
from catalog.kinds import canonical_json
from catalog.temporal import format_instant

COLUMNS = ("seq", "at", "actor", "action", "subject", "before", "after", "detail", "prev_digest", "digest")
JSON_COLUMNS = ("before", "after", "detail")


def write_csv(entries: Iterable[Entry]) -> Iterator[str]:
    """Lines of CSV, the header first. Values that a spreadsheet would take for formulas are guarded."""
    yield _line(COLUMNS)
    for entry in entries:
        yield _line(cell(value) for value in _values(entry).values())


def write_jsonl(entries: Iterable[Entry]) -> Iterator[str]:
    """One JSON object a line; ``before``, ``after`` and ``detail`` are the texts that the digest covers."""
    for entry in entries:
        yield json.dumps(_values(entry), ensure_ascii=False) + "\n"


def _values(entry: Entry) -> dict[str, Any]:
    values = {name: getattr(entry, name) for name in COLUMNS} | {"at": format_instant(entry.at)}
    return values | {name: None if values[name] is None else canonical_json(values[name]) for name in JSON_COLUMNS}


def _line(values: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(values)
    return line.getvalue()
