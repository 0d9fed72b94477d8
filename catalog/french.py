"""Dates and amounts as French readers write them."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date

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
    return f"{write_day(local.date())} à {local:%H:%M} (heure du Maroc)"


def write_dirhams(amount: str) -> str:
    """``29,70 DH`` of ``29.70``; thousands apart by a narrow space."""
    whole, _, cents = amount.partition(".")
    return f"{write_number(int(whole))},{cents} DH"


def write_short_day(day: date | str) -> str:
    """``01/07/2014``; what is no day stays as it is, and nothing is a dash."""
    if not day:
        return "—"
    try:
        known = day if isinstance(day, date) else parse_day(day)
    except DateError:
        return str(day)
    return f"{known:%d/%m/%Y}"


def write_short_instant(instant: datetime | None) -> str:
    """``01/07/2014 09:30`` in Morocco."""
    return "—" if instant is None else f"{instant.astimezone(morocco()):%d/%m/%Y %H:%M}"


def write_centimes(centimes: int | None) -> str:
    """``29,70`` of 2970 centimes; a dash where there is no price."""
    if centimes is None:
        return "—"
    sign, amount = ("−" if centimes < 0 else ""), abs(centimes)
    return f"{sign}{write_number(amount // 100)},{amount % 100:02}"


def write_number(number: int) -> str:
    """``12 345``, thousands apart by a narrow space that does not break."""
    return f"{number:,}".replace(",", "\u202f")


FILTERS = {
    "jour": write_day,
    "jour_court": write_short_day,
    "instant": write_instant,
    "instant_court": write_short_instant,
    "dirhams": write_dirhams,
    "centimes": write_centimes,
    "nombre": write_number,
}
"""How templates name them."""
