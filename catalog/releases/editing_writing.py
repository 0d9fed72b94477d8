"""One entry of a draft taken for editing, and what was staged about it replaced by what is staged now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import DraftStateError
from catalog.journal import record
from catalog.kinds import Kind, Kinds
from catalog.releases.changes import Change
from catalog.releases.editing_errors import UnknownChangeError
from catalog.releases.editing_layers import Layer, lay, remainders
from catalog.releases.locking import take_lock
from catalog.releases.models import Draft, DraftChange
from catalog.releases.placing import lend_hand, place
from catalog.releases.recounting import Told, held_before, only_differences, staged_entry, subject_of
from catalog.releases.truth import Rectangle, standing_spans
from catalog.temporal import Period


@dataclass(frozen=True)
class Entry:
    """An entry as a draft would leave it; its writers wait for the end of this transaction."""

    session: Session
    kinds: Kinds
    draft: Draft
    kind: Kind
    code: str
    standing: Sequence[Rectangle]
    layers: Sequence[Layer]


def open_entry(session: Session, kinds: Kinds, draft: Draft, kind_name: str, code: str) -> Entry:
    """Takes an entry to write about it. Raises UnknownKindError, CodeError, DraftStateError."""
    take_open(session, draft)
    return read_entry(session, kinds, draft, kind_name, code)


def read_entry(session: Session, kinds: Kinds, draft: Draft, kind_name: str, code: str) -> Entry:
    """The entry as it is now, to be shown. Raises UnknownKindError, CodeError."""
    kind = kinds.find(kind_name)
    canonical = kind.parse_code(code)
    standing = standing_spans(session, kind, [canonical]).get(canonical, [])
    staged = [_layer(kind, line) for line in _lines(session, draft, kind, canonical)]
    return Entry(session, kinds, draft, kind, canonical, standing, lay(standing, staged))


def take_open(session: Session, draft: Draft) -> None:
    """Queues behind other writers, then sees the draft as they left it. Raises DraftStateError."""
    take_lock(session)
    session.refresh(draft)
    if draft.status != "draft":
        raise DraftStateError(draft.id, draft.status, "change", "draft")


def replace_staged(
    entry: Entry, fresh: Sequence[Change], cleared: Iterable[Period], *, by: str, at: datetime, action: str
) -> None:
    """Stages ``fresh``; what was staged over ``cleared`` goes, and keeps its hand wherever a part of it is left."""
    session, draft, kind, code = entry.session, entry.draft, entry.kind, entry.code
    was = held_before(session, entry.kinds, draft, fresh) | staged_entry(session, draft, kind, code)
    taken = [*cleared]
    for line in _lines(session, draft, kind, code):
        period = Period(line.valid_from, line.valid_to)
        left = remainders(period, taken)
        if left != [period]:
            _put_back(session, line, left)
    place(session, entry.kinds, draft, fresh, by=by, at=at)
    lend_hand(session, draft, by)
    now = staged_entry(session, draft, kind, code)
    before, after = _told(was, now)
    record(session, at=at, actor=by, action=action, subject=subject_of(draft), before=before, after=after)


def restore(session: Session, kinds: Kinds, draft: Draft, change_id: int, *, by: str, at: datetime) -> None:
    """Takes one change out of an open draft: what is published holds there again. Raises UnknownChangeError."""
    take_open(session, draft)
    line = session.get(DraftChange, change_id)
    if line is None or line.draft_id != draft.id:
        raise UnknownChangeError(draft.id, change_id)
    kind, code = kinds.find(line.kind), line.code
    was = staged_entry(session, draft, kind, code)
    session.delete(line)
    session.flush()
    lend_hand(session, draft, by)
    before, after = _told(was, staged_entry(session, draft, kind, code))
    record(session, at=at, actor=by, action="draft.restored", subject=subject_of(draft), before=before, after=after)


def _told(was: Told, now: Told) -> tuple[Told, Told]:
    before, after = only_differences(was, now)
    same = [key for key in before if key in after and before[key] == after[key]]
    return (
        {key: told for key, told in before.items() if key not in same},
        {key: told for key, told in after.items() if key not in same},
    )


def _lines(session: Session, draft: Draft, kind: Kind, code: str) -> Sequence[DraftChange]:
    return session.scalars(
        sa.select(DraftChange)
        .where(DraftChange.draft_id == draft.id, DraftChange.kind == kind.name, DraftChange.code == code)
        .order_by(DraftChange.valid_from)
        .execution_options(populate_existing=True)
    ).all()


def _layer(kind: Kind, line: DraftChange) -> Layer:
    period = Period(line.valid_from, line.valid_to)
    payload = None if line.payload is None else kind.from_text(line.payload)
    change = Change(
        line.kind, line.code, period, payload, line.legal_act, line.source, line.confidence, line.reason, line.row
    )
    return Layer(period, payload, change, line.made_by)


def _put_back(session: Session, line: DraftChange, left: Sequence[Period]) -> None:
    columns = {column.key: getattr(line, column.key) for column in sa.inspect(DraftChange).columns}
    del columns["id"]
    session.delete(line)
    session.flush()
    rows: list[dict[str, Any]] = [columns | {"valid_from": days.start, "valid_to": days.end} for days in left]
    if rows:
        session.execute(sa.insert(DraftChange), rows)
