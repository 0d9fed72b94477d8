"""Rows of changes into and out of a draft, and the hands that moved them; a word in the journal is the verbs' task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import OverlapError
from catalog.kinds import Kinds
from catalog.legal.codes import parse_act_id
from catalog.releases.changes import Change
from catalog.releases.models import Draft, DraftChange, DraftHand
from catalog.releases.truth import batched
from catalog.temporal import Period

INSERTED_AT_ONCE = 2000


def place(session: Session, kinds: Kinds, draft: Draft, changes: Iterable[Change], *, by: str, at: datetime) -> int:
    """What ``stage`` does, without a word in the journal: for verbs that tell the whole of it themselves."""
    staged = _staged_periods(session, draft)
    lines: list[dict[str, Any]] = []
    for change in changes:
        line = _line(kinds, draft, change, by, at)
        period, key = change.period, (line["kind"], line["code"])
        if period in staged[key]:
            remove(session, draft, *key, period)
            lines = [other for other in lines if _key(other) != (*key, period.start)]
        elif any(period.overlaps(other) for other in staged[key]):
            raise OverlapError(f"{line['kind']} {line['code']} is staged twice {period}")
        staged[key].add(period)
        lines.append(line)
    for chunk in batched(lines, INSERTED_AT_ONCE):
        session.execute(sa.insert(DraftChange), list(chunk))
    if lines:
        lend_hand(session, draft, by)
    return len(lines)


def lend_hand(session: Session, draft: Draft, by: str) -> None:
    """From now on, and whatever becomes of what they wrote, they do not approve this draft."""
    if session.get(DraftHand, (draft.id, fold(by))) is None:
        session.add(DraftHand(draft_id=draft.id, name=fold(by)))
        session.flush()


def fold(name: str) -> str:
    """A name as names are compared: ``Amina`` and ``amina`` are one person."""
    return name.strip().casefold()


def _key(line: dict[str, Any]) -> tuple[str, str, Any]:
    return line["kind"], line["code"], line["valid_from"]


def _staged_periods(session: Session, draft: Draft) -> dict[tuple[str, str], set[Period]]:
    query = sa.select(DraftChange.kind, DraftChange.code, DraftChange.valid_from, DraftChange.valid_to)
    staged: dict[tuple[str, str], set[Period]] = defaultdict(set)
    for kind, code, start, end in session.execute(query.where(DraftChange.draft_id == draft.id)):
        staged[kind, code].add(Period(start, end))
    return staged


def remove(session: Session, draft: Draft, kind: str, code: str, period: Period | None = None) -> int:
    """Takes out what is staged for an entry, over one period or all; answers how many changes that was."""
    query = sa.delete(DraftChange).where(
        DraftChange.draft_id == draft.id, DraftChange.kind == kind, DraftChange.code == code
    )
    if period is not None:
        query = query.where(DraftChange.valid_from == period.start)
    return session.execute(query).rowcount  # type: ignore[attr-defined,no-any-return]


def _line(kinds: Kinds, draft: Draft, change: Change, by: str, at: datetime) -> dict[str, Any]:
    kind = kinds.find(change.kind)
    return {
        "draft_id": draft.id,
        "kind": kind.name,
        "code": kind.parse_code(change.code),
        "valid_from": change.period.start,
        "valid_to": change.period.end,
        "payload": None if change.payload is None else kind.to_text(change.payload),
        "legal_act": parse_act_id(change.legal_act) if change.legal_act else None,
        "source": change.source,
        "confidence": change.confidence,
        "reason": change.reason,
        "row": change.row,
        "made_by": by,
        "made_at": at,
    }
