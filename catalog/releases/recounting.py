"""What the journal keeps of work on a draft: from what to what where that is short, else how much of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.kinds import Kind, Kinds
from catalog.releases.changes import Change
from catalog.releases.models import Draft, DraftChange
from catalog.releases.truth import standing_spans
from catalog.temporal import DAWN, DUSK, Period

FEW = 20
"""Changes told one by one; of more only the counts are kept."""

CARRIED = ("legal_act", "source", "confidence", "reason")

Values = dict[str, Any]
Told = dict[str, Values | None]
"""By entry and period, external values; None where nothing holds."""


def subject_of(draft: Draft) -> str:
    """How the journal calls a draft."""
    return f"draft {draft.id}"


def key_of(kind: str, code: str, period: Period) -> str:
    """``medicament 6118000100058 2014-06-01/2014-07-01``; ``..`` stands for a bound that nobody knows."""
    start = ".." if period.start == DAWN else period.start.isoformat()
    end = ".." if period.end == DUSK else period.end.isoformat()
    return f"{kind} {code} {start}/{end}"


def counts(changes: Sequence[Change]) -> Values:
    """How many entries are set and withdrawn, by kind."""
    found: dict[str, Values] = {}
    for name, number in Counter((change.kind, change.is_void) for change in changes).items():
        found.setdefault(name[0], {})["withdrawn" if name[1] else "set"] = number
    return {"changes": len(changes), "kinds": found}


def held_before(session: Session, kinds: Kinds, draft: Draft, changes: Sequence[Change]) -> Told:
    """What each change meets: the value staged over the same period, or else the one published on its first day."""
    if len(changes) > FEW:
        return {}
    told: Told = {}
    for change in changes:
        kind = kinds.find(change.kind)
        code, period = kind.parse_code(change.code), change.period
        staged = _staged(session, kind, draft, code, period)
        told[key_of(kind.name, code, period)] = staged or _published(session, kind, code, period)
    return told


def held_after(kinds: Kinds, changes: Sequence[Change]) -> Told:
    """The values that few changes bring, with the ground they give."""
    if len(changes) > FEW:
        return {}
    return {
        key_of(kind.name, kind.parse_code(change.code), change.period): tell(kind, change)
        for change in changes
        for kind in [kinds.find(change.kind)]
    }


def tell(kind: Kind, change: Change) -> Values | None:
    """A change as the journal tells it; None for a withdrawal without a reason."""
    carried = {name: value for name in CARRIED if (value := getattr(change, name)) is not None}
    if change.payload is None:
        return carried or None
    return {name: value for name, value in kind.dump(change.payload).items() if value is not None} | carried


def only_differences(before: Told, after: Told) -> tuple[Told, Told]:
    """Both without the fields that did not change, wherever something holds before and after."""
    shorter = {key: _without_equal(before.get(key), after.get(key)) for key in {**before, **after}}
    return {key: pair[0] for key, pair in shorter.items()}, {key: pair[1] for key, pair in shorter.items()}


def _without_equal(was: Values | None, now: Values | None) -> tuple[Values | None, Values | None]:
    if was is None or now is None:
        return was, now
    differing = [name for name in {**was, **now} if was.get(name) != now.get(name)]
    return {name: was.get(name) for name in differing}, {name: now.get(name) for name in differing}


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Values, Values]:
    """The values of two states that are not the same."""
    names = [name for name in after if before.get(name) != after.get(name)]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def staged_entry(session: Session, draft: Draft, kind: Kind, code: str) -> Told:
    """Everything staged for one entry."""
    return {
        key_of(kind.name, code, period): _tell_line(kind, line)
        for line in _lines(session, draft, kind, code)
        for period in [Period(line.valid_from, line.valid_to)]
    }


def _staged(session: Session, kind: Kind, draft: Draft, code: str, period: Period) -> Values | None:
    lines = _lines(session, draft, kind, code)
    return next((_tell_line(kind, line) for line in lines if line.valid_from == period.start), None)


def _lines(session: Session, draft: Draft, kind: Kind, code: str) -> Iterable[DraftChange]:
    return session.scalars(
        sa.select(DraftChange)
        .where(DraftChange.draft_id == draft.id, DraftChange.kind == kind.name, DraftChange.code == code)
        .order_by(DraftChange.valid_from)
    ).all()


def _tell_line(kind: Kind, line: DraftChange) -> Values | None:
    payload = None if line.payload is None else kind.from_text(line.payload)
    period = Period(line.valid_from, line.valid_to)
    told = Change(
        line.kind, line.code, period, payload, line.legal_act, line.source, line.confidence, reason=line.reason
    )
    return tell(kind, told)


def _published(session: Session, kind: Kind, code: str, period: Period) -> Values | None:
    for rectangle in standing_spans(session, kind, [code]).get(code, []):
        if rectangle.period.covers(period.start):
            return {name: value for name, value in kind.dump(rectangle.held.payload).items() if value is not None}
    return None
