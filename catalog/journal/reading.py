"""Questions to the journal: filtered, newest first, page after page by number, so that pages stay while one reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import NotFoundError
from catalog.journal.models import JournalEntry

LARGEST_SEQ = 2**31 - 1


class UnknownEntryError(NotFoundError):
    def __init__(self, asked: object) -> None:
        super().__init__(f"The journal has no entry {asked}.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, its JSON read."""

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    before: Any
    after: Any
    detail: Any
    prev_digest: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """All that is given must hold. ``since`` is included, ``until`` is not.

    ``action`` and ``subject`` also stand for what they begin: ``draft`` for ``draft.staged``, and for ``draft 12``, but
    ``draft 1`` not for ``draft 12``. ``text`` is sought, without regard to case, in all that was kept of an entry.
    """

    actor: str | None = None
    action: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    text: str | None = None


EVERYTHING = Filters()


def entries(
    session: Session, filters: Filters = EVERYTHING, *, below: int | None = None, limit: int = 50
) -> list[Entry]:
    """At most ``limit`` entries, newest first; ``below`` is the number of the last one of the page before."""
    query = _matching(filters).order_by(JournalEntry.seq.desc()).limit(limit)
    if below is not None:
        query = query.where(JournalEntry.seq < min(below, LARGEST_SEQ))
    return [_read(found) for found in session.scalars(query)]


def every_entry(session: Session, filters: Filters = EVERYTHING) -> Iterator[Entry]:
    """All that match, oldest first, for exports."""
    query = _matching(filters).order_by(JournalEntry.seq).execution_options(yield_per=1000)
    return (_read(found) for found in session.scalars(query))


def entries_after(session: Session, after: int, limit: int) -> list[Entry]:
    """At most ``limit`` entries after a number, oldest first: for a copy that follows."""
    query = sa.select(JournalEntry).where(JournalEntry.seq > after).order_by(JournalEntry.seq).limit(limit)
    return [_read(found) for found in session.scalars(query)]


def count(session: Session, filters: Filters = EVERYTHING) -> int:
    """How many entries match."""
    return session.scalar(sa.select(sa.func.count()).select_from(_matching(filters).subquery())) or 0


def find_entry(session: Session, seq: int) -> Entry:
    """Raises UnknownEntryError."""
    found = session.get(JournalEntry, seq) if 0 < seq <= LARGEST_SEQ else None
    if found is None:
        raise UnknownEntryError(seq)
    return _read(found)


def known_actors(session: Session) -> list[str]:
    """Everybody who ever acted, in order."""
    return list(session.scalars(sa.select(JournalEntry.actor).distinct().order_by(JournalEntry.actor)))


def known_actions(session: Session) -> list[str]:
    """Every action there was, in order."""
    return list(session.scalars(sa.select(JournalEntry.action).distinct().order_by(JournalEntry.action)))


def _matching(filters: Filters) -> sa.Select[Any]:
    query = sa.select(JournalEntry)
    for condition in _conditions(filters):
        query = query.where(condition)
    return query


def _conditions(filters: Filters) -> Iterator[sa.ColumnElement[bool]]:
    if filters.actor:
        yield JournalEntry.actor == filters.actor
    if filters.action:
        yield _begins(JournalEntry.action, filters.action, ".")
    if filters.subject:
        yield _begins(JournalEntry.subject, filters.subject, " ")
    if filters.since:
        yield JournalEntry.at >= filters.since
    if filters.until:
        yield JournalEntry.at < filters.until
    if filters.text:
        yield sa.or_(*(column.icontains(filters.text, autoescape=True) for column in _SOUGHT))


_SOUGHT = (
    JournalEntry.actor,
    JournalEntry.subject,
    JournalEntry.action,
    JournalEntry.before,
    JournalEntry.after,
    JournalEntry.detail,
)


def _begins(column: Any, word: str, separator: str) -> sa.ColumnElement[bool]:
    return sa.or_(column == word, column.startswith(f"{word}{separator}", autoescape=True))


def _read(found: JournalEntry) -> Entry:
    before, after, detail = (_parse(text) for text in (found.before, found.after, found.detail))
    return Entry(
        found.seq,
        found.at,
        found.actor,
        found.action,
        found.subject,
        before,
        after,
        detail,
        found.prev_digest,
        found.digest,
    )


def _parse(text: str | None) -> Any:
    if text is None:
        return None
    try:
        return json.loads(text)
    except ValueError:
        # Somebody altered it: the page must still open, and the chain tells.
        return text
