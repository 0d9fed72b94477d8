"""Values of fields as a page writes them, in the language of the visit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from catalog.fields import DayField, DecimalField, EntryField, FlagField, MoneyField, RateField
from catalog.french import write_centimes
from catalog.kinds import Payload
from catalog.releases.reviewing_prices import Move
from service.site.languages import ARABIC, current, write_day, write_dirhams, write_rate
from service.site.versions.words import value_name

DIRHAM = "MAD"


def currency_of(payload: Payload) -> str:
    """The currency of an entry's amounts; the dirham unless it names another."""
    return payload.get("devise") or DIRHAM


def write(field: EntryField, name: str, value: Any, currency: str = DIRHAM) -> str | None:
    """An external value (``"29.70"``, ``"0.70"``, a day, a list) in words; None where there is none."""
    if value is None or value == "":
        return None
    if isinstance(field, MoneyField):
        return write_amount(value, currency)
    if isinstance(field, RateField):
        return write_rate(value)
    if isinstance(field, FlagField) or field.choices:
        return value_name(name, value)
    if isinstance(field, DayField):
        return write_day(value)
    if isinstance(field, DecimalField):
        return str(value).replace(".", ",")
    return " / ".join(value) if isinstance(value, list) else str(value)


def write_amount(amount: str, currency: str) -> str:
    """``29,70 DH`` of ``29.70``; another currency by its code."""
    if currency == DIRHAM:
        return write_dirhams(amount)
    return f"{_together(amount.replace('.', ','))}\u00a0{currency}"


def write_move(move: Move) -> str:
    """``+2,80 (+7,5 %)``: the signed difference, and what part it is of the former amount where that is known."""
    sign = "+" if move.delta > 0 else ""
    told = f"{sign}{write_centimes(move.delta)}"
    return _together(told if move.share is None else f"{told} ({write_share(move.share)})")


def write_share(points: int) -> str:
    """``+7,5 %`` of 750 basis points, ``−0,3 %`` of -33: one decimal, half away from zero."""
    tenths = Decimal(points).copy_abs() / 10
    whole = int(tenths.quantize(Decimal(1), rounding="ROUND_HALF_UP"))
    sign = "+" if points > 0 else "\u2212"
    return f"{sign}{whole // 10},{whole % 10}\u00a0%"


def _together(figures: str) -> str:
    """Figures that an Arabic sentence does not turn around."""
    return f"\u2066{figures}\u2069" if current() is ARABIC else figures
