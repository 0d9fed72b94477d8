"""Centimes, basis points, and the one rounding: half-up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import InvalidError, MoneyError
from catalog.money import WHOLE, apply_rate, format_dirhams, format_rate, parse_dirhams, parse_rate

CENT = Decimal("0.01")


def test_seventy_percent_of_a_half_centime_rounds_up() -> None:
    assert apply_rate(parse_dirhams("21.55"), parse_rate("0.70")) == parse_dirhams("15.09")


@given(st.integers(0, 10**12), st.integers(0, WHOLE))
def test_rounding_is_half_up_as_decimals_do_it(centimes: int, points: int) -> None:
    exact = Decimal(centimes) / 100 * Decimal(points) / WHOLE
    assert Decimal(apply_rate(centimes, points)) / 100 == exact.quantize(CENT, ROUND_HALF_UP)


@given(st.integers(0, 10**12))
def test_dirhams_are_read_as_they_are_written(centimes: int) -> None:
    assert parse_dirhams(format_dirhams(centimes)) == centimes
    assert format_dirhams(centimes) == f"{Decimal(centimes) / 100:.2f}"


@given(st.integers(0, WHOLE))
def test_rates_are_read_as_they_are_written(points: int) -> None:
    assert parse_rate(format_rate(points)) == points
    assert Decimal(format_rate(points)) == Decimal(points) / WHOLE


@pytest.mark.parametrize(("text", "centimes"), [("29.70", 2970), ("29.7", 2970), ("29", 2900), ("0", 0), ("0.01", 1)])
def test_an_amount_has_at_most_two_decimals(text: str, centimes: int) -> None:
    assert parse_dirhams(text) == centimes


@pytest.mark.parametrize(
    "text",
    ["", "-1", "+1", "1,50", "1.505", "1.", ".5", " 1", "1 ", "1 000", "1e3", "٣", "1.5\n", "NaN", "12345678901234"],
)
def test_anything_else_is_no_amount(text: str) -> None:
    with pytest.raises(MoneyError):
        parse_dirhams(text)


@pytest.mark.parametrize("text", ["", "70", "1.0001", "0.70001", "-0.5", "70%", "0,7", ".7", "2", "0.7\n"])
def test_anything_else_is_no_rate(text: str) -> None:
    with pytest.raises(InvalidError):
        parse_rate(text)
