"""The arithmetic of a line against exact fractions, worked out the slow way."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from catalog.pricing.amounts import settle
from catalog.pricing.answers import NOTHING, OK, PAYING_NOTHING, STATUSES, Amounts, Quote, Share
from catalog.pricing.lines import Line, Question

QUESTION = Question("medicament", "6118000100058", "cnops")
PRICES = st.integers(0, 10**7)
RATES = st.integers(0, 10_000)


def half_up(amount: Fraction) -> int:
    """The nearest centime, the upper of two."""
    return int(amount + Fraction(1, 2))


def line(billed: int | None, quantity: int, mutuelle: bool = False) -> Line:
    return Line(QUESTION, date(2014, 7, 1), None, quantity, billed, mutuelle)


@given(PRICES, PRICES, RATES, st.integers(1, 500), st.none() | PRICES, st.booleans(), PRICES, RATES)
def test_the_three_shares_are_exact(
    price: int, ceiling: int, rate: int, quantity: int, billed: int | None, mutuelle: bool, assiette: int, extra: int
) -> None:
    quote = Quote(OK, unit_price=price, ceiling=ceiling, rate=rate, mutuelle=Share(extra, assiette))
    got = settle(line(billed, quantity, mutuelle), quote).amounts
    paid = price if billed is None else billed
    base = min(paid, ceiling)
    amo = half_up(Fraction(base * quantity * rate, 10_000))
    whole = min(paid, assiette) * quantity
    complement = min(half_up(Fraction(whole * extra, 10_000)), max(0, whole - amo)) if mutuelle else 0
    assert got == Amounts(price, base, rate, amo, complement, paid * quantity - amo - complement)


@given(PRICES, PRICES, RATES, st.integers(1, 500), st.none() | PRICES, st.booleans(), RATES)
def test_shares_add_up_and_stay_in_bounds(
    price: int, ceiling: int, rate: int, quantity: int, billed: int | None, mutuelle: bool, extra: int
) -> None:
    quote = Quote(OK, unit_price=price, ceiling=ceiling, rate=rate, mutuelle=Share(extra, price))
    got = settle(line(billed, quantity, mutuelle), quote).amounts
    paid = (price if billed is None else billed) * quantity
    assert None not in (got.base, got.amo, got.mutuelle, got.patient)
    assert got.amo + got.mutuelle + got.patient == paid  # type: ignore[operator]
    assert 0 <= got.amo <= got.base * quantity  # type: ignore[operator]
    assert min(got.mutuelle, got.patient) >= 0  # type: ignore[type-var]


def test_half_a_centime_goes_up_where_halves_to_even_would_not() -> None:
    # DOMAIN 6.2: 21.55 x 0.70 = 15.085, which a binary float rounds down.
    got = settle(line(None, 1), Quote(OK, unit_price=2155, ceiling=2155, rate=7000)).amounts
    assert (got.amo, got.patient) == (1509, 646)


def test_a_line_is_rounded_once_not_once_a_unit() -> None:
    got = settle(line(None, 3), Quote(OK, unit_price=2155, ceiling=2155, rate=7000)).amounts
    assert got.amo == 4526  # 45.255, where three times 15.09 would be 45.27


def test_the_mutuelle_completes_and_never_exceeds_what_amo_leaves_of_the_base() -> None:
    quote = Quote(OK, unit_price=23240, ceiling=10500, rate=10_000, mutuelle=Share(1600, 10500))
    assert settle(line(None, 1, mutuelle=True), quote).amounts == Amounts(23240, 10500, 10_000, 10500, 0, 12740)


def test_nothing_billed_is_nothing_paid() -> None:
    quote = Quote(OK, unit_price=8000, ceiling=8000, rate=7000)
    assert settle(line(0, 2), quote).amounts == Amounts(8000, 0, 7000, 0, 0, 0)


def test_every_other_status_pays_nothing_or_tells_no_amount() -> None:
    for status in STATUSES:
        if status != OK:
            got = settle(line(9000, 2), Quote(status, unit_price=8000, ceiling=7000)).amounts
            expected = Amounts(8000, 7000, 0, 0, 0, 18000) if status in PAYING_NOTHING else NOTHING
            assert got == expected, status


def test_a_price_that_nobody_knows_is_no_zero() -> None:
    unpriced = settle(line(None, 1), Quote(OK, unit_price=None, ceiling=7000, rate=7000))
    assert (unpriced.status, unpriced.amounts) == ("NO_TARIFF", NOTHING)
    assert [error.field for error in unpriced.quote.errors] == ["billed"]
    delisted = settle(line(None, 1), Quote("DELISTED"))
    assert delisted.amounts == Amounts(None, None, 0, 0, 0, None)
