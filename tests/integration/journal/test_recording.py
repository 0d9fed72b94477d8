"""Writing the journal: in order, in one chain, with what it tells or not at all."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.database import reading, writing
from catalog.errors import InvalidError
from catalog.journal import record
from catalog.journal.models import GENESIS, JournalEntry
from catalog.journal.verifying import check_chain

AT = datetime(2026, 11, 22, 9, 30, 0, 123456, tzinfo=UTC)
TOLD: dict[str, Any] = {"at": AT, "actor": "amina", "action": "draft.opened", "subject": "draft 1"}


def entries(session: Session) -> list[JournalEntry]:
    return list(session.scalars(sa.select(JournalEntry).order_by(JournalEntry.seq)))


def test_entries_are_numbered_without_gap_and_chained(session: Session) -> None:
    assert [record(session, **TOLD) for _ in range(3)] == [1, 2, 3]
    first, second, third = entries(session)
    assert first.prev_digest == GENESIS
    assert (second.prev_digest, third.prev_digest) == (first.digest, second.digest)
    assert check_chain(session) == []


def test_an_entry_comes_back_as_it_was_told(session: Session) -> None:
    before, after = {"b": 1, "a": None}, {"nom": "Ibuprofène ٢", "liste": [True, "x"]}
    record(session, **TOLD, before=before, after=after, detail="Motif")
    session.commit()
    [entry] = entries(session)
    assert (entry.at, entry.actor, entry.action, entry.subject) == (AT, "amina", "draft.opened", "draft 1")
    assert (entry.before, entry.detail) == ('{"a":null,"b":1}', '"Motif"')
    assert entry.after == '{"liste":[true,"x"],"nom":"Ibuprofène ٢"}'


def test_what_is_undone_leaves_no_trace_and_no_gap(engine: sa.Engine) -> None:
    with writing(engine) as session:
        record(session, **TOLD)
    with pytest.raises(RuntimeError), writing(engine) as session:
        record(session, **TOLD)
        raise RuntimeError("the power is cut")
    with writing(engine) as session:
        assert record(session, **TOLD) == 2
    with reading(engine) as session:
        assert check_chain(session) == []


WRONG: dict[str, dict[str, Any]] = {
    "no actor": {"actor": " "},
    "no subject": {"subject": ""},
    "an action that is none": {"action": "Draft opened"},
    "a NUL": {"actor": "a\x00b"},
    "half of a surrogate pair": {"after": {"nom": "\ud800"}},
    "a value JSON cannot hold": {"detail": {"at": AT}},
}


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_kept_is_refused(session: Session, what: str) -> None:
    with pytest.raises(InvalidError):
        record(session, **TOLD | WRONG[what])
    assert entries(session) == []


def test_many_hands_at_once_write_one_chain(engine: sa.Engine) -> None:
    def write(name: str) -> None:
        for number in range(10):
            with writing(engine) as session:
                at = AT + timedelta(seconds=number)
                record(session, at=at, actor=name, action="draft.edited", subject=f"draft {number}")

    hands = [threading.Thread(target=write, args=(f"hand{number}",)) for number in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(timeout=60)
    with reading(engine) as session:
        assert [entry.seq for entry in entries(session)] == list(range(1, 41))
        assert check_chain(session) == []
