"""Compiles a snapshot from the tables of truth, as known at one release: whole, or what came after another one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain, takewhile
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.fields import DayField, TextField, TextListField
from catalog.kinds import Kind, Kinds
from catalog.releases.models import GENESIS, Entity, Release
from catalog.releases.tables import OPEN, tables_of
from catalog.releases.truth import head
from catalog.snapshots.content import Content, ReleaseInfo, StoredFact, StoredKind, StoredSpan
from catalog.snapshots.steady import without_collecting

ROWS_AT_ONCE = 5000


class Ordinals(dict[Any, int]):
    """The ordinal of a day as the driver gives it, a text or a date: the same few days are met again and again."""

    def __missing__(self, day: str | date) -> int:
        read = date.fromisoformat(day) if isinstance(day, str) else day
        return self.setdefault(day, read.toordinal())


def build(session: Session, kinds: Kinds) -> Content:
    """Everything published up to the newest release; a release published meanwhile is left out whole."""
    newest = head(session)
    releases = [release_info(session, row) for row in session.scalars(_releases(newest))]
    newest_chain = releases[-1].chain_digest if releases else GENESIS
    with without_collecting():
        codes = read_codes(session)
        stored = {kind.name: _stored_kind(session, kind, newest, codes) for kind in kinds}
    return Content(newest, newest_chain, releases, stored)


def read_codes(session: Session, *wanted: sa.ColumnElement[bool]) -> dict[int, str]:
    """The code of every entry: looked up here, which costs less than joining and sorting in the database."""
    query = sa.select(Entity.id, Entity.code).where(*wanted)
    return {number: code for number, code in session.connection().execute(query)}  # noqa: C416


def count_alike(kind: Kind) -> int:
    """How many of the first fields are texts, which change less than amounts, rates and flags do."""
    return len(list(takewhile(lambda field: isinstance(field, TextField | TextListField), kind.fields.values())))


def _releases(newest: int) -> sa.Select[Release]:
    return sa.select(Release).where(Release.seq <= newest).order_by(Release.seq)


def release_info(session: Session, row: Release) -> ReleaseInfo:
    """A release as readers see it."""
    act = session.scalar(sa.select(Entity.code).where(Entity.id == row.legal_act_id))
    return ReleaseInfo(
        row.seq,
        row.label,
        row.title,
        str(act),
        row.published_at,
        row.author,
        row.approver,
        row.publisher,
        row.n_facts,
        row.content_digest,
        row.prev_digest,
        row.chain_digest,
    )


def _stored_kind(session: Session, kind: Kind, newest: int, codes: Mapping[int, str]) -> StoredKind:
    fact, span = tables_of(kind).fact, tables_of(kind).span
    found = read_facts(session, kind, fact.c.release <= newest, codes)
    places = {number: place for place, (number, _) in enumerate(found)}
    spans = read_spans(session, kind, span.c.rel_from <= newest, newest, places, codes)
    return StoredKind(list(kind.fields), [one for _, one in found], spans, count_alike(kind))


def read_facts(session: Session, kind: Kind, wanted: Any, codes: Mapping[int, str]) -> list[tuple[int, StoredFact]]:
    """Facts with their row number, in order of release, code and day."""
    found = list(_fact_rows(session, kind, wanted, codes))
    found.sort(key=lambda one: (one[1].release, one[1].code, one[1].start))
    return found


def _fact_rows(session: Session, kind: Kind, wanted: Any, codes: Mapping[int, str]) -> Iterator[tuple[int, StoredFact]]:
    fact, ordinals = tables_of(kind).fact, Ordinals()
    days = [place for place, field in enumerate(kind.fields.values()) if isinstance(field, DayField)]
    columns = (
        fact.c.id,
        fact.c.release,
        fact.c.entity_id,
        as_given(fact.c.valid_from),
        as_given(fact.c.valid_to),
        fact.c.legal_act_id,
        fact.c.provenance,
        fact.c.confidence,
        fact.c.op,
        *(fact.c[name] for name in kind.fields),
    )
    rows = _rows(session, sa.select(*columns).where(wanted))
    for number, release, entity, start, end, act, source, confidence, op, *values in rows:
        for place in days:
            values[place] = values[place] and values[place].isoformat()
        told = None if op == "V" else values
        days_held = ordinals[start], ordinals[end]
        yield number, StoredFact(release, codes[entity], *days_held, codes[act], source, confidence, told)


def read_spans(
    session: Session, kind: Kind, wanted: Any, newest: int, places: Mapping[int, int], codes: Mapping[int, str]
) -> dict[str, list[StoredSpan]]:
    """Spans by code, latest days first; ``places`` are those of their facts."""
    span, ordinals = tables_of(kind).span, Ordinals()
    days = as_given(span.c.valid_from), as_given(span.c.valid_to)
    query = sa.select(span.c.entity_id, *days, span.c.rel_from, span.c.rel_to, span.c.fact_id).where(wanted)
    spans: dict[str, list[StoredSpan]] = defaultdict(list)
    for entity, start, end, rel_from, rel_to, fact_id in _rows(session, query):
        closed = rel_to if rel_to <= newest else OPEN
        made = StoredSpan(ordinals[start], ordinals[end], rel_from, closed, places[fact_id])
        spans[codes[entity]].append(made)
    for held in spans.values():
        held.sort(key=lambda one: (one.start, one.rel_from), reverse=True)
    return {code: spans[code] for code in sorted(spans)}


def _rows(session: Session, query: sa.Select[Any]) -> Iterator[Any]:
    """Rows of a query, read thousands at once and handed on without a further step for each."""
    found = session.connection().execute(query.execution_options(yield_per=ROWS_AT_ONCE))
    return chain.from_iterable(found.partitions())


def as_given(day: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """A day as the driver gives it: ``Ordinals`` reads each once, instead of every row's."""
    return sa.type_coerce(day, sa.types.NullType())
