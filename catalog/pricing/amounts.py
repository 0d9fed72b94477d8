"""The arithmetic of a line: exact, half-up to the centime, once after the rate; the patient pays what is left."""

from __future__ import annotations

from datetime import timedelta

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
)
from catalog.pricing.lines import Line

_NO_COMPLEMENT = Notice("NO_COMPLEMENTARY_RATE", "No complementary rate is recorded for this care: mutuelle is 0.00.")


def settle(line: Line, quote: Quote) -> Result:
    """The answer to a line whose question is worth ``quote``; amo + mutuelle + patient = billed × quantity."""
    if quote.status != OK:
        return Result(line.id, quote, _unpaid(line, quote), line.as_of)
    billed = quote.unit_price if line.billed is None else line.billed
    if billed is None:
        message = f"No price of {line.question.code} is published that day: say what was billed."
        return _refused(line, quote, NO_TARIFF, FieldError("billed", message))
    if quote.whole_until is not None and _goes_beyond(line, quote):
        last = quote.whole_until - timedelta(days=1)
        message = f"These {line.quantity} days go beyond {last}, the last day of this tariff: send one line a day."
        return _refused(line, quote, INVALID, FieldError("quantity", message))
    beside = (_NO_COMPLEMENT,) if line.mutuelle and quote.mutuelle is None else ()
    return Result(line.id, quote, _shared(line, quote, billed), line.as_of, beside)


def _shared(line: Line, quote: Quote, billed: int) -> Amounts:
    assert quote.ceiling is not None and quote.rate is not None
    base = min(billed, quote.ceiling)
    amo = apply_rate(base * line.quantity, quote.rate)
    mutuelle = _complement(quote.mutuelle, billed, line.quantity, amo) if line.mutuelle and quote.mutuelle else 0
    return Amounts(quote.unit_price, base, quote.rate, amo, mutuelle, billed * line.quantity - amo - mutuelle)


def _complement(share: Share, billed: int, quantity: int, amo: int) -> int:
    """The mutuelle's share, half-up, and no more than AMO leaves of what it applies to: it completes, never exceeds."""
    whole = min(billed, share.ceiling) * quantity
    return min(apply_rate(whole, share.rate), max(0, whole - amo))


def _unpaid(line: Line, quote: Quote) -> Amounts:
    """The payer pays 0.00 and the patient all of it; where no amount can be told, none is."""
    if quote.status not in PAYING_NOTHING:
        return NOTHING
    billed = quote.unit_price if line.billed is None else line.billed
    base = quote.ceiling if billed is None or quote.ceiling is None else min(billed, quote.ceiling)
    return Amounts(quote.unit_price, base, 0, 0, 0, None if billed is None else billed * line.quantity)


def _goes_beyond(line: Line, quote: Quote) -> bool:
    """Whether the days of the line, one a unit, end after the tariff of the first."""
    assert quote.whole_until is not None
    return line.quantity > 1 and line.as_of.toordinal() + line.quantity > quote.whole_until.toordinal()


def _refused(line: Line, quote: Quote, status: str, error: FieldError) -> Result:
    return Result(line.id, Quote(status, basis=quote.basis, errors=(error,)), NOTHING, line.as_of)
