"""Editing by hand: a value from a day on, an addition, a withdrawal, a correction of the past; all into a draft.

Each verb reads what would hold if the draft were published now, so that two editors of one draft build on each other's
work, and stages the least that makes the asked value hold. Values recorded before for later days stay, and are told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from catalog.kinds import Kind, Kinds, Payload
from catalog.releases.changes import Change
from catalog.releases.editing_checks import check_entry, check_grounds, check_reason, check_seen
from catalog.releases.editing_errors import (
    AlreadyInForceError,
    LaterValuesError,
    NothingChangedError,
    NothingInForceError,
)
from catalog.releases.editing_layers import (
    Grounds,
    Layer,
    Piece,
    Stay,
    carry,
    first_start,
    is_as_published,
    joined,
    layer_on,
    overwrite,
    split_at,
    to_change,
)
from catalog.releases.editing_writing import Entry, open_entry, replace_staged
from catalog.releases.models import Draft
from catalog.temporal import DUSK, Period

__all__ = ["Edit", "Grounds", "Seen", "add_entry", "correct_past", "edit_entry", "withdraw_entry"]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the editor was shown: typed values on a day."""

    day: date
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Edit:
    """What an edit came to. ``before`` and ``after`` are the payloads on its first day, None where nothing holds.

    ``staged`` are the changes put in the draft, ``undone`` the days on which the draft now leaves alone what is
    published, ``stays`` the later values that were left as they are.
    """

    before: Payload | None
    after: Payload | None
    staged: Sequence[Change]
    undone: Sequence[Period] = ()
    stays: Sequence[Stay] = ()


@dataclass(frozen=True, slots=True)
class Hand:
    """Who edits, and when."""

    by: str
    at: datetime


def edit_entry(
    session: Session,
    kinds: Kinds,
    draft: Draft,
    kind_name: str,
    code: str,
    values: Mapping[str, Any],
    start: date,
    *,
    by: str,
    at: datetime,
    today: date,
    grounds: Grounds | None = None,
    seen: Seen | None = None,
) -> Edit:
    """``values`` (typed, by field) hold from ``start`` on, each until a later value of its field.

    Without ``grounds`` a value staged before keeps its own. ``seen`` is what the editor was shown: a field that
    somebody changed since raises FieldMovedError. A start before ``today`` needs a reason: ReasonRequiredError. Raises
    NothingInForceError, NothingChangedError, PayloadError, RuleBrokenError, UnknownLegalActError, DraftStateError.
    """
    entry = open_entry(session, kinds, draft, kind_name, code)
    before = _held(entry, start)
    check_reason(start, today, grounds)
    _check(entry, values, grounds, seen)
    pieces, stays = carry(entry.layers, values, start)
    if not pieces and grounds is not None:
        pieces = _regrounded(entry, start, grounds)
    return _stage(entry, pieces, grounds, Hand(by, at), before=before, stays=stays, day=start)


def correct_past(
    session: Session,
    kinds: Kinds,
    draft: Draft,
    kind_name: str,
    code: str,
    values: Mapping[str, Any],
    period: Period,
    *,
    by: str,
    at: datetime,
    grounds: Grounds,
    seen: Seen | None = None,
) -> Edit:
    """``values`` hold over a period named by both its ends, whatever was recorded within it; a reason is needed.

    Raises ReasonRequiredError and what ``edit_entry`` raises.
    """
    check_reason(period.start, DUSK, grounds)
    entry = open_entry(session, kinds, draft, kind_name, code)
    pieces = overwrite(entry.layers, values, period)
    if not pieces:
        raise NothingInForceError(entry.kind.label, entry.code, period.start)
    _check(entry, values, grounds, seen)
    changed = [piece for piece in pieces if piece.payload != piece.layer.payload]
    day = pieces[0].period.start
    return _stage(entry, changed, grounds, Hand(by, at), before=pieces[0].layer.payload, stays=(), day=day)


