"""Reading the tables of truth, for editors, imports and the snapshot builder. Readers of the service do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import NothingPublishedError, UnknownReleaseError
from catalog.kinds import Kind
from catalog.releases.changes import Held
from catalog.releases.labels import parse_label
from catalog.releases.models import Entity, Release
from catalog.releases.tables import OPEN, is_open, tables_of
from catalog.temporal import Moment, Period, format_instant

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A value over valid time and releases: known from ``rel_from``, until ``rel_to`` (excluded) or still."""

    code: str
    period: Period
    rel_from: int
    rel_to: int
    fact_id: int
    fact_release: int
    held: Held

    @property
    def is_open(self) -> bool:
        return self.rel_to == OPEN

    def is_known_at(self, release: int) -> bool:
        return self.rel_from <= release < self.rel_to


def head(session: Session) -> int:
    """The number of the newest release; 0 when nothing is published."""
    return session.scalar(sa.select(sa.func.coalesce(sa.func.max(Release.seq), 0))) or 0


def find_release(session: Session, asked: int | str) -> Release:
    """A release by number or label. Raises UnknownReleaseError."""
    text = str(asked).strip()
    found = session.get(Release, int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else None
    found = found or session.scalar(sa.select(Release).where(Release.label == parse_label(text)))
    if found is None:
        raise UnknownReleaseError(asked)
    return found


def release_at(session: Session, instant: datetime) -> int:
    """The release known at that instant. Raises NothingPublishedError before the first one."""
    known = session.scalar(sa.select(sa.func.max(Release.seq)).where(Release.published_at <= instant))
    if known is None:
        raise NothingPublishedError(format_instant(instant))
    return known


def rectangles(session: Session, kind: Kind, where: sa.ColumnElement[bool] | None = None) -> Iterator[Rectangle]:
    """Every rectangle of a kind that meets a condition on its span table, in order of code and start."""
    fact, span = tables_of(kind).fact, tables_of(kind).span
    act = sa.orm.aliased(Entity)
    payload = [fact.c[name].label(f"p_{name}") for name in kind.fields]
    query = (
        sa.select(
            Entity.code,
            span.c.valid_from,
            span.c.valid_to,
            span.c.rel_from,
            span.c.rel_to,
            fact.c.id,
            fact.c.release,
            act.code.label("act"),
            fact.c.provenance,
            fact.c.confidence,
            *payload,
        )
        .join_from(span, fact, span.c.fact_id == fact.c.id)
        .join(Entity, Entity.id == span.c.entity_id)
        .join(act, act.id == fact.c.legal_act_id)
        .order_by(Entity.code, span.c.valid_from, span.c.rel_from)
        .execution_options(yield_per=2000)
    )
    if where is not None:
        query = query.where(where)
    names = list(kind.fields)
    for row in session.execute(query):
        yield _rectangle(kind, names, tuple(row))


def _rectangle(kind: Kind, names: list[str], row: tuple[Any, ...]) -> Rectangle:
    code, start, end, rel_from, rel_to, fact_id, release, act, source, confidence = row[:10]
    payload = kind.from_row(dict(zip(names, row[10:], strict=True)))
    return Rectangle(
        code, Period(start, end), rel_from, rel_to, fact_id, release, Held(payload, act, source, confidence)
    )


def standing_spans(
    session: Session, kind: Kind, codes: Collection[str] | None = None, release: int | None = None
) -> dict[str, list[Rectangle]]:
    """By code, the rectangles visible at a release (default: the newest), of all entries or of those named."""
    span = tables_of(kind).span
    visible = is_open(span) if release is None else sa.and_(span.c.rel_from <= release, release < span.c.rel_to)
    found: dict[str, list[Rectangle]] = defaultdict(list)
    for condition in _about(kind, codes):
        for rectangle in rectangles(session, kind, visible if condition is None else sa.and_(visible, condition)):
            found[rectangle.code].append(rectangle)
    return dict(found)


def _about(kind: Kind, codes: Collection[str] | None) -> Iterator[sa.ColumnElement[bool] | None]:
    if codes is None:
        yield None
        return
    span = tables_of(kind).span
    for chunk in batched(sorted(codes), CHUNK):
        named = sa.select(Entity.id).where(Entity.kind == kind.name, Entity.code.in_(chunk))
        yield span.c.entity_id.in_(named)


def in_force(session: Session, kind: Kind, moment: Moment) -> dict[str, Held]:
    """Everything of a kind in force at a moment, by code."""
    span = tables_of(kind).span
    condition = sa.and_(
        span.c.rel_from <= moment.release,
        moment.release < span.c.rel_to,
        span.c.valid_from <= moment.as_of,
        moment.as_of < span.c.valid_to,
    )
    return {found.code: found.held for found in rectangles(session, kind, condition)}


def find_held(session: Session, kind: Kind, code: str, moment: Moment) -> Held | None:
    """What holds for one entry at a moment, or None."""
    for found in standing_spans(session, kind, [code], moment.release).get(code, []):
        if found.period.covers(moment.as_of):
            return found.held
    return None


def known_codes(session: Session, kind: Kind, codes: Iterable[str]) -> set[str]:
    """Those of ``codes`` that were ever published for a kind."""
    known: set[str] = set()
    for chunk in batched(sorted(set(codes)), CHUNK):
        query = sa.select(Entity.code).where(Entity.kind == kind.name, Entity.code.in_(chunk))
        known.update(session.scalars(query))
    return known


def changed_since(session: Session, kind: Kind, base: int) -> set[str]:
    """Codes of a kind that releases after ``base`` have written facts about."""
    fact = tables_of(kind).fact
    query = sa.select(Entity.code).join(fact, fact.c.entity_id == Entity.id).where(fact.c.release > base).distinct()
    return set(session.scalars(query))


def batched(items: Iterable[Any], size: int) -> Iterator[tuple[Any, ...]]:
    """Consecutive tuples of at most ``size`` items (itertools has it from Python 3.12 on)."""
    source = iter(items)
    while chunk := tuple(islice(source, size)):
        yield chunk
