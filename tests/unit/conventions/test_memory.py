"""Answers are remembered for one snapshot, in bounds, and forgotten with it."""

from __future__ import annotations

import gc
import re
import weakref
from datetime import date, timedelta
from itertools import pairwise

import pytest

from catalog.conventions import stretches
from catalog.conventions.lookups import (
    AmbiguousTariffError,
    find_forfait,
    find_pharmacy_convention,
    find_tarif_lettre,
    payer_applies,
    statut_on,
)
from catalog.snapshots import memory
from catalog.snapshots.memory import remembered, remembering
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN, DUSK
from tests.unit.conventions.builders import act, at, convention, lettre, snapshot
from tests.unit.conventions.pack import FOLDERS, NEWEST, facts_of, pack


@pytest.fixture
def held() -> Snapshot:
    return snapshot([act("acte-1"), convention("c", acte="acte-1"), lettre("C:c", "80.00", acte="acte-1")])


def test_a_question_is_worked_out_once_for_a_snapshot(held: Snapshot) -> None:
    asked: list[int] = []

    @remembered
    def double(snapshot: Snapshot, number: int) -> int:
        asked.append(number)
        return 2 * number

    assert [double(held, 1), double(held, 1), double(held, 2), double(snapshot([]), 1)] == [2, 2, 4, 2]
    assert asked == [1, 2, 1]


def test_an_absent_value_is_an_answer_too(held: Snapshot) -> None:
    asked: list[int] = []

    @remembered
    def nothing(snapshot: Snapshot, number: int) -> None:
        asked.append(number)

    nothing(held, 1)
    nothing(held, 1)
    assert asked == [1]


def test_of_large_answers_those_asked_for_last_are_kept(held: Snapshot) -> None:
    asked: list[int] = []

    @remembering(2)
    def ask(snapshot: Snapshot, number: int) -> int:
        asked.append(number)
        return number

    assert [ask(held, number) for number in (1, 2, 1, 3, 1, 2)] == [1, 2, 1, 3, 1, 2]
    assert asked == [1, 2, 3, 2]


def test_memory_is_bounded(held: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "KEPT_ANSWERS", 3)
    asked: list[int] = []

    @remembered
    def ask(snapshot: Snapshot, number: int) -> int:
        asked.append(number)
        return number

    assert [ask(held, number) for number in (1, 2, 3, 4, 1)] == [1, 2, 3, 4, 1]
    assert asked == [1, 2, 3, 4, 1]


def test_a_snapshot_that_nobody_holds_is_let_go() -> None:
    made = snapshot([act("acte-1"), convention("c", acte="acte-1"), lettre("C:c", "80.00", acte="acte-1")])
    assert find_tarif_lettre(made, "C", None, "prive", "cnss", at()) is not None
    gone = weakref.ref(made)
    del made
    gc.collect()
    assert gone() is None


def test_the_same_question_gets_the_very_same_answer(held: Snapshot) -> None:
    first = find_tarif_lettre(held, "C", None, "prive", "cnss", at())
    assert first is find_tarif_lettre(held, "C", None, "prive", "cnss", at())


QUESTIONS = [
    (find_tarif_lettre, ("C", None, "prive", "cnops")),
    (find_tarif_lettre, ("B", None, "prive", "cnss")),
    (find_tarif_lettre, ("D", "soins", "prive", "cnops")),
    (find_forfait, ("CESARIENNE", "prive", "cnops")),
    (find_pharmacy_convention, ("cnops",)),
    (payer_applies, ("medecins-prive-2006", "cnss")),
    (statut_on, ("convention-medecins-2006",)),
    (statut_on, ("arrete-3207-15",)),
]


SPELLED = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
TURNS = {
    date.fromisoformat(day)
    for folder in FOLDERS
    for made in facts_of(folder)
    for day in SPELLED.findall(str(made.fields))
}
PERIODS = {day for folder in FOLDERS for made in facts_of(folder) for day in (made.period.start, made.period.end)}
DAYS = sorted(day + timedelta(days=step) for day in TURNS | PERIODS - {DAWN, DUSK} for step in (-1, 0, 1))


def answers(snapshot: Snapshot, release: int) -> list[list[object]]:
    return [[ask(snapshot, *about, at(day, release)) for day in DAYS] for ask, about in QUESTIONS]


@pytest.mark.parametrize("release", [1, 3, 4, 7, NEWEST])
def test_every_day_is_answered_as_if_it_alone_were_asked(monkeypatch: pytest.MonkeyPatch, release: int) -> None:
    told = answers(pack(), release)
    monkeypatch.setattr(stretches, "settle", lambda _, moment: moment)
    assert told == answers(snapshot(*map(facts_of, FOLDERS)), release)
    turns = sum(one != other for found in told for one, other in pairwise(found))
    assert turns > len(QUESTIONS)


def test_a_refusal_names_the_day_asked_about() -> None:
    twice = [convention(code, acte="acte-1") for code in ("c", "d")]
    values = [lettre(code, "80.00", acte="acte-1") for code in ("C:c", "C:d")]
    held = snapshot([act("acte-1"), *twice, *values])
    for day in ("2021-05-10", "2021-05-11"):
        with pytest.raises(AmbiguousTariffError, match=f"on {day} as known at release 1"):
            find_tarif_lettre(held, "C", None, "prive", "cnss", at(date.fromisoformat(day)))
