"""The members of a generic group, and what each would save."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.errors import NotInForceError
from catalog.gmr.lookups import equivalents, saving
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN, Period
from tests.unit.gmr.builders import Fact, at, fact, snapshot, void

PRINCEPS, CHEAP, DEAR, HOSPITAL, ELSEWHERE = (
    "6118000100058", "6118000190462", "6118000032113", "6118000041344", "6118000091974"
)  # fmt: skip
SUMMER, NEW_YEAR = date(2014, 7, 1), date(2015, 1, 1)


def member(code: str, ppv: str | None, period: Period = Period(DAWN), group: str = "GLICLAZIDE-80") -> Fact:  # noqa: B008
    ph = None if ppv else "10.00"
    return fact("medicament", code, period, ppv=ppv, ph=ph, groupe_generique=group, princeps_generique="G")


@pytest.fixture
def group() -> Snapshot:
    return snapshot(
        [
            fact("medicament", PRINCEPS, groupe_generique="GLICLAZIDE-80"),
            member(DEAR, "40.00"),
            member(CHEAP, "29.70", Period(DAWN, NEW_YEAR)),
            member(HOSPITAL, None),
            member(ELSEWHERE, "1.00", group="GLICLAZIDE-30"),
        ],
        [void("medicament", DEAR, Period(NEW_YEAR))],
    )


def test_the_members_come_cheapest_first_each_with_its_saving(group: Snapshot) -> None:
    found = equivalents(group, PRINCEPS, at(SUMMER, 2))
    assert [(each["code"], each["ppv"], each["saving"]) for each in found] == [
        (CHEAP, "29.70", "7.50"),
        (PRINCEPS, "37.20", "0.00"),
        (DEAR, "40.00", "-2.80"),
        (HOSPITAL, None, None),
    ]
    assert [each["code"] for each in found if each["is_asked"]] == [PRINCEPS]


def test_only_members_in_force_that_day_as_then_known_count(group: Snapshot) -> None:
    assert {each["code"] for each in equivalents(group, PRINCEPS, at(NEW_YEAR, 2))} == {PRINCEPS, HOSPITAL}
    assert {each["code"] for each in equivalents(group, PRINCEPS, at(NEW_YEAR, 1))} == {PRINCEPS, HOSPITAL, DEAR}


def test_a_medicine_without_a_group_has_no_equivalents() -> None:
    assert equivalents(snapshot([fact("medicament", PRINCEPS)]), PRINCEPS, at(SUMMER)) == []


def test_a_medicine_out_of_force_is_refused(group: Snapshot) -> None:
    with pytest.raises(NotInForceError):
        equivalents(group, CHEAP, at(NEW_YEAR, 2))


@pytest.mark.parametrize(
    ("asked", "other", "text"),
    [
        (3720, 2970, "7.50"),
        (2970, 3720, "-7.50"),
        (100, 99, "0.01"),
        (99, 100, "-0.01"),
        (5, None, None),
        (None, 5, None),
    ],
)
def test_the_saving_is_signed_from_the_side_of_who_asks(asked: int | None, other: int | None, text: str | None) -> None:
    assert saving(asked, other) == text
