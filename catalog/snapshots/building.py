"""Compiles a snapshot from the tables of truth, as known at one release."""

from __future__ import annotations

from collections import defaultdict

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.fields import DayField
from catalog.kinds import Kind, Kinds
from catalog.releases.models import GENESIS, Entity, Release
from catalog.releases.tables import OPEN, tables_of
from catalog.releases.truth import head
from catalog.snapshots.content import Content, ReleaseInfo, StoredFact, StoredKind, StoredSpan


def build(session: Session, kinds: Kinds) -> Content:
    """Everything published up to the newest release; a release published meanwhile is left out whole."""
    newest = head(session)
    releases = [_release_info(session, row) for row in session.scalars(_releases(newest))]
    chain = releases[-1].chain_digest if releases else GENESIS
    codes = _codes(session)
    return Content(newest, chain, releases, {kind.name: _stored_kind(session, kind, newest, codes) for kind in kinds})


def _codes(session: Session) -> dict[int, str]:
    """The code of every entry: looked up here, which costs less than joining and sorting in the database."""
    return {number: code for number, code in session.connection().execute(sa.select(Entity.id, Entity.code))}  # noqa: C416


def _releases(newest: int) -> sa.Select[Release]:
    return sa.select(Release).where(Release.seq <= newest).order_by(Release.seq)


def _release_info(session: Session, row: Release) -> ReleaseInfo:
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


def _stored_kind(session: Session, kind: Kind, newest: int, codes: dict[int, str]) -> StoredKind:
    fact = tables_of(kind).fact
    days = [place for place, field in enumerate(kind.fields.values()) if isinstance(field, DayField)]
    head_columns = (
        fact.c.id,
        fact.c.release,
        fact.c.entity_id,
        fact.c.valid_from,
        fact.c.valid_to,
        fact.c.legal_act_id,
        fact.c.provenance,
        fact.c.confidence,
        fact.c.op,
    )
    query = sa.select(*head_columns, *(fact.c[name] for name in kind.fields)).where(fact.c.release <= newest)
    found: list[tuple[int, StoredFact]] = []
    for row in session.connection().execute(query.execution_options(yield_per=5000)):
        number, release, entity, start, end, act, source, confidence, op, *values = row
        for place in days:
            values[place] = values[place] and values[place].isoformat()
        told = None if op == "V" else values
        days_held = start.toordinal(), end.toordinal()
        found.append((number, StoredFact(release, codes[entity], *days_held, codes[act], source, confidence, told)))
    found.sort(key=lambda one: (one[1].release, one[1].code, one[1].start))
    places = {number: place for place, (number, _) in enumerate(found)}
    spans = _stored_spans(session, kind, newest, places, codes)
    return StoredKind(list(kind.fields), [one for _, one in found], spans)


def _stored_spans(
    session: Session, kind: Kind, newest: int, places: dict[int, int], codes: dict[int, str]
) -> dict[str, list[StoredSpan]]:
    span = tables_of(kind).span
    columns = (span.c.entity_id, span.c.valid_from, span.c.valid_to, span.c.rel_from, span.c.rel_to, span.c.fact_id)
    query = sa.select(*columns).where(span.c.rel_from <= newest)
    spans: dict[str, list[StoredSpan]] = defaultdict(list)
    for entity, start, end, rel_from, rel_to, fact_id in session.connection().execute(
        query.execution_options(yield_per=5000)
    ):
        closed = rel_to if rel_to <= newest else OPEN
        made = StoredSpan(start.toordinal(), end.toordinal(), rel_from, closed, places[fact_id])
        spans[codes[entity]].append(made)
    for held in spans.values():
        held.sort(key=lambda one: (one.start, one.rel_from), reverse=True)
    return {code: spans[code] for code in sorted(spans)}
