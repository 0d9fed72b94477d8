"""Publishing: the only writer of truth. One transaction, owned by the caller; the release row goes in last."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import DraftStateError, LabelTakenError, OverlapError, PublicationTimeError, StaleDraftError
from catalog.journal import record
from catalog.kinds import Kind, Kinds, canonical_json
from catalog.legal.family import LEGAL_ACT
from catalog.releases.changes import Change, Held, fact_digest
from catalog.releases.drafts import changes_of, check_grounds
from catalog.releases.locking import take_lock
from catalog.releases.models import GENESIS, Draft, Entity, Release
from catalog.releases.painting import Segment, Stroke, paint
from catalog.releases.recounting import subject_of
from catalog.releases.soundness import check_sound
from catalog.releases.tables import OPEN, KindTables, is_open, tables_of
from catalog.releases.truth import CHUNK, batched, changed_since, head
from catalog.temporal import Period, format_instant

CHAIN_FORMAT = "amo-chain-1"
ROWS_AT_ONCE = 5000

Numbers = dict[tuple[str, str], int]
"""Entity ids by (kind, code)."""


def publish(
    session: Session, kinds: Kinds, draft: Draft, *, by: str, at: datetime, published_at: datetime | None = None
) -> Release:
    """Seals an approved draft as the next release and answers it.

    ``at`` is now; ``published_at`` (default: now) may lie in the past to load history, but after the newest release.
    Raises DraftStateError, StaleDraftError, PublicationTimeError, LabelTakenError, GuardsDownError, PlantedRowsError or
    what ``check_grounds`` raises.
    """
    take_lock(session)
    session.refresh(draft)
    if draft.status != "approved" or draft.approver is None:
        raise DraftStateError(draft.id, draft.status, "publish", "approved")
    last = session.scalars(sa.select(Release).order_by(Release.seq.desc()).limit(1)).first()
    instant = published_at or at
    _check_time(instant, at, last)
    check_label(session, draft)
    check_grounds(session, kinds, draft)
    changes = list(changes_of(session, kinds, draft))
    check_freshness(session, kinds, draft, changes)
    seq = (last.seq if last else 0) + 1
    check_sound(session, seq - 1)
    digests = _write_facts(session, kinds, draft, changes, seq)
    release = _seal(session, draft, seq, instant, by, digests, last)
    draft.status = "published"
    session.flush()
    _tell(session, draft, release, by=by, at=at)
    return release


def _tell(session: Session, draft: Draft, release: Release, *, by: str, at: datetime) -> None:
    after = {"status": "published", "release": release.seq, "label": release.label, "chain": release.chain_digest}
    detail = {
        "facts": release.n_facts,
        "legal_act": draft.legal_act,
        "published_at": format_instant(release.published_at),
        "author": release.author,
        "approver": release.approver,
    }
    told = {"before": {"status": "approved"}, "after": after, "detail": detail}
    record(session, at=at, actor=by, action="draft.published", subject=subject_of(draft), **told)


def _check_time(instant: datetime, now: datetime, last: Release | None) -> None:
    if instant > now:
        raise PublicationTimeError(f"{format_instant(instant)} has not come yet")
    if last is not None and instant <= last.published_at:
        raise PublicationTimeError(
            f"release {last.seq} was published at {format_instant(last.published_at)}; "
            f"{format_instant(instant)} is not later"
        )


def check_label(session: Session, draft: Draft) -> None:
    """Raises LabelTakenError when a release has the draft's label already."""
    if draft.label and session.scalar(sa.select(Release.seq).where(Release.label == draft.label)):
        raise LabelTakenError(draft.label)


def check_freshness(session: Session, kinds: Kinds, draft: Draft, changes: Iterable[Change]) -> None:
    """Raises StaleDraftError when a later release changed an entry of the draft, or a kind it replaces whole."""
    newest = head(session)
    if newest == draft.base_seq:
        return
    stale = stale_entries(session, kinds, draft, changes)
    if stale:
        raise StaleDraftError(draft.id, draft.base_seq, newest, [f"{kind} {code}" for kind, code in stale])


