"""Words of a document that is read in two languages at once, whatever the language of the page around it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from babel.dates import format_date

from catalog import french
from catalog.errors import DateError
from catalog.temporal import parse_day
from service.site.languages import ARABIC, translations


class Both(NamedTuple):
    """The same words in French and in Arabic; ``ar`` is empty where nobody has written the Arabic."""

    fr: str
    ar: str = ""


def both(message: str, **values: Both | str | int) -> Both:
    """A French sentence with its Arabic; a value in two languages is told in each."""
    found = translations(ARABIC).ugettext(message)
    return Both(message % _told(values, 0), found % _told(values, 1))


def both_day(day: date | str) -> Both:
    """A day as each language writes it; what is no day stays as it is."""
    try:
        known = day if isinstance(day, date) else parse_day(day)
    except DateError:
        return Both(str(day), str(day))
    return Both(french.write_day(known), format_date(known, "d MMMM y", locale="ar_MA"))


def _told(values: dict[str, Both | str | int], place: int) -> dict[str, str | int]:
    return {name: value[place] or value[0] if isinstance(value, Both) else value for name, value in values.items()}
