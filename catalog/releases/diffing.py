"""What changed between two releases, cut to the days it touches: pure functions, and the SQL that feeds them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.kinds import Kind
from catalog.releases.changes import Held
from catalog.releases.tables import tables_of
from catalog.releases.truth import Rectangle, rectangles
from catalog.temporal import Period


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

    def fields(self) -> Iterator[tuple[str, Any, Any]]:
        """(field, typed value before, typed value after) of the payload's fields that differ."""
        before: Any = self.before.payload if self.before else {}
        after: Any = self.after.payload if self.after else {}
        for name in after or before:
            if before.get(name) != after.get(name):
                yield name, before.get(name), after.get(name)


@dataclass(frozen=True, slots=True)
class EntryDiff:
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
    sides: dict[str, tuple[list[Known], list[Known]]] = defaultdict(lambda: ([], []))
    for known in touched:
        was, now = is_visible(known, older), is_visible(known, newer)
        if was != now:
            sides[known.code][0 if was else 1].append(known)
    found = []
    for code in sorted(sides):
        pieces = _flag(_pieces(*sides[code], forward=older < newer), published_on, forward=older < newer)
        if pieces:
            found.append(EntryDiff(kind.name, code, tuple(pieces)))
    return found


def is_visible(known: Known, release: int) -> bool:
    return known.rel_from <= release < known.rel_to


def _pieces(before: Sequence[Known], after: Sequence[Known], *, forward: bool) -> list[Piece]:
    bounds = sorted({day for known in (*before, *after) for day in (known.period.start, known.period.end)})
    pieces: list[Piece] = []
    for start, end in pairwise(bounds):
        old, new = _covering(before, start), _covering(after, start)
        was, now = (old.held if old else None), (new.held if new else None)
        if was == now:
            continue
        brought = _brought_by(old, new, forward=forward)
        last = pieces[-1] if pieces else None
        if last and last.period.end == start and (last.before, last.after, last.release) == (was, now, brought):
            pieces[-1] = Piece(Period(last.period.start, end), was, now, brought)
        else:
            pieces.append(Piece(Period(start, end), was, now, brought))
    return pieces


def _covering(side: Iterable[Known], day: date) -> Known | None:
    return next((known for known in side if known.period.covers(day)), None)


def _brought_by(old: Known | None, new: Known | None, *, forward: bool) -> int:
    """The release that made the difference: the one that opened the newer value, else the one that closed the older."""
    newer, older = (new, old) if forward else (old, new)
    if newer is not None:
        return newer.rel_from
    return older.rel_to if older is not None else 0


def _flag(pieces: Iterable[Piece], published_on: PublicationDay, *, forward: bool) -> list[Piece]:
    if not forward:
        return list(pieces)
    return [
        Piece(piece.period, piece.before, piece.after, piece.release, _past_part(piece, published_on(piece.release)))
        for piece in pieces
    ]


def _past_part(piece: Piece, published: date) -> Period | None:
    if piece.period.start >= published:
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
