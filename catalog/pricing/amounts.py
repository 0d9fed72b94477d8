"""The arithmetic of a line: exact, half-up to the centime, once after the rate; the patient pays what is left."""

from __future__ import annotations

from datetime import date, timedelta

from catalog.money import apply_rate
from catalog.pricing.answers import (
    INVALID,
    NO_TARIFF,
    NOTHING,
    OK,
    PAYING_NOTHING,
    Amounts,
    FieldError,
    Notice,
    Quote,
    Result,
    Share,
    Worth,
)
from catalog.pricing.lines import Line

NO_COMPLEMENT = Notice("NO_COMPLEMENTARY_RATE", "No complementary rate is recorded for this care: mutuelle is 0.00.")
"""Told beside the amounts where the mutuelle was asked for and no rate of it is recorded."""


def settle(line: Line, quote: Quote) -> Result:
    """The answer to a line whose question is worth ``quote``; amo + mutuelle + patient = billed × quantity."""
    amounts = figure(quote, line.as_of, line.billed, line.quantity, line.mutuelle)
    if amounts is None:
        return _refusal(line, quote)
    return Result(line.id, quote, amounts, line.as_of, (NO_COMPLEMENT,) if line.mutuelle and lacks(quote) else ())


def figure(quote: Quote | Worth, as_of: date, billed: int | None, quantity: int, mutuelle: bool) -> Amounts | None:
    """The figures of a line; None where it is refused, for it says no price and none is known, or holds too many days.

    ``billed`` is centimes a unit, None for the reference price; ``mutuelle`` asks for the complementary share.
    """
    if billed is None:
        billed = quote.unit_price
    if quote.status != OK:
        return _unpaid(quote, billed, quantity)
    if billed is None or (quote.whole_until is not None and _goes_beyond(quote.whole_until, as_of, quantity)):
        return None
    ceiling, rate = quote.ceiling, quote.rate
    assert ceiling is not None and rate is not None
    base = min(billed, ceiling)
    amo = apply_rate(base * quantity, rate)
    share = _complement(quote.mutuelle, billed, quantity, amo) if mutuelle and quote.mutuelle else 0
    return Amounts(quote.unit_price, base, rate, amo, share, billed * quantity - amo - share)


def lacks(quote: Quote | Worth) -> bool:
    """Whether nothing is recorded of what a mutuelle pays of it."""
    return quote.status == OK and quote.mutuelle is None


def _refusal(line: Line, quote: Quote) -> Result:
    if line.billed is None and quote.unit_price is None:
        message = f"No price of {line.question.code} is published that day: say what was billed."
        return _refused(line, quote, NO_TARIFF, FieldError("billed", message))
    assert quote.whole_until is not None
    last = quote.whole_until - timedelta(days=1)
    message = f"These {line.quantity} days go beyond {last}, the last day of this tariff: send one line a day."
    return _refused(line, quote, INVALID, FieldError("quantity", message))


def _complement(share: Share, billed: int, quantity: int, amo: int) -> int:
    """The mutuelle's share, half-up, and no more than AMO leaves of what it applies to: it completes, never exceeds."""
    whole = min(billed, share.ceiling) * quantity
    return min(apply_rate(whole, share.rate), max(0, whole - amo))


def _unpaid(quote: Quote | Worth, billed: int | None, quantity: int) -> Amounts:
    """The payer pays 0.00 and the patient all of it; where no amount can be told, none is."""
    if quote.status not in PAYING_NOTHING:
        return NOTHING
    base = quote.ceiling if billed is None or quote.ceiling is None else min(billed, quote.ceiling)
    return Amounts(quote.unit_price, base, 0, 0, 0, None if billed is None else billed * quantity)


def _goes_beyond(whole_until: date, as_of: date, quantity: int) -> bool:
    """Whether the days of a line, one a unit, end after the tariff of the first."""
    return quantity > 1 and as_of.toordinal() + quantity > whole_until.toordinal()


def _refused(line: Line, quote: Quote, status: str, error: FieldError) -> Result:
    return Result(line.id, Quote(status, basis=quote.basis, errors=(error,)), NOTHING, line.as_of)