def stale_entries(session: Session, kinds: Kinds, draft: Draft, changes: Iterable[Change]) -> list[tuple[str, str]]:
    """(kind, code) of what releases after the draft's base changed and the draft relies on."""
    touched: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        touched[change.kind].add(change.code)
    covered = draft.covered_kinds
    return [
        (name, code)
        for name in sorted({*touched, *covered})
        for code in sorted(changed_since(session, kinds.find(name), draft.base_seq))
        if name in covered or code in touched[name]
    ]


def _write_facts(session: Session, kinds: Kinds, draft: Draft, changes: list[Change], seq: int) -> list[str]:
    by_kind: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_kind[change.kind].append(change)
    numbers = _number_entities(session, draft, changes)
    digests: list[str] = []
    for name in sorted(by_kind):
        kind = kinds.find(name)
        rows = _fact_rows(session, kind, draft, by_kind[name], seq, numbers)
        _insert(session, tables_of(kind).fact, rows)
        _repaint(session, tables_of(kind), rows, seq)
        digests += [row["row_digest"] for row in rows]
    return digests


def _number_entities(session: Session, draft: Draft, changes: Sequence[Change]) -> Numbers:
    """Ids of every entity and legal act involved, new ones included."""
    wanted: dict[str, set[str]] = defaultdict(set)
    wanted[LEGAL_ACT.name].add(str(draft.legal_act))
    for change in changes:
        wanted[change.kind].add(change.code)
        wanted[LEGAL_ACT.name].add(_act_of(change, draft))
    numbers: Numbers = {}
    for kind, codes in wanted.items():
        for chunk in batched(sorted(codes), CHUNK):
            query = sa.select(Entity.code, Entity.id).where(Entity.kind == kind, Entity.code.in_(chunk))
            numbers |= {(kind, code): number for code, number in session.execute(query)}
    new = [(kind, code) for kind in sorted(wanted) for code in sorted(wanted[kind]) if (kind, code) not in numbers]
    last = session.scalar(sa.select(sa.func.coalesce(sa.func.max(Entity.id), 0))) or 0
    fresh = {entity: last + offset for offset, entity in enumerate(new, start=1)}
    rows = [{"id": number, "kind": kind, "code": code} for (kind, code), number in fresh.items()]
    _insert(session, sa.inspect(Entity).local_table, rows)
    return numbers | fresh


def _act_of(change: Change, draft: Draft) -> str:
    """A change's legal ground: its own, or the draft's; a legal act is its own."""
    if change.kind == LEGAL_ACT.name:
        return change.legal_act or change.code
    return change.legal_act or str(draft.legal_act)


def _fact_rows(
    session: Session, kind: Kind, draft: Draft, changes: Iterable[Change], seq: int, numbers: Numbers
) -> list[dict[str, Any]]:
    fact = tables_of(kind).fact
    first = (session.scalar(sa.select(sa.func.coalesce(sa.func.max(fact.c.id), 0))) or 0) + 1
    return [
        _fact_row(kind, change, _act_of(change, draft), seq, numbers) | {"id": number}
        for number, change in enumerate(changes, start=first)
    ]


def _fact_row(kind: Kind, change: Change, act: str, seq: int, numbers: Numbers) -> dict[str, Any]:
    held = None if change.payload is None else Held(change.payload, act, change.source, change.confidence)
    values = dict.fromkeys(kind.fields) if held is None else kind.to_row(held.payload)
    return {
        "entity_id": numbers[kind.name, change.code],
        "release": seq,
        "valid_from": change.period.start,
        "valid_to": change.period.end,
        "op": "V" if held is None else "S",
        "legal_act_id": numbers[LEGAL_ACT.name, act],
        "provenance": held.source if held else None,
        "confidence": held.confidence if held else None,
        **values,
        "row_digest": fact_digest(kind, change.code, change.period, held, act),
    }


