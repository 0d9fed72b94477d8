"""A convention has four dates, a status, and for each payer the day it begins to apply it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from catalog.conventions.lookups import ConventionAnswer, conventions, find_convention, payer_applies
from catalog.errors import NotInForceError, UnknownCodeError
from tests.unit.conventions.builders import START, act, adherence, at, convention, snapshot, void
from tests.unit.conventions.pack import NEWEST, pack

AUGUST = date(2006, 8, 10)
LATE = date(2026, 1, 1)


def found(code: str, day: date) -> ConventionAnswer:
    return find_convention(pack(), code, at(day, NEWEST))


def test_a_convention_keeps_its_dates_apart() -> None:
    answer = found("medecins-prive-2006", LATE)
    assert (answer.signed_on, answer.approved_on, answer.published_on, answer.effective_from) == (
        date(2006, 7, 28), date(2006, 8, 4), None, date(2006, 9, 1),
    )  # fmt: skip
    assert answer.statut == "EN_VIGUEUR"
    assert answer.acte is not None and answer.acte.code == "convention-medecins-2006"


def test_before_its_effect_a_convention_is_only_approved() -> None:
    answer = found("medecins-prive-2006", AUGUST)
    assert answer.statut == "APPROUVE"
    assert not payer_applies(pack(), "medecins-prive-2006", "cnss", at(AUGUST, NEWEST))


def test_the_conventions_of_2020_are_signed_and_applied_by_nobody() -> None:
    answer = found("medecins-prive-2020", LATE)
    assert (answer.statut, answer.signed_on, answer.effective_from) == ("SIGNE", date(2020, 1, 13), None)
    assert answer.applied_from == {}


def test_each_payer_has_its_day() -> None:
    assert found("pharmaciens-2013", LATE).applied_from == {"cnss": date(2013, 4, 1)}
    assert found("pharmaciens-2016", LATE).applied_from == {"cnops": date(2016, 6, 8)}


def test_an_avenant_names_what_it_amends() -> None:
    assert found("medecins-prive-avenant-2009", LATE).version.payload["parent"] == "medecins-prive-2006"


def test_conventions_of_every_status_are_listed() -> None:
    listed = {answer.version.code: answer.statut for answer in conventions(pack(), at(LATE, NEWEST))}
    assert listed == {
        "biologistes-avenant-2015": "NEGOCIE",
        "biologistes-prive-2006": "EN_VIGUEUR",
        "dentistes-prive-2006": "EN_VIGUEUR",
        "hopitaux-etat-2006": "EN_VIGUEUR",
        "medecins-prive-2006": "EN_VIGUEUR",
        "medecins-prive-2020": "SIGNE",
        "medecins-prive-avenant-2009": "EN_VIGUEUR",
        "pharmaciens-2013": "EN_VIGUEUR",
        "pharmaciens-2016": "EN_VIGUEUR",
    }


def test_without_an_act_of_its_own_a_convention_has_that_of_its_fact() -> None:
    made = convention("c", acte="acte-1")
    assert made.fields is not None
    bare = replace(made, fields={**made.fields, "acte": ""})
    answer = find_convention(snapshot([act("acte-1", "SIGNE"), bare]), "c", at())
    assert answer.statut == "SIGNE"


def test_the_act_it_names_counts_and_not_the_one_that_recorded_it() -> None:
    made = replace(convention("c", acte="acte-1"), legal_act="acte-2")
    held = snapshot([act("acte-1", "SIGNE"), act("acte-2"), made])
    assert find_convention(held, "c", at()).statut == "SIGNE"
    assert not payer_applies(held, "c", "cnss", at())


def test_unknown_and_not_in_force_are_told_apart() -> None:
    held = snapshot(
        [act("acte-1"), convention("c", acte="acte-1", end=date(2015, 1, 1))],
        [void("convention", "c", acte="acte-1", start=date(2010, 1, 1))],
    )
    with pytest.raises(UnknownCodeError):
        find_convention(held, "d", at())
    with pytest.raises(NotInForceError) as refused:
        find_convention(held, "c", at(date(2012, 1, 1), 2))
    assert refused.value.periods == ["from 2006-09-01 to 2010-01-01 (excluded)"]


def test_a_withdrawn_convention_is_applied_no_more() -> None:
    held = snapshot(
        [act("acte-1"), convention("c", acte="acte-1"), adherence("c", "cnss", True, acte="acte-1")],
        [void("convention", "c", acte="acte-1", start=date(2010, 1, 1))],
    )
    assert [payer_applies(held, "c", "cnss", at(release=release)) for release in (1, 2)] == [True, False]


def test_an_adherence_may_end() -> None:
    held = snapshot(
        [
            act("acte-1"),
            convention("c", acte="acte-1"),
            adherence("c", "cnss", True, acte="acte-1", end=date(2015, 1, 1)),
            adherence("c", "cnss", False, acte="acte-1", start=date(2016, 1, 1)),
        ]
    )
    days = [START, date(2014, 12, 31), date(2015, 6, 1), date(2016, 6, 1)]
    assert [payer_applies(held, "c", "cnss", at(day)) for day in days] == [True, True, False, False]
