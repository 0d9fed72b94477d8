"""The two languages of the public site: which one a request is in, and how each writes words, dates and amounts.

Sentences are written in French where they are used (gettext). ``translations/ar/*.po`` holds their Arabic, one file an
area of the site, read once. Morocco writes Arabic with the figures 0-9 and its own names of months (CLDR ``ar_MA``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, has_request_context, request

from catalog import french
from catalog.errors import DateError
from catalog.temporal import morocco, parse_day

FOLDER = Path(__file__).parent / "translations"
ARABIC_PREFIX = "/ar"
RIGHT_TO_LEFT_MARK = "\u200f"


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site: its code, its direction, the blueprint that serves it, and its own name."""

    code: str
    direction: str
    blueprint: str
    name: str
    plural: str


FRENCH = Language("fr", "ltr", "site", "Français", "nplurals=2; plural=(n > 1);")
ARABIC = Language(
    "ar",
    "rtl",
    "site_ar",
    "العربية",
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
)
LANGUAGES = (FRENCH, ARABIC)


def current() -> Language:
    """The language of this request: Arabic below ``/ar``, French elsewhere and outside requests."""
    if has_request_context() and (request.path == ARABIC_PREFIX or request.path.startswith(f"{ARABIC_PREFIX}/")):
        return ARABIC
    return FRENCH


def other() -> Language:
    return FRENCH if current() is ARABIC else ARABIC


@cache
def translations(language: Language) -> Translations:
    """The phrases of a language, of all its files."""
    merged = Catalog(locale=language.code)
    for path in sorted((FOLDER / language.code).glob("*.po")):
        with path.open("rb") as source:
            for message in read_po(source, locale=language.code):
                if message.id and _is_whole(message):
                    merged[message.id] = message
    merged.mime_headers = [("Plural-Forms", language.plural), ("Content-Type", "text/plain; charset=utf-8")]
    packed = BytesIO()
    write_mo(packed, merged)
    packed.seek(0)
    return Translations(packed)


def _is_whole(message: Message) -> bool:
    """Whether every form of a message is written."""
    told = message.string
    return all(told) if isinstance(told, tuple | list) else bool(told)


def gettext(message: str) -> str:
    """A sentence in the language of the request."""
    return translations(current()).ugettext(message)


def later(message: str) -> str:
    """Marks a sentence that is written here and translated where it is told."""
    return message


def ngettext(one: str, many: str, number: int) -> str:
    """A sentence that counts, in the language of the request; in French 0 is singular, as 1 is."""
    if current() is FRENCH:
        return one if number < 2 else many
    return translations(current()).ungettext(one, many, number)


def write_day(day: date | str) -> str:
    """``1er juillet 2014``, ``1 يوليوز 2014``; what is no day stays as it is."""
    if current() is FRENCH:
        return french.write_day(day)
    try:
        known = day if isinstance(day, date) else parse_day(day)
    except DateError:
        return str(day)
    return format_date(known, "d MMMM y", locale="ar_MA")


def write_instant(instant: datetime) -> str:
    """Day and hour in Morocco."""
    if current() is FRENCH:
        return french.write_instant(instant)
    local = instant.astimezone(morocco())
    return f"{write_day(local.date())} على الساعة {local:%H:%M} (توقيت المغرب)"


def write_dirhams(amount: str) -> str:
    """``29,70 DH`` of ``29.70``; in Arabic the name of the currency is spelt out, and the figures are kept together."""
    told = french.write_dirhams(amount.removeprefix("-"))
    sign = "\u2212" if amount.startswith("-") else ""
    if current() is FRENCH:
        return f"{sign}{told}".replace(" DH", "\u00a0DH")
    # A plain space: in a narrow tile the currency goes to the next line; tied, the word itself would be cut.
    return f"\u2066{sign}{told.removesuffix(' DH')}\u2069 درهم"


def write_rate(fraction: str) -> str:
    """``70 %`` of ``0.70``."""
    percents = f"{(Decimal(fraction) * 100).normalize():f}".replace(".", ",")
    told = f"{percents}\u00a0%"
    return f"\u2066{told}\u2069" if current() is ARABIC else told


FILTERS: dict[str, Callable[[Any], str]] = {
    "jour": write_day,
    "instant": write_instant,
    "dirhams": write_dirhams,
    "taux": write_rate,
}
"""What follows the language of the request; the filters of ``catalog.french`` not named here are the same in both."""


def speak(app: Flask) -> None:
    """Teaches the templates of an application both languages; outside ``/ar`` they write French as before."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(language=current, other_language=other)
