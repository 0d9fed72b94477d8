"""Exports of the journal: bytes a spreadsheet does not run, and texts a program can prove again."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

from catalog.journal.exporting import COLUMNS, write_csv, write_jsonl
from catalog.journal.reading import Entry
from catalog.journal.recording import entry_digest

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
BEFORE, AFTER = '{"ppv":"29.70"}', '{"nom":"É, \\"x\\"","ppv":null}'
ENTRY = Entry(
    1, AT, "-amina", "draft.staged", "=draft", json.loads(BEFORE), json.loads(AFTER), None, "0" * 64, "d" * 64
)


def test_a_line_of_csv_holds_the_entry_and_guards_formulas() -> None:
    header, row = csv.reader(io.StringIO("".join(write_csv([ENTRY]))))
    assert tuple(header) == COLUMNS
    told = ["1", "2026-11-22T09:00:00Z", "'-amina", "draft.staged", "'=draft", BEFORE, AFTER, "", "0" * 64, "d" * 64]
    assert row == told


def test_a_line_of_jsonl_is_enough_to_compute_the_digest() -> None:
    [line] = write_jsonl([ENTRY])
    told = json.loads(line)
    told["at"] = datetime.fromisoformat(told["at"])
    told.pop("digest")
    expected = {"before": BEFORE, "after": AFTER, "detail": None, "actor": "-amina", "subject": "=draft"}
    own = {"seq": 1, "at": AT, "action": "draft.staged", "prev_digest": "0" * 64}
    assert entry_digest(**told) == entry_digest(**own, **expected)


def test_no_entry_gives_a_header_and_nothing_more() -> None:
    assert "".join(write_csv([])) == ",".join(COLUMNS) + "\n"
    assert list(write_jsonl([])) == []
