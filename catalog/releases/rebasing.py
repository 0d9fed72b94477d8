"""Rebase: brings a stale draft onto the newest release, keeping its author's work field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import ConflictError, DraftStateError
from catalog.journal import record
from catalog.kinds import Kind, Kinds, Payload
from catalog.releases.changes import Change, Held
from catalog.releases.drafts import changes_of
from catalog.releases.locking import take_lock
from catalog.releases.models import Draft, DraftChange
from catalog.releases.placing import place
from catalog.releases.publishing import stale_entries
from catalog.releases.recounting import subject_of
from catalog.releases.truth import Rectangle, head, standing_spans
from catalog.temporal import Period

WHOLE = "*"
"""The ``field`` of a clash over the entry itself: one side withdrew what the other changed."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A field both the draft and a later release changed, differently. The draft's value is kept.

    Over the whole entry the three values are payloads, None where nothing is in force.
    """

    kind: str
    code: str
    field: str
    base: object
    theirs: object
    ours: object


@dataclass(slots=True)
class Rebase:
    """What a rebase did: entries merged, changes found already done and dropped, fields to look at."""

    base: int
    merged: list[tuple[str, str]] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)


class StaleFullListError(ConflictError):
    """A whole-list draft cannot tell what its file said of entries another release has changed since."""

    def __init__(self, draft: int, entries: list[tuple[str, str]]) -> None:
        shown = ", ".join(f"{kind} {code}" for kind, code in entries[:10])
        super().__init__(
            f"Draft {draft} replaces a whole list, and {len(entries)} entries it does not mention have changed since: "
            f"{shown}. Import the file again on the newest release."
        )


class NotStaleError(ConflictError):
    """A draft on the newest release stays as it is, with its approval."""

    def __init__(self, draft: int, newest: int) -> None:
        super().__init__(f"Draft {draft} already starts from the newest release, {newest}: there is nothing to rebase.")


def rebase(session: Session, kinds: Kinds, draft: Draft, *, by: str, at: datetime) -> Rebase:
    """Puts an unpublished draft on the newest release, as an open draft again: an approval does not survive.

    A field only the draft changed keeps the draft's value; one only the other release changed takes the new value; one
    both changed keeps the draft's and is told as a clash. An entry in force, or not, is judged as a field is.
    """
    take_lock(session)
    session.refresh(draft)
    if draft.status == "published":
        raise DraftStateError(draft.id, draft.status, "rebase", "not yet published")
    newest, base = head(session), draft.base_seq
    if newest == base:
        raise NotStaleError(draft.id, newest)
    changes = list(changes_of(session, kinds, draft))
    stale = set(stale_entries(session, kinds, draft, changes))
    unsaid = sorted(stale - {(change.kind, change.code) for change in changes})
    if unsaid:
        raise StaleFullListError(draft.id, unsaid)
    was = {"status": draft.status, "base": base}
    draft.status, draft.approver = "draft", None
    session.flush()
    done = Rebase(newest)
    for name, code in sorted(stale):
        own = [change for change in changes if (change.kind, change.code) == (name, code)]
        _merge_entry(session, kinds, draft, own, done, base, (by, at))
    draft.base_seq = newest
    session.flush()
    _tell(session, draft, done, was, by=by, at=at)
    return done


def _tell(session: Session, draft: Draft, done: Rebase, was: dict[str, object], *, by: str, at: datetime) -> None:
    numbers = {name: len(getattr(done, name)) for name in ("merged", "dropped", "clashes")}
    told = {"before": was, "after": {"status": draft.status, "base": done.base}, "detail": numbers}
    record(session, at=at, actor=by, action="draft.rebased", subject=subject_of(draft), **told)


def _merge_entry(
    session: Session, kinds: Kinds, draft: Draft, own: list[Change], done: Rebase, base: int, made: tuple[str, datetime]
) -> None:
    kind, code = kinds.find(own[0].kind), own[0].code
    then = standing_spans(session, kind, [code], base).get(code, [])
    now = standing_spans(session, kind, [code]).get(code, [])
    merged = [piece for change in own for piece in _joined(_merge(kind, draft, change, then, now, done))]
    (done.merged if merged else done.dropped).append((kind.name, code))
    # The hand that wrote each change stays on it, or rebasing for a colleague would let one approve one's own text.
    hands = _hands(session, draft, kind.name, code)
    session.execute(
        sa.delete(DraftChange).where(
            DraftChange.draft_id == draft.id, DraftChange.kind == kind.name, DraftChange.code == code
        )
    )
    for change in merged:
        place(session, kinds, draft, [change], by=_hand_of(hands, change.period, made[0]), at=made[1])


def _hands(session: Session, draft: Draft, kind: str, code: str) -> list[tuple[Period, str]]:
    query = sa.select(DraftChange.valid_from, DraftChange.valid_to, DraftChange.made_by).where(
        DraftChange.draft_id == draft.id, DraftChange.kind == kind, DraftChange.code == code
    )
    return [(Period(start, end), by) for start, end, by in session.execute(query)]


def _hand_of(hands: Iterable[tuple[Period, str]], period: Period, default: str) -> str:
    return next((by for whole, by in hands if whole.overlaps(period)), default)


def _merge(
    kind: Kind, draft: Draft, change: Change, then: list[Rectangle], now: list[Rectangle], done: Rebase
) -> Iterator[Change]:
    """The change, cut where the newest release changes value, each piece merged with what holds there."""
    for period in _cuts(change.period, [*then, *now]):
        base, theirs = _held(then, period), _held(now, period)
        piece = replace(change, period=period)
        if _payload(base) == _payload(theirs):
            _compare_grounds(draft, piece, base, theirs, done)
            yield piece
            continue
        payload = _three_way(kind, change, _payload(base), _payload(theirs), done)
        if payload != _payload(theirs):
            yield replace(piece, payload=payload)


def _joined(pieces: Iterable[Change]) -> list[Change]:
    joined: list[Change] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last.period.end == piece.period.start and replace(last, period=piece.period) == piece:
            joined[-1] = replace(last, period=Period(last.period.start, piece.period.end))
        else:
            joined.append(piece)
    return joined


def _cuts(period: Period, spans: Iterable[Rectangle]) -> Iterator[Period]:
    days = {day for span in spans for day in (span.period.start, span.period.end) if period.start < day < period.end}
    bounds = [period.start, *sorted(days), period.end]
    return (Period(start, end) for start, end in pairwise(bounds))


def _held(spans: Iterable[Rectangle], period: Period) -> Held | None:
    return next((span.held for span in spans if span.period.covers(period.start)), None)


def _payload(held: Held | None) -> Payload | None:
    return held.payload if held else None


def _compare_grounds(draft: Draft, change: Change, base: Held | None, theirs: Held | None, done: Rebase) -> None:
    if base is None or theirs is None or change.payload is None:
        return
    ours = change.legal_act or draft.legal_act
    if theirs.legal_act not in (base.legal_act, ours):
        done.clashes.append(Clash(change.kind, change.code, "legal_act", base.legal_act, theirs.legal_act, ours))


def _three_way(
    kind: Kind, change: Change, base: Payload | None, theirs: Payload | None, done: Rebase
) -> Payload | None:
    ours = change.payload
    if ours == base:
        return theirs
    if ours is None or theirs is None:
        if ours != theirs:
            done.clashes.append(Clash(change.kind, change.code, WHOLE, base, theirs, ours))
        return ours
    merged = dict(ours)
    for name in kind.fields:
        before = base[name] if base else None
        if ours[name] == before:
            merged[name] = theirs[name]
        elif theirs[name] not in (before, ours[name]):
            done.clashes.append(Clash(change.kind, change.code, name, before, theirs[name], ours[name]))
    return merged
