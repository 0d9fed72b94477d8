"""The arithmetic of ``amounts.settle`` over whole columns: exact in 64 bits, or left to be done line by line."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from catalog.money import WHOLE
from catalog.pricing.bulk.columns import NONE, Facts, Numbers
from catalog.pricing.bulk.intervals import TOO_LARGE

UNKNOWN, UNPAID, PAID = range(3)
"""No amount is known; the payer pays nothing; the payer pays its rate."""


class Quoted(NamedTuple):
    """What each line is worth: amounts in centimes, rates in basis points, NONE where there is none.

    ``paying`` is one of UNKNOWN, UNPAID, PAID; ``until`` the first day on which the tariff no longer holds.
    """

    paying: Numbers
    unit_price: Numbers
    ceiling: Numbers
    rate: Numbers
    mutuelle_rate: Numbers
    mutuelle_ceiling: Numbers
    until: Numbers


class Billed(NamedTuple):
    """What of the lines weighs on the amounts."""

    day: Numbers
    quantity: Numbers
    billed: Numbers
    mutuelle: Facts


class Settled(NamedTuple):
    """The amounts of each line; those of the lines to be ``left`` mean nothing.

    ``beside`` are those that asked for a complementary share where no rate is recorded.
    """

    unit_price: Numbers
    base: Numbers
    amo: Numbers
    mutuelle: Numbers
    patient: Numbers
    left: Facts
    beside: Facts


def settle(lines: Billed, quoted: Quoted) -> Settled:
    """The amounts of lines. Left are those with a sentence of their own, and those too large to be exact."""
    is_paid = quoted.paying == PAID
    billed = np.where(lines.billed == NONE, quoted.unit_price, lines.billed)
    base = np.where((billed == NONE) | (quoted.ceiling == NONE), quoted.ceiling, np.minimum(billed, quoted.ceiling))
    amo = _share(base * lines.quantity, quoted.rate)
    mutuelle = _complement(lines, quoted, billed, amo)
    amo, mutuelle = np.where(is_paid, amo, 0), np.where(is_paid, mutuelle, 0)
    patient = np.where(billed == NONE, NONE, billed * lines.quantity - amo - mutuelle)
    found = (quoted.unit_price, base, amo, mutuelle, patient)
    if quoted.paying.min(initial=PAID) <= UNKNOWN:
        is_known = quoted.paying > UNKNOWN
        found = tuple(np.where(is_known, amounts, NONE) for amounts in found)  # type: ignore[assignment]
    beside = is_paid & lines.mutuelle & (quoted.mutuelle_rate == NONE)
    return Settled(*found, _left(lines, quoted, billed, is_paid), beside)


def _share(centimes: Numbers, points: Numbers) -> Numbers:
    """``money.apply_rate`` of columns."""
    return (centimes * points + WHOLE // 2) // WHOLE


def _complement(lines: Billed, quoted: Quoted, billed: Numbers, amo: Numbers) -> Numbers:
    """The mutuelle's share: no more than AMO leaves of what it applies to."""
    asked = lines.mutuelle & (quoted.mutuelle_rate != NONE)
    if not asked.any():
        return np.zeros(len(billed), dtype=np.int64)
    whole = np.minimum(billed, quoted.mutuelle_ceiling) * lines.quantity
    share = np.minimum(_share(whole, quoted.mutuelle_rate), np.maximum(0, whole - amo))
    return np.where(asked, share, 0)


def _left(lines: Billed, quoted: Quoted, billed: Numbers, is_paid: Facts) -> Facts:
    """Lines paid of which no price is published nor billed, that go beyond their tariff, or that are too large."""
    left: Facts = is_paid & (billed == NONE)
    for amounts in (billed, quoted.ceiling, quoted.unit_price, quoted.mutuelle_ceiling):
        if amounts.max(initial=0) > TOO_LARGE:
            left |= amounts > TOO_LARGE
    if quoted.until.max(initial=NONE) != NONE:
        ends = lines.day + lines.quantity
        left |= is_paid & (quoted.until != NONE) & (lines.quantity > 1) & (ends > quoted.until)
    return left
