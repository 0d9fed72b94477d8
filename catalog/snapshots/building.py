"""Compiles a snapshot from the tables of truth, as known at one release."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

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
    return Content(newest, chain, releases, {kind.name: _stored_kind(session, kind, newest) for kind in kinds})


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


def _stored_kind(session: Session, kind: Kind, newest: int) -> StoredKind:
    fact = tables_of(kind).fact
    act = sa.orm.aliased(Entity)
    values = [fact.c[name].label(f"p_{name}") for name in kind.fields]
    query = (
        sa.select(
            fact.c.id,
            fact.c.release,
            Entity.code,
            fact.c.valid_from,
            fact.c.valid_to,
            act.code,
            fact.c.provenance,
            fact.c.confidence,
            fact.c.op,
            *values,
        )
        .join(Entity, Entity.id == fact.c.entity_id)
        .join(act, act.id == fact.c.legal_act_id)
        .where(fact.c.release <= newest)
        .order_by(fact.c.release, Entity.code, fact.c.valid_from)
    )
    places: dict[int, int] = {}
    facts: list[StoredFact] = []
    for row in session.execute(query.execution_options(yield_per=5000)):
        places[row[0]] = len(facts)
        facts.append(_stored_fact(tuple(row)))
    return StoredKind(list(kind.fields), facts, _stored_spans(session, kind, newest, places))


def _stored_fact(row: tuple[Any, ...]) -> StoredFact:
    _, release, code, start, end, act, source, confidence, op = row[:9]
    values = None if op == "V" else [v.isoformat() if isinstance(v, date) else v for v in row[9:]]
    return StoredFact(release, code, start.toordinal(), end.toordinal(), act, source, confidence, values)


def _stored_spans(session: Session, kind: Kind, newest: int, places: dict[int, int]) -> dict[str, list[StoredSpan]]:
    span = tables_of(kind).span
    columns = (span.c.valid_from, span.c.valid_to, span.c.rel_from, span.c.rel_to, span.c.fact_id)
    query = (
        sa.select(Entity.code, *columns)
        .join(Entity, Entity.id == span.c.entity_id)
        .where(span.c.rel_from <= newest)
        .order_by(Entity.code, span.c.valid_from.desc(), span.c.rel_from.desc())
    )
    spans: dict[str, list[StoredSpan]] = defaultdict(list)
    for code, start, end, rel_from, rel_to, fact_id in session.execute(query.execution_options(yield_per=5000)):
        closed = rel_to if rel_to <= newest else OPEN
        spans[code].append(StoredSpan(start.toordinal(), end.toordinal(), rel_from, closed, places[fact_id]))
    return dict(spans)
