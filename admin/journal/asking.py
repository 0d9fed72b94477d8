"""What a reader of the journal asks for, read from the address; and the address of the next page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from catalog.errors import DateError
from catalog.journal.reading import Filters
from catalog.temporal import morocco, parse_day

NAMES = ("qui", "action", "objet", "du", "au", "texte")
"""The parameters, as a reader sees them in the address."""
LONGEST = 200
PAGE = 50


@dataclass(frozen=True, slots=True)
class Question:
    """The filters, what was typed, and what could not be read of it."""

    filters: Filters
    typed: Mapping[str, str]
    below: int | None = None
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_narrowed(self) -> bool:
        return any(self.typed.values())

    def address(self, **changed: object) -> str:
        """The query string of this question, with what is ``changed``."""
        told = {**self.typed, **changed}
        query = urlencode({name: value for name, value in told.items() if value})
        return f"?{query}" if query else ""


def read_question(args: Mapping[str, str]) -> Question:
    """A question that cannot be read is told at its field and filters nothing."""
    typed = {name: args.get(name, "").strip()[:LONGEST].replace("\x00", "") for name in NAMES}
    errors: dict[str, str] = {}
    since, until = (_day(typed[name], name, errors) for name in ("du", "au"))
    filters = Filters(
        actor=typed["qui"] or None,
        action=typed["action"] or None,
        subject=_subject(typed["objet"]),
        since=_midnight(since) if since else None,
        until=_midnight(until + timedelta(days=1)) if until and until < date.max else None,
        text=typed["texte"] or None,
    )
    return Question(filters, typed, _number(args.get("avant", "")), errors)


_WORDS = {"brouillon": "draft", "compte": "account", "clé": "key", "cle": "key"}


def _subject(text: str) -> str | None:
    """``draft 12`` of ``brouillon 12``: readers write what they read."""
    word, separator, rest = text.partition(" ")
    return _WORDS.get(word.lower(), word) + separator + rest.strip() if text else None


def _day(text: str, name: str, errors: dict[str, str]) -> date | None:
    if not text:
        return None
    try:
        return parse_day(text)
    except DateError:
        errors[name] = f"« {text} » n’est pas une date."
        return None


def _midnight(day: date) -> datetime:
    """The first instant of a day in Morocco."""
    if day.year <= 1:
        return datetime.min.replace(tzinfo=UTC)
    return datetime.combine(day, time(), morocco()).astimezone(UTC)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
