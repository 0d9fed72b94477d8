"""Dates and amounts as French readers write them."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date, format_datetime

from catalog.errors import DateError
from catalog.temporal import morocco, parse_day


def write_day(day: date | str) -> str:
    """``1er juillet 2014``, of a day or of its ``YYYY-MM-DD`` text; what is no day stays as it is."""
    try:
        known = day if isinstance(day, date) else parse_day(day)
    except DateError:
        return str(day)
    written: str = format_date(known, "long", locale="fr")
    return written.replace("1 ", "1er ", 1) if known.day == 1 else written


def write_instant(instant: datetime) -> str:
    """Day and hour in Morocco."""
    local = instant.astimezone(morocco())
    return format_datetime(local, "d MMMM y 'à' HH:mm", tzinfo=local.tzinfo, locale="fr") + " (heure du Maroc)"


def write_dirhams(amount: str) -> str:
    """``29,70 DH`` of ``29.70``; thousands apart by a narrow space."""
    whole, _, cents = amount.partition(".")
    return f"{int(whole):,}".replace(",", "\u202f") + f",{cents} DH"
