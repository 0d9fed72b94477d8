"""Questions to the journal, against a plain search through all of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from catalog.journal import record
from catalog.journal.reading import (
    Entry,
    Filters,
    UnknownEntryError,
    count,
    entries,
    every_entry,
    find_entry,
    known_actions,
    known_actors,
)

START = datetime(2026, 11, 1, tzinfo=UTC)
ACTORS = ("amina", "brahim", "Amina")
ACTIONS = ("draft.opened", "draft.staged", "dossier.moved", "drafty.thing")
SUBJECTS = ("draft 1", "draft 12", "dossier 100%", "dossier 100_", "draft")


@pytest.fixture
def journal(session: Session) -> Session:
    for number in range(60):
        record(
            session,
            at=START + timedelta(hours=number),
            actor=ACTORS[number % 3],
            action=ACTIONS[number % 4],
            subject=SUBJECTS[number % 5],
            after={"nom": f"VALEUR {number}"},
        )
    session.commit()
    return session


DAY = START + timedelta(days=1)
QUESTIONS: list[tuple[Filters, Callable[[Entry], bool]]] = [
    (Filters(), lambda _: True),
    (Filters(actor="amina"), lambda e: e.actor == "amina"),
    (Filters(action="draft"), lambda e: e.action.startswith("draft.")),
    (Filters(action="draft.staged"), lambda e: e.action == "draft.staged"),
    (Filters(subject="draft 1"), lambda e: e.subject == "draft 1"),
    (Filters(subject="draft"), lambda e: e.subject.split(" ")[0] == "draft"),
    (Filters(subject="dossier 100_"), lambda e: e.subject == "dossier 100_"),
    (Filters(since=DAY), lambda e: e.at >= DAY),
    (Filters(until=DAY), lambda e: e.at < DAY),
    (Filters(text="valeur 5"), lambda e: "VALEUR 5" in e.after["nom"]),
    (Filters(text="100%"), lambda e: "100%" in e.subject),
    (Filters(text="100_"), lambda e: "100_" in e.subject),
    (Filters(actor="brahim", action="draft", text="draft 12", until=DAY),
     lambda e: e.actor == "brahim" and "draft 12" in e.subject and e.at < DAY and e.action.startswith("draft.")),
]  # fmt: skip


@pytest.mark.parametrize(("filters", "keeps"), QUESTIONS, ids=range(len(QUESTIONS)))
def test_a_filter_keeps_what_a_plain_search_keeps(
    journal: Session, filters: Filters, keeps: Callable[[Entry], bool]
) -> None:
    everything = list(every_entry(journal))
    expected = [entry.seq for entry in everything if keeps(entry)]
    assert [entry.seq for entry in every_entry(journal, filters)] == expected
    assert [entry.seq for entry in entries(journal, filters, limit=100)] == expected[::-1]
    assert count(journal, filters) == len(expected)
    assert len(expected) > 0


def test_pages_join_up_even_while_others_write(journal: Session) -> None:
    first = entries(journal, limit=25)
    record(journal, at=START, actor="amina", action="draft.opened", subject="draft 9")
    second = entries(journal, below=first[-1].seq, limit=25)
    assert [entry.seq for entry in first + second] == list(range(60, 10, -1))


def test_an_entry_is_found_by_its_number_only(journal: Session) -> None:
    assert find_entry(journal, 7).after == {"nom": "VALEUR 6"}
    for number in (0, -1, 61, 2**40):
        with pytest.raises(UnknownEntryError):
            find_entry(journal, number)


def test_what_there_is_to_choose_from(journal: Session) -> None:
    assert known_actors(journal) == sorted(ACTORS)
    assert known_actions(journal) == sorted(ACTIONS)
