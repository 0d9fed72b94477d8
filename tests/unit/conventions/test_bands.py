"""Forfaits of surgery go by bands of K: the band that holds a coefficient, and what it amounts to."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from catalog.conventions.lookups import AmbiguousTariffError, find_forfait, find_forfait_for_coefficient
from catalog.money import parse_dirhams
from tests.unit.conventions.builders import DAY, act, at, convention, forfait, snapshot
from tests.unit.conventions.pack import NEWEST, pack

GRIDS = {"prive": "forfaits_chirurgie_prive_2006.csv", "public": "forfaits_chirurgie_public_2007.csv"}
STEP = {"prive": 80000, "public": 60000}
HUNDREDTHS = 100


def amount(coefficient: int, secteur: str) -> int | None:
    found = find_forfait_for_coefficient(pack(), "K", coefficient, secteur, "cnss", at(DAY, NEWEST))
    return found.value if found else None


@pytest.mark.parametrize(
    ("coefficient", "prive", "public"),
    [
        (1, None, 40000),
        (19, None, 40000),
        (29, None, 60000),
        (30, 195000, 78000),
        (50, 400000, 200000),
        (250, 2000000, 1540000),
        (251, 2000000, 1740000),
        (309, 2400000, 1840000),
        (310, 2480000, 1900000),
        (319, 2480000, 1900000),
        (320, 2560000, 1960000),
    ],
)
def test_a_coefficient_has_the_amount_of_its_band(coefficient: int, prive: int | None, public: int) -> None:
    assert [amount(coefficient * HUNDREDTHS, secteur) for secteur in ("prive", "public")] == [prive, public]


def test_a_coefficient_between_two_bands_is_not_rounded_into_either() -> None:
    assert [amount(coefficient, "prive") for coefficient in (3900, 3950, 4000)] == [195000, None, 260000]


@pytest.mark.parametrize("secteur", GRIDS)
def test_every_coefficient_agrees_with_a_slow_reading_of_the_grid(shared_data: Path, secteur: str) -> None:
    with (shared_data / "conventions" / GRIDS[secteur]).open(encoding="utf-8") as text:
        lines = list(csv.DictReader(text, delimiter=";"))
    for coefficient in range(400):
        expected = None
        for line in lines:
            if int(line["k_min"] or 0) <= coefficient <= int(line["k_max"] or 10**6):
                printed = line["forfait_dh"] or line["note"].split("from K310: ")[1].split(" + ")[0]
                expected = parse_dirhams(printed)
                if not line["forfait_dh"]:
                    expected += ((coefficient - 310) // 10 + 1) * STEP[secteur]
        assert amount(coefficient * HUNDREDTHS, secteur) == expected, coefficient


def test_the_letter_of_the_band_is_needed() -> None:
    assert find_forfait_for_coefficient(pack(), "Z", 5000, "prive", "cnss", at(DAY, NEWEST)) is None


def test_a_band_is_found_by_its_name_too() -> None:
    found = find_forfait(pack(), "CHIRURGIE_K030_K039", "prive", "cnss", at(DAY, NEWEST))
    assert found is not None
    assert (found.value, found.legal_act) == (195000, "arrete-1961-06")


def test_two_bands_that_hold_one_coefficient_are_not_chosen_between() -> None:
    bands = [
        forfait(f"{name}_K{low}_K{high}:c", "1.00", acte="acte-a", lettre="K", coef_min=low, coef_max=high)
        for name, low, high in (("CHIRURGIE", 10, 20), ("CHIRURGIE", 20, 30))
    ]
    held = snapshot([act("acte-a"), convention("c", acte="acte-a"), *bands])
    assert find_forfait_for_coefficient(held, "K", 1900, "prive", "cnss", at()) is not None
    with pytest.raises(AmbiguousTariffError, match="forfait of K20"):
        find_forfait_for_coefficient(held, "K", 2000, "prive", "cnss", at())
