"""The digest of an entry is the documented one, and everything in an entry changes it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from catalog.journal.models import GENESIS
from catalog.journal.recording import entry_digest

ENTRY: dict[str, Any] = {
    "seq": 3,
    "at": datetime(2026, 11, 22, 9, 30, 0, 250_000, tzinfo=UTC),
    "actor": "amina",
    "action": "draft.staged",
    "subject": "draft 12",
    "before": '{"ppv":"29.70"}',
    "after": '{"ppv":"27.10"}',
    "detail": None,
    "prev_digest": GENESIS,
}


def test_the_digest_is_that_of_the_documented_text() -> None:
    told = [3, "2026-11-22T09:30:00.250000Z", *(ENTRY[name] for name in list(ENTRY)[2:])]
    text = "amo-journal-1|" + json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    assert entry_digest(**ENTRY) == hashlib.sha256(text.encode()).hexdigest()


CHANGES = {
    "seq": 4,
    "at": ENTRY["at"] + timedelta(microseconds=1),
    "actor": "amina ",
    "action": "draft.unstaged",
    "subject": "draft 1",
    "before": None,
    "after": '{"ppv":"27.1"}',
    "detail": "null",
    "prev_digest": "f" * 64,
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changes_in_an_entry_changes_its_digest(name: str) -> None:
    assert entry_digest(**ENTRY | {name: CHANGES[name]}) != entry_digest(**ENTRY)


def test_values_moved_from_one_place_to_the_next_are_told_apart() -> None:
    moved = ENTRY | {"before": ENTRY["after"], "after": ENTRY["before"]}
    assert entry_digest(**moved) != entry_digest(**ENTRY)


def test_an_instant_is_the_same_in_every_zone() -> None:
    elsewhere = ENTRY["at"].astimezone(timezone(timedelta(hours=9)))
    assert entry_digest(**ENTRY | {"at": elsewhere}) == entry_digest(**ENTRY)
