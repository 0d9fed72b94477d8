"""The arithmetic of a line: exact, half-up to the centime, once after the rate; the patient pays what is left."""

from __future__ import annotations

from datetime import timedelta

from catalog.money import apply_rate
from catalog.pricing.answers import (
    INVALID,
    NO_TARIFF,
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

NOTHING = Amounts()
"""No amount is known: null everywhere, never 0.00."""

_NO_COMPLEMENT = Notice("NO_COMPLEMENTARY_RATE", "No complementary rate is recorded for this care: mutuelle is 0.00.")


def settle(line: Line, quote: Quote) -> Result:
    """The answer to a line whose question is worth ``quote``; amo + mutuelle + patient = billed × quantity."""
    fault = _fault(line, quote)
    if fault is not None:
        return Result(line.id, fault[0], NOTHING, line.question.as_of, basis=quote.basis, errors=(fault[1],))
    notices = quote.notices
    if line.mutuelle and quote.status == OK and quote.mutuelle is None:
        notices = (*notices, _NO_COMPLEMENT)
    return Result(
        line.id,
        quote.status,
        _amounts(line, quote),
        line.question.as_of,
        quote.period,
        quote.legal_act,
        quote.basis,
        quote.reasons,
        notices,
        quote.steps,
        quote.errors,
    )


def _amounts(line: Line, quote: Quote) -> Amounts:
    billed = quote.unit_price if line.billed is None else line.billed
    if quote.status in PAYING_NOTHING:
        base = quote.ceiling if billed is None or quote.ceiling is None else min(billed, quote.ceiling)
        return Amounts(quote.unit_price, base, 0, 0, 0, None if billed is None else billed * line.quantity)
    if quote.status != OK or billed is None or quote.ceiling is None or quote.rate is None:
        return NOTHING
    base = min(billed, quote.ceiling)
    amo = apply_rate(base * line.quantity, quote.rate)
    mutuelle = _complement(quote.mutuelle, billed, line.quantity, amo) if line.mutuelle and quote.mutuelle else 0
    return Amounts(quote.unit_price, base, quote.rate, amo, mutuelle, billed * line.quantity - amo - mutuelle)


def _complement(share: Share, billed: int, quantity: int, amo: int) -> int:
    """The mutuelle's share, half-up, and no more than AMO leaves of what it applies to: it completes, never exceeds."""
    whole = min(billed, share.ceiling) * quantity
    return min(apply_rate(whole, share.rate), max(0, whole - amo))


def _fault(line: Line, quote: Quote) -> tuple[str, FieldError] | None:
    """What keeps this line from being settled, though its question has an answer."""
    if quote.status != OK:
        return None
    if line.billed is None and quote.unit_price is None:
        message = f"No price of {line.question.code} is published on {line.question.as_of}: say what was billed."
        return NO_TARIFF, FieldError("billed", message)
    if quote.whole_until is not None and line.quantity > 1:
        last = line.question.as_of.toordinal() + line.quantity - 1
        if last >= quote.whole_until.toordinal():
            message = (
                f"These {line.quantity} days go beyond {quote.whole_until - timedelta(days=1)}, the last day of this "
                "tariff: send one line a day."
            )
            return INVALID, FieldError("quantity", message)
    return None
