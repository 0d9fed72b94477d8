"""Signed is not in force: the status of an act on a day, and as known at a release."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.conventions.lookups import find_act, is_act_in_force, statut_on
from tests.unit.conventions.builders import act, at, snapshot

PRIVATE_2006 = act(
    "convention-2006", signed_on="2006-07-28", approved_on="2006-08-04", published_on="2006-08-17",
    effective_from="2006-09-01", effective_to="2026-01-01",
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "statut"),
    [
        (date(2006, 7, 27), "NEGOCIE"),
        (date(2006, 7, 28), "SIGNE"),
        (date(2006, 8, 4), "APPROUVE"),
        (date(2006, 8, 17), "PUBLIE"),
        (date(2006, 8, 31), "PUBLIE"),
        (date(2006, 9, 1), "EN_VIGUEUR"),
        (date(2025, 12, 31), "EN_VIGUEUR"),
        (date(2026, 1, 1), "ABROGE"),
    ],
)
def test_an_act_goes_into_force_step_by_step(day: date, statut: str) -> None:
    held = snapshot([PRIVATE_2006])
    assert statut_on(held, "convention-2006", at(day)) == statut
    assert is_act_in_force(held, "convention-2006", at(day)) == (statut == "EN_VIGUEUR")


@pytest.mark.parametrize("statut", ["NEGOCIE", "SIGNE", "APPROUVE", "PUBLIE"])
def test_a_step_recorded_without_dates_counts_on_every_day(statut: str) -> None:
    held = snapshot([act("acte-a", statut)])
    assert statut_on(held, "acte-a", at()) == statut
    assert not is_act_in_force(held, "acte-a", at())


def test_a_step_does_not_count_before_its_date() -> None:
    held = snapshot([act("acte-a", "PUBLIE", signed_on="2020-01-13", published_on="2020-03-01")])
    days = [date(2020, 1, 12), date(2020, 1, 13), date(2020, 3, 1)]
    assert [statut_on(held, "acte-a", at(day)) for day in days] == ["NEGOCIE", "SIGNE", "PUBLIE"]


def test_an_act_in_force_without_dates_holds_on_every_day() -> None:
    assert is_act_in_force(snapshot([act("acte-a")]), "acte-a", at(date(1990, 1, 1)))


def test_an_act_to_come_is_published_where_nothing_else_is_told() -> None:
    assert statut_on(snapshot([act("acte-a", effective_from="2027-02-01")]), "acte-a", at()) == "PUBLIE"


def test_a_repealed_act_held_until_its_end() -> None:
    held = snapshot([act("acte-a", "ABROGE", effective_to="2015-01-01"), act("acte-b", "ABROGE")])
    assert is_act_in_force(held, "acte-a", at(date(2014, 12, 31)))
    assert not is_act_in_force(held, "acte-a", at(date(2015, 1, 1)))
    assert statut_on(held, "acte-b", at(date(2014, 12, 31))) == "ABROGE"


def test_an_unknown_act_is_not_in_force() -> None:
    held = snapshot([act("acte-a")])
    assert statut_on(held, "acte-b", at()) is None
    assert not is_act_in_force(held, "acte-b", at())


def test_the_status_is_that_of_the_release() -> None:
    held = snapshot([act("acte-a", "SIGNE")], [act("acte-a", effective_from="2020-01-01")])
    assert [is_act_in_force(held, "acte-a", at(release=release)) for release in (1, 2)] == [False, True]


def test_an_act_described_late_is_known_by_its_nearest_description() -> None:
    first, second = date(2020, 1, 1), date(2022, 1, 1)
    held = snapshot([act("acte-a", "SIGNE", start=first, end=second), act("acte-a", start=date(2023, 1, 1))])
    found = {
        day: find_act(held, "acte-a", at(day))
        for day in (date(2019, 1, 1), date(2021, 1, 1), date(2022, 6, 1), date(2024, 1, 1))
    }
    assert [version.payload["statut"] for version in found.values() if version] == [
        "SIGNE",
        "SIGNE",
        "SIGNE",
        "EN_VIGUEUR",
    ]
