"""Costs of treatment are exact: whole centimes, rounded half-up once, from the price and not from a rounded day."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import InvalidError, MoneyError
from catalog.gmr.commission.cefps import Compared, compare
from catalog.gmr.commission.costs import (
    Posology,
    contenance,
    cost_of_treatment,
    cost_per_day,
    read_days,
    read_hundredths,
    read_price,
    write_hundredths,
)
from catalog.gmr.commission.errors import PosologyError


@pytest.mark.parametrize(
    ("prix", "contenance_", "par_jour", "jours", "day", "treatment"),
    [
        (3720, 2000, 200, 30, 372, 11160),
        (3720, 2000, 150, 30, 279, 8370),
        (1000, 3000, 100, 30, 33, 1000),  # 33.33 a day, yet 10.00 DH for the pack of thirty days
        (1, 200, 100, 1, 1, 1),  # half a centime goes up
        (100, 300, 100, 2, 33, 67),
    ],
)
def test_known_costs(prix: int, contenance_: int, par_jour: int, jours: int, day: int, treatment: int) -> None:
    posology = Posology(contenance_, par_jour, jours)
    assert (cost_per_day(prix, posology), cost_of_treatment(prix, posology)) == (day, treatment)


amounts = st.integers(1, 10**9)
hundredths = st.integers(1, 10**6)


@given(prix=amounts, pack=hundredths, daily=hundredths, jours=st.integers(1, 3660))
def test_costs_agree_with_decimals(prix: int, pack: int, daily: int, jours: int) -> None:
    posology = Posology(pack, daily, jours)
    exact = Decimal(prix * daily)
    for found, days in ((cost_per_day(prix, posology), 1), (cost_of_treatment(prix, posology), jours)):
        # Whole part and remainder apart: a quotient of Decimal is itself rounded.
        whole, rest = divmod(exact * days, Decimal(pack))
        assert found == int(whole) + int((rest / pack).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def test_a_table_sets_the_proposed_one_first_then_the_cheapest_treatment() -> None:
    asked = Compared(None, "NOUVEAU", 10000, 3000, 100, is_asked=True)
    others = [Compared("1", "CHER", 20000, 3000, 100), Compared("2", "MOINS CHER", 5000, 3000, 100)]
    lines = compare([others[0], asked, others[1]], 30)
    assert [(line.nom, line.cout_traitement, line.ecart) for line in lines] == [
        ("NOUVEAU", 10000, 0), ("MOINS CHER", 5000, -5000), ("CHER", 20000, 10000),
    ]  # fmt: skip
    with pytest.raises(InvalidError, match="one proposed medicine"):
        compare(others, 30)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("1 BOITE 20 COMPRIME", 2000),
        ("30 gélules", 3000),
        ("1 FLACON 100 ML", None),
        ("1 BOITE", None),
        ("1 BOITE 2 FLACON 30 COMPRIME", None),
        ("", None),
        (None, None),
    ],
)
def test_units_of_a_pack_are_read_only_where_its_text_counts_them(text: str | None, units: int | None) -> None:
    assert contenance(text) == units


@pytest.mark.parametrize("text", ["0", "-1", "1,234", "deux", "", "1e3", "٣"])
def test_what_is_no_posology_is_refused(text: str) -> None:
    with pytest.raises(PosologyError):
        read_hundredths("Units a day", text)


@pytest.mark.parametrize("text", ["0", "3661", "1,5", "-1", "", "²"])
def test_what_is_no_number_of_days_is_refused(text: str) -> None:
    with pytest.raises(PosologyError):
        read_days(text)


def test_amounts_are_read_and_written_as_the_french_write_them() -> None:
    assert [read_price(text) for text in ("29,70", "1 200", "1 200,5 DH", "29.70")] == [2970, 120000, 120050, 2970]
    assert [write_hundredths(number) for number in (100, 150, 125, 1000)] == ["1", "1,5", "1,25", "10"]
    for text in ("0", "", "-3", "3,999"):
        with pytest.raises(MoneyError):
            read_price(text)
