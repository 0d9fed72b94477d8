"""Proof: every digest, the chain, and the spans against a replay of the facts. Finds faults; repairs nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import UnknownReleaseError
from catalog.journal.verifying import check_chain
from catalog.kinds import Kind, Kinds
from catalog.legal.family import LEGAL_ACT
from catalog.releases import guards
from catalog.releases.changes import Held, fact_digest
from catalog.releases.models import GENESIS, Entity, Release
from catalog.releases.painting import Segment, Stroke, paint
from catalog.releases.publishing import chain_digest, content_digest
from catalog.releases.tables import OPEN, tables_of
from catalog.releases.truth import head
from catalog.releases.verifying_drafts import check_drafts, check_told
from catalog.temporal import Period

Progress = Callable[[str], None]


def verify(session: Session, kinds: Kinds, *, since: int = 0, progress: Progress | None = None) -> list[str]:
    """Sentences, one a fault; an empty list is the proof.

    ``since`` limits the digests recomputed to later releases; chain, guards, journal and the replay are always whole.
    Raises UnknownReleaseError for a ``since`` that is no release, nor 0.
    """
    tell = progress or (lambda _: None)
    newest = head(session)
    if not 0 <= since <= newest:
        raise UnknownReleaseError(since)
    faults = guards.faults(session.connection())
    digests: dict[int, list[str]] = defaultdict(list)
    for kind in kinds:
        tell(f"facts of {kind.plural}")
        faults += _check_facts(session, kind, since, digests)
        tell(f"spans of {kind.plural}")
        faults += _check_spans(session, kind)
    tell("chain of releases")
    faults += _check_chain(session, since, digests)
    tell("published drafts")
    faults += check_drafts(session, since)
    tell("journal")
    return [*faults, *check_chain(session), *check_told(session)]


def _check_facts(session: Session, kind: Kind, since: int, digests: dict[int, list[str]]) -> Iterator[str]:
    fact = tables_of(kind).fact
    act = sa.orm.aliased(Entity)
    query = (
        sa.select(
            fact,
            Entity.code.label("entity_code"),
            Entity.kind.label("entity_kind"),
            act.code.label("act_code"),
            act.kind.label("act_kind"),
        )
        .join(Entity, Entity.id == fact.c.entity_id)
        .join(act, act.id == fact.c.legal_act_id)
        .where(fact.c.release > since)
        .execution_options(yield_per=2000)
    )
    for row in session.execute(query).mappings():
        period = Period(row["valid_from"], row["valid_to"])
        payload = None if row["op"] == "V" else kind.from_row(dict(row))
        held = None if payload is None else Held(payload, row["act_code"], row["provenance"], row["confidence"])
        digest = fact_digest(kind, row["entity_code"], period, held, row["act_code"])
        digests[row["release"]].append(digest)
        if digest != row["row_digest"]:
            yield f"Fact {row['id']} of {kind.name} {row['entity_code']} (release {row['release']}) was altered."
        for name, part in ((kind.name, "entity"), (LEGAL_ACT.name, "act")):
            if row[f"{part}_kind"] != name:
                yield f"The {name} {row[f'{part}_code']} is filed under {row[f'{part}_kind']}."


def _check_chain(session: Session, since: int, digests: dict[int, list[str]]) -> Iterator[str]:
    previous, last_time, expected = GENESIS, None, 1
    for release in session.scalars(sa.select(Release).order_by(Release.seq)):
        act = session.scalar(sa.select(Entity.code).where(Entity.id == release.legal_act_id))
        if release.seq != expected:
            yield f"Release {expected} is missing."
        if release.prev_digest != previous or release.chain_digest != chain_digest(release, str(act)):
            yield f"The chain breaks at release {release.seq}."
        if last_time is not None and release.published_at <= last_time:
            yield f"Release {release.seq} is not later than the one before it."
        if release.seq > since:
            found = digests.get(release.seq, [])
            if len(found) != release.n_facts or content_digest(found) != release.content_digest:
                yield f"The facts of release {release.seq} are not those it sealed."
        previous, last_time, expected = release.chain_digest, release.published_at, release.seq + 1
        digests.pop(release.seq, None)
    for seq in sorted(digests):
        yield f"There are facts of release {seq}, which does not exist."


def _check_spans(session: Session, kind: Kind) -> Iterator[str]:
    """Replays all facts and compares: same rectangles, no more and no less."""
    facts = _facts_by_entity(session, kind)
    stored = _spans_by_entity(session, kind)
    for entity in sorted({*facts, *stored}):
        if _replay(facts.get(entity, [])) != stored.get(entity, set()):
            code = session.scalar(sa.select(Entity.code).where(Entity.id == entity))
            yield f"The spans of {kind.name} {code} do not follow from its facts."


Box = tuple[Period, int, int, int]
"""(period, rel_from, rel_to, fact id)"""


def _facts_by_entity(session: Session, kind: Kind) -> dict[int, list[tuple[int, Stroke]]]:
    fact = tables_of(kind).fact
    columns = (fact.c.entity_id, fact.c.release, fact.c.valid_from, fact.c.valid_to, fact.c.id, fact.c.op)
    found: dict[int, list[tuple[int, Stroke]]] = defaultdict(list)
    for entity, release, start, end, number, op in session.execute(
        sa.select(*columns).order_by(fact.c.entity_id, fact.c.release, fact.c.id)
    ):
        found[entity].append((release, Stroke(Period(start, end), number, op == "V")))
    return found


def _spans_by_entity(session: Session, kind: Kind) -> dict[int, set[Box]]:
    span = tables_of(kind).span
    columns = (span.c.entity_id, span.c.valid_from, span.c.valid_to, span.c.rel_from, span.c.rel_to, span.c.fact_id)
    found: dict[int, set[Box]] = defaultdict(set)
    for entity, start, end, rel_from, rel_to, fact_id in session.execute(sa.select(*columns)):
        found[entity].add((Period(start, end), rel_from, rel_to, fact_id))
    return found


def _replay(strokes: list[tuple[int, Stroke]]) -> set[Box]:
    boxes: set[Box] = set()
    standing: dict[Segment, int] = {}
    number = 0
    for release in sorted({release for release, _ in strokes}):
        laid = [stroke for at, stroke in strokes if at == release]
        painted = paint(list(standing), laid)
        for segment in painted.closed:
            boxes.add((segment.period, standing.pop(segment), release, segment.fact_id))
        for segment in painted.opened:
            number += 1
            standing[Segment(segment.period, segment.fact_id, number)] = release
    return boxes | {(segment.period, since, OPEN, segment.fact_id) for segment, since in standing.items()}