def add_entry(
    session: Session,
    kinds: Kinds,
    draft: Draft,
    kind_name: str,
    code: str,
    values: Mapping[str, Any],
    period: Period,
    *,
    by: str,
    at: datetime,
    today: date,
    grounds: Grounds | None = None,
) -> Edit:
    """A new entry, or one that holds nothing that day; open-ended, it holds until a value recorded for later days.

    Raises AlreadyInForceError, CodeError, ReasonRequiredError and what ``edit_entry`` raises.
    """
    entry = open_entry(session, kinds, draft, kind_name, code)
    there = layer_on(entry.layers, period.start)
    if there is not None:
        raise AlreadyInForceError(entry.kind.label, entry.code, there.period)
    later = first_start((layer for layer in entry.layers if layer.payload is not None), period.start)
    if later < period.end and not period.is_open_ended:
        raise AlreadyInForceError(entry.kind.label, entry.code, Period(later))
    check_reason(period.start, today, grounds)
    days = Period(period.start, min(period.end, later))
    payload = _fresh(entry.kind, values)
    _check(entry, payload, grounds, None)
    stays = [Stay(later, name, layer.payload[name]) for name, layer in _differing(entry, payload, later)]
    piece = Piece(days, payload, Layer(days, None))
    return _stage(entry, [piece], grounds or Grounds(), Hand(by, at), before=None, stays=stays, day=days.start)


def withdraw_entry(
    session: Session,
    kinds: Kinds,
    draft: Draft,
    kind_name: str,
    code: str,
    period: Period,
    *,
    by: str,
    at: datetime,
    today: date,
    grounds: Grounds | None = None,
    also_later: bool = False,
) -> Edit:
    """Nothing holds over the period any more; what the draft alone had put there is simply taken out.

    Open-ended, it goes through later values only where ``also_later`` says so: LaterValuesError otherwise.
    Raises ReasonRequiredError of a start before ``today``.
    """
    entry = open_entry(session, kinds, draft, kind_name, code)
    before = _held(entry, period.start)
    check_reason(period.start, today, grounds)
    check_grounds(session, draft, grounds)
    later = [y.period.start for y in entry.layers if y.payload is not None and y.period.start > period.start]
    if later and period.is_open_ended and not also_later:
        raise LaterValuesError(entry.kind.label, entry.code, later)
    given = grounds or Grounds()
    voids = [
        Change(entry.kind.name, entry.code, shared, None, given.legal_act, given.source, given.confidence, given.reason)
        for span in entry.standing
        if (shared := span.period.clip(period)) is not None
    ]
    replace_staged(entry, joined(voids), [period], by=by, at=at, action="draft.withdrawn")
    return Edit(before, None, joined(voids), [] if voids else [period])


def _held(entry: Entry, day: date) -> Payload:
    layer = layer_on(entry.layers, day)
    if layer is None or layer.payload is None:
        raise NothingInForceError(entry.kind.label, entry.code, day)
    return layer.payload


def _check(entry: Entry, values: Mapping[str, Any], grounds: Grounds | None, seen: Seen | None) -> None:
    check_grounds(entry.session, entry.draft, grounds)
    if seen is not None:
        check_seen(entry, values, seen.day, seen.values)


def _fresh(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    defaults = {name: None if field.required else field.load_default for name, field in kind.fields.items()}
    return {**defaults, **values}


def _differing(entry: Entry, payload: Payload, later: date) -> list[tuple[str, Any]]:
    layer = layer_on(entry.layers, later) if later != DUSK else None
    if layer is None or layer.payload is None:
        return []
    return [(name, layer) for name, value in payload.items() if layer.payload[name] != value]


def _regrounded(entry: Entry, start: date, grounds: Grounds) -> list[Piece]:
    """The staged value of a day, when only what it rests on is edited."""
    layer = layer_on(entry.layers, start)
    if layer is None or layer.change is None or layer.payload is None:
        return []
    piece = Piece(Period(max(start, layer.period.start), layer.period.end), layer.payload, layer)
    made = to_change(entry.kind.name, entry.code, piece, grounds)
    was = to_change(entry.kind.name, entry.code, piece, None)
    return [] if made == was else [piece]


def _stage(
    entry: Entry,
    pieces: Sequence[Piece],
    grounds: Grounds | None,
    hand: Hand,
    *,
    before: Payload | None,
    stays: Sequence[Stay],
    day: date,
) -> Edit:
    if not pieces:
        raise NothingChangedError(entry.kind.label, entry.code)
    wanted = [to_change(entry.kind.name, entry.code, piece, grounds) for piece in pieces]
    for piece, change in zip(pieces, wanted, strict=True):
        check_entry(entry, change, piece.layer.payload)
    cut = [piece for change in wanted for piece in split_at(change, entry.standing)]
    fresh = joined(change for change in cut if not is_as_published(change, entry.standing))
    undone = [change.period for change in cut if is_as_published(change, entry.standing)]
    replace_staged(entry, fresh, [change.period for change in wanted], by=hand.by, at=hand.at, action="draft.edited")
    after = next((change.payload for change in wanted if change.period.covers(day)), before)
    return Edit(before, after, fresh, undone, stays)