def _repaint(session: Session, tables: KindTables, rows: list[dict[str, Any]], seq: int) -> None:
    strokes: dict[int, list[Stroke]] = defaultdict(list)
    for row in rows:
        period = Period(row["valid_from"], row["valid_to"])
        strokes[row["entity_id"]].append(Stroke(period, row["id"], is_void=row["op"] == "V"))
    standing = _open_segments(session, tables.span, strokes)
    closed: list[int] = []
    opened: list[dict[str, Any]] = []
    number = session.scalar(sa.select(sa.func.coalesce(sa.func.max(tables.span.c.id), 0))) or 0
    for entity, laid in strokes.items():
        painted = paint(standing[entity], laid)
        closed += [segment.span_id for segment in painted.closed if segment.span_id is not None]
        for segment in painted.opened:
            number += 1
            opened.append(_span_row(number, entity, segment, seq))
    for chunk in batched(closed, CHUNK):
        session.execute(sa.update(tables.span).where(tables.span.c.id.in_(chunk)).values(rel_to=seq))
    _insert(session, tables.span, opened)


def _open_segments(
    session: Session, span: sa.Table, strokes: Mapping[int, Sequence[Stroke]]
) -> dict[int, list[Segment]]:
    """By entity, the open segments among which lie all that the strokes touch."""
    found: dict[int, list[Segment]] = defaultdict(list)
    columns = (span.c.entity_id, span.c.valid_from, span.c.valid_to, span.c.fact_id, span.c.id)
    for chunk in batched(sorted(strokes), CHUNK):
        periods = [stroke.period for entity in chunk for stroke in strokes[entity]]
        # Most of what an entry held lies before or behind the days that change: it need not be read.
        begins = span.c.valid_from < max(period.end for period in periods)
        ends = span.c.valid_to > min(period.start for period in periods)
        query = sa.select(*columns).where(span.c.entity_id.in_(chunk), is_open(span), begins, ends)
        for entity, start, end, fact_id, span_id in session.execute(query):
            found[entity].append(Segment(Period(start, end), fact_id, span_id))
    return found


def _span_row(number: int, entity: int, segment: Segment, seq: int) -> dict[str, Any]:
    return {
        "id": number,
        "entity_id": entity,
        "valid_from": segment.period.start,
        "valid_to": segment.period.end,
        "rel_from": seq,
        "rel_to": OPEN,
        "fact_id": segment.fact_id,
    }


def _insert(session: Session, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    try:
        for chunk in batched(rows, ROWS_AT_ONCE):
            session.execute(sa.insert(table), list(chunk))
    except sa.exc.IntegrityError as error:
        if "two values" in str(error.orig) or "overlap" in str(error.orig):
            raise OverlapError(f"the database refused a row of {table.name}") from error
        raise


def _seal(
    session: Session, draft: Draft, seq: int, instant: datetime, by: str, digests: list[str], last: Release | None
) -> Release:
    act = session.scalar(sa.select(Entity.id).where(Entity.kind == LEGAL_ACT.name, Entity.code == draft.legal_act))
    release = Release(
        seq=seq,
        label=draft.label,
        title=draft.title,
        legal_act_id=act,
        draft_id=draft.id,
        published_at=instant,
        author=draft.author,
        approver=draft.approver,
        publisher=by,
        n_facts=len(digests),
        content_digest=content_digest(digests),
        prev_digest=last.chain_digest if last else GENESIS,
    )
    release.chain_digest = chain_digest(release, str(draft.legal_act))
    session.add(release)
    session.flush()
    return release


def content_digest(row_digests: Iterable[str]) -> str:
    """One digest of a release's facts, whatever their order."""
    return hashlib.sha256("\n".join(sorted(row_digests)).encode()).hexdigest()


def chain_digest(release: Release, legal_act: str) -> str:
    """Digest of a release over that of the one before it."""
    text = canonical_json(
        [
            release.seq,
            release.label,
            release.title,
            legal_act,
            format_instant(release.published_at),
            release.author,
            release.approver,
            release.publisher,
            release.n_facts,
            release.content_digest,
            release.prev_digest,
        ]
    )
    return hashlib.sha256(f"{CHAIN_FORMAT}|{text}".encode()).hexdigest()
