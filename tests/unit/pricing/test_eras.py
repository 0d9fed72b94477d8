"""What pricing remembers and spares is never seen in an answer: a dense little world, priced with and without."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.pricing.lines import Line, Question
from catalog.pricing.pricer import Pricer
from catalog.pricing.quoting import quote
from catalog.pricing.retroactivity import known_on, may_differ, settles_alike
from catalog.releases.changes import Change
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DUSK, Moment
from tests.unit.pricing.shelf import act, change, snapshot, withdrawal
from tests.unit.pricing.world import (
    ACTE,
    BOX,
    CONVENTION,
    DEVICE,
    acte,
    device,
    forfait,
    lettre,
    medicament,
    rate,
    rule,
    world,
)

INSTANTS = [datetime(2014, month, 10, tzinfo=UTC) for month in (1, 4, 7, 10)]
EDGES = [date(2014, month, 1) for month in (2, 5, 8, 11)]
DAYS = [date(2014, month, day) for month in range(1, 13) for day in (1, 10, 28)]
CODES = [
    ("medicament", BOX), ("acte", ACTE), ("acte", "K50"), ("acte", "Z10"), ("forfait", "STAY"),
    ("forfait", "SEANCE_DIALYSE"), ("dispositif", DEVICE),
]  # fmt: skip
QUESTIONS = [
    Question(kind, code, "cnops", secteur, None, exempt, exempt, not exempt)
    for kind, code in CODES
    for secteur in ("prive", "public")
    for exempt in (False, True)
]
ASKED = [(question, day) for question in QUESTIONS for day in DAYS]

FOUNDING = [
    *world(), act("autre"), medicament("100.00", pbr="80.00"), forfait("550.00", "STAY", unite="JOUR"),
    lettre("8.00", name="Z"),
]  # fmt: skip


def changes_over(start: date, end: date, amount: str) -> list[Change]:
    """Everything a question may rest on, set or withdrawn over these days."""
    adherence: dict[str, Any] = {"convention": CONVENTION, "organisme": "cnops"}
    return [
        medicament(amount, start, end, pbr="70.00"),
        medicament(amount, start, end, pbr="70.00", retire=True, admis_remboursement=False),
        withdrawal("medicament", BOX, start),
        change("gtin", BOX, start, end, presentation=BOX),
        rate("ACTE", "0.55", start, end),
        rate("ACTE", "1.00", start, end, situation="EXONERATION"),
        rate("MEDICAMENT", "0.33", start, end, assiette="PPV"),
        rate("MEDICAMENT", "0.16", start, end, assiette="PBR", regime="MUTUELLE"),
        withdrawal("taux", "cnops:AMO:FORFAIT:hospitalisation:*:NORMALE", start),
        lettre(amount, start, end),
        lettre(amount, start, end, name="Z"),
        withdrawal("lettre_cle", f"Z:{CONVENTION}", start),
        forfait(amount, "STAY", start, end, unite="JOUR"),
        change("adherence_organisme", f"{CONVENTION}:cnops", start, end, applique=False, **adherence),
        change("adherence_organisme", f"{CONVENTION}:cnops", start, end, applique=True, **adherence),
        change("convention", CONVENTION, start, end, act="autre", libelle="Convention", secteur="prive"),
        rule("BASE_GENERIQUE", start, end),
        rule("CESARIENNE_NON_JUSTIFIEE", start, end, remplace="STAY", par="SEANCE_DIALYSE"),
        rule("DATE_TARIFICATION", start, end, forfait="STAY", parametre="ADMISSION"),
        replace(acte(coefficient="7.5"), legal_act="autre"),
        replace(device(amount, accord_prealable=True), legal_act="autre"),
        withdrawal("dispositif", DEVICE, start),
        act("autre", effective_from=start.replace(day=15).isoformat()),
        act("autre", effective_to=start.replace(day=15).isoformat()),
        act("autre", "SIGNE"),
    ]


@st.composite
def releases(draw: st.DrawFn, least: int = 0) -> list[list[Change]]:
    """Up to three releases after the founding one, each of some changes."""

    def one() -> list[Change]:
        start = draw(st.sampled_from(EDGES))
        end = draw(st.sampled_from([*(edge for edge in EDGES if edge > start), DUSK]))
        possible = changes_over(start, end, draw(st.sampled_from(("60.00", "450.00"))))
        chosen = draw(st.lists(st.sampled_from(possible), min_size=1, max_size=3, unique_by=lambda c: (c.kind, c.code)))
        grounds = draw(st.sampled_from(("texte", "autre")))
        return [each if each.kind == "acte_juridique" else replace(each, legal_act=grounds) for each in chosen]

    return [one() for _ in range(draw(st.integers(least, 3)))]


def published(later: list[list[Change]]) -> Snapshot:
    return snapshot(*zip(INSTANTS, [FOUNDING, *later], strict=False))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(releases())
def test_a_pricer_that_remembers_answers_as_one_that_does_not(later: list[list[Change]]) -> None:
    found = published(later)
    pricer = Pricer(found, found.head)
    for question, day in ASKED:
        answer = pricer.answer(question, day)
        assert answer.quote == quote(found, question, Moment(day, found.head))
        then = known_on(found, day)
        before = None if then is None or then >= found.head else quote(found, question, Moment(day, then))
        if before is None or settles_alike(before, answer.quote):
            assert answer.earlier is None
        else:
            assert answer.earlier is not None
            assert (answer.earlier.worth, answer.then) == (before.worth, then)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(releases(least=1))
def test_pricing_twice_is_never_spared_where_the_answers_differ(later: list[list[Change]]) -> None:
    found = published(later)
    for question, day in ASKED:
        before, after = (quote(found, question, Moment(day, release)) for release in (1, found.head))
        assert settles_alike(before, after) or may_differ(found, question, day, 1, found.head)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(releases(least=1), st.integers(1, 3))
def test_no_later_publication_moves_an_answer(later: list[list[Change]], known: int) -> None:
    known = min(known, len(later))
    then, grown = (Pricer(published(later[:many]), known) for many in (known - 1, len(later)))
    for question, day in ASKED:
        line = Line(question, day, billed=9000, mutuelle=True)
        assert then.price(line) == grown.price(line)


def test_the_little_world_is_priced_and_moved_at_all() -> None:
    # The properties above would hold of a world in which nothing is ever paid, or nothing ever changes.
    found = published([changes_over(EDGES[0], DUSK, "60.00")[:3], [lettre("60.00"), rule("BASE_GENERIQUE", EDGES[2])]])
    pricer = Pricer(found, found.head)
    answers = [pricer.answer(question, day) for question, day in ASKED]
    assert sum(answer.quote.status == "OK" for answer in answers) > len(answers) // 3
    assert sum(answer.earlier is not None for answer in answers) > len(answers) // 20
