"""What changed between two releases, cut to the days it touches: pure functions, and the SQL that feeds them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.kinds import Kind
from catalog.releases.changes import Held
from catalog.releases.tables import tables_of
from catalog.releases.truth import Rectangle, rectangles
from catalog.temporal import DAWN, Period

ALWAYS = Period(DAWN)


class Known(Protocol):
    """A value over days and releases: a span, or a version of the snapshot."""

    @property
    def code(self) -> str: ...
    @property
    def period(self) -> Period: ...
    @property
    def rel_from(self) -> int: ...
    @property
    def rel_to(self) -> int: ...
    @property
    def held(self) -> Held: ...


class Status(StrEnum):
    """What became of an entry between two releases."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Piece:
    """Over ``period`` the entry held ``before`` and now holds ``after``; None means nothing in force.

    ``release`` brought it. ``retroactive`` is the part of the period already past when that release was published.
    """

    period: Period
    before: Held | None
    after: Held | None
    release: int
    retroactive: Period | None = None

    def tells_the_same(self, other: Piece) -> bool:
        """Whether the other says of its own days what this one says."""
        return (self.release, self.before, self.after) == (other.release, other.before, other.after)

    def fields(self) -> Iterator[tuple[str, Any, Any]]:
        """(field, typed value before, typed value after) of the payload's fields that differ."""
        before: Any = self.before.payload if self.before else {}
        after: Any = self.after.payload if self.after else {}
        for name in after or before:
            if before.get(name) != after.get(name):
                yield name, before.get(name), after.get(name)


@dataclass(frozen=True, slots=True)
class EntryDiff:
    """What changed for one entry, period by period."""

    kind: str
    code: str
    pieces: tuple[Piece, ...]

    @property
    def status(self) -> Status:
        if all(piece.before is None for piece in self.pieces):
            return Status.ADDED
        if all(piece.after is None for piece in self.pieces):
            return Status.WITHDRAWN
        return Status.CHANGED

    @property
    def is_retroactive(self) -> bool:
        return any(piece.retroactive for piece in self.pieces)

    def changed_fields(self) -> set[str]:
        return {name for piece in self.pieces if piece.before and piece.after for name, _, _ in piece.fields()}


PublicationDay = Callable[[int], date]
"""The day, in Morocco, on which a release was published."""


def diff(kind: Kind, touched: Iterable[Known], older: int, newer: int, published_on: PublicationDay) -> list[EntryDiff]:
    """Differences of one kind from release ``older`` to ``newer`` (in either order), by code.

    ``touched`` must hold every value that opened or closed in between; more does no harm.
    """
    entries: dict[str, list[Known]] = defaultdict(list)
    for known in touched:
        entries[known.code].append(known)
    in_order = (known for code in sorted(entries) for known in entries[code])
    return list(differences(kind, in_order, older, newer, published_on))


def differences(
    kind: Kind, touched: Iterable[Known], older: int, newer: int, published_on: PublicationDay
) -> Iterator[EntryDiff]:
    """The same entry by entry, of values that come by code: nothing is held but what the entry at hand held."""
    low, high = sorted((older, newer))
    day_of = cache(published_on)
    for code, knowns in groupby(touched, key=attrgetter("code")):
        found = [known for known in knowns if known.rel_from <= high and low < known.rel_to]
        pieces = _pieces(found, older, newer)
        if pieces:
            flagged = _flag(pieces, day_of) if older < newer else pieces
            yield EntryDiff(kind.name, code, tuple(flagged))


def is_visible(known: Known, release: int) -> bool:
    """Whether a reader of that release sees it."""
    return known.rel_from <= release < known.rel_to


def _pieces(knowns: Sequence[Known], older: int, newer: int) -> list[Piece]:
    high = max(older, newer)
    pieces: list[Piece] = []
    for start, end, covering in _stretches(knowns):
        was, now = _held_at(covering, older), _held_at(covering, newer)
        if was == now:
            continue
        piece = Piece(Period(start, end), was, now, _brought_by(covering, high))
        last = pieces[-1] if pieces else None
        if last and last.period.end == start and last.tells_the_same(piece):
            pieces[-1] = replace(last, period=Period(last.period.start, end))
        else:
            pieces.append(piece)
    return pieces


def _stretches(knowns: Sequence[Known]) -> Iterator[tuple[date, date, list[Known]]]:
    """The days between two on which something begins or ends, and what lies over them, in one sweep."""
    beginning: dict[date, list[Known]] = defaultdict(list)
    for known in knowns:
        beginning[known.period.start].append(known)
    days = sorted({known.period.end for known in knowns} | beginning.keys())
    covering: list[Known] = []
    for start, end in pairwise(days):
        covering = [known for known in covering if start < known.period.end] + beginning.get(start, [])
        yield start, end, covering


def _held_at(covering: Iterable[Known], release: int) -> Held | None:
    return next((known.held for known in covering if is_visible(known, release)), None)


def _brought_by(covering: Sequence[Known], high: int) -> int:
    """The release since which a day has had the value it has at release ``high``.

    Not simply the one that opened the span: a later release that cuts beside a value opens its remainder again.
    """
    latest = next((known for known in covering if is_visible(known, high)), None)
    if latest is None:
        return max(known.rel_to for known in covering if known.rel_to <= high)
    since = latest.rel_from
    for known in sorted(covering, key=lambda known: known.rel_from, reverse=True):
        if known.rel_to == since and known.held == latest.held:
            since = known.rel_from
    return since


def _flag(pieces: Iterable[Piece], published_on: PublicationDay) -> Iterator[Piece]:
    for piece in pieces:
        past = _past_part(piece, published_on(piece.release))
        yield replace(piece, retroactive=past) if past else piece


def _past_part(piece: Piece, published: date) -> Period | None:
    is_timeless_addition = piece.before is None and piece.period == ALWAYS
    if piece.period.start >= published or is_timeless_addition:
        return None
    return Period(piece.period.start, min(piece.period.end, published))


def count(entries: Iterable[EntryDiff]) -> dict[str, Any]:
    """Counts first: entries added, changed, withdrawn, retroactive, and how many changed each field."""
    totals: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    for entry in entries:
        totals[entry.status.value] += 1
        totals["retroactive"] += entry.is_retroactive
        if entry.status is Status.CHANGED:
            fields.update(entry.changed_fields())
    names = (*Status, "retroactive")
    return {str(name): totals[str(name)] for name in names} | {"fields": dict(sorted(fields.items()))}


def touched_spans(session: Session, kind: Kind, older: int, newer: int) -> Iterator[Rectangle]:
    """From the tables of truth, what opened or closed between two releases; only those spans are read."""
    low, high = sorted((older, newer))
    span = tables_of(kind).span
    opened = sa.and_(span.c.rel_from > low, span.c.rel_from <= high)
    closed = sa.and_(span.c.rel_to > low, span.c.rel_to <= high)
    return rectangles(session, kind, sa.or_(opened, closed))
