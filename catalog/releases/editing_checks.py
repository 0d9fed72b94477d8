"""What every edit is held to: its ground exists, nobody moved what it builds on, and the entry is whole and lawful."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import UnknownLegalActError
from catalog.kinds import Payload
from catalog.legal.codes import parse_act_id
from catalog.legal.family import LEGAL_ACT
from catalog.releases.changes import Change
from catalog.releases.editing_errors import (
    FieldMovedError,
    Moved,
    NothingInForceError,
    ReasonRequiredError,
    RuleBrokenError,
    ValueMissingError,
    ValuesRefusedError,
)
from catalog.releases.editing_layers import Grounds, layer_on
from catalog.releases.editing_writing import Entry
from catalog.releases.models import Draft, DraftChange
from catalog.releases.truth import head, in_force, known_codes
from catalog.temporal import Moment
from catalog.validation import Candidate, Severity, Violation


def check_grounds(session: Session, draft: Draft, grounds: Grounds | None) -> None:
    """Raises UnknownLegalActError for an act that neither a release nor the draft brought."""
    if grounds is None or not grounds.legal_act:
        return
    act = parse_act_id(grounds.legal_act)
    brought = sa.select(DraftChange.id).where(
        DraftChange.draft_id == draft.id,
        DraftChange.kind == LEGAL_ACT.name,
        DraftChange.code == act,
        DraftChange.payload.is_not(None),
    )
    if not known_codes(session, LEGAL_ACT, [act]) and session.scalar(brought.limit(1)) is None:
        raise UnknownLegalActError(act)


def check_reason(start: date, today: date, grounds: Grounds | None) -> None:
    """Raises ReasonRequiredError where days before ``today`` are written over without a reason."""
    given = grounds.reason if grounds is not None else None
    if start < today and not (given or "").strip():
        raise ReasonRequiredError


def check_seen(entry: Entry, values: Mapping[str, Any], day: date, seen: Mapping[str, Any]) -> None:
    """Raises FieldMovedError where a field to be written is no longer what its editor saw, nor what they want."""
    layer = layer_on(entry.layers, day)
    if layer is None or layer.payload is None:
        raise NothingInForceError(entry.kind.label, entry.code, day)
    moved = [
        Moved(name, entry.kind.fields[name].label, seen[name], now, layer.made_by)
        for name, wanted in values.items()
        if name in seen and (now := layer.payload[name]) not in (seen[name], wanted)
    ]
    if moved:
        raise FieldMovedError(entry.code, moved)


def check_entry(entry: Entry, change: Change, previous: Payload | None) -> None:
    """Raises ValuesRefusedError, PayloadError or RuleBrokenError."""
    assert change.payload is not None
    kind, payload = entry.kind, change.payload
    empty = {name: field.label for name, field in kind.fields.items() if field.required and payload[name] is None}
    if empty:
        raise ValuesRefusedError({name: ValueMissingError(label) for name, label in empty.items()})
    kind.load(entry.code, kind.dump(payload))
    candidate = Candidate(kind.name, entry.code, payload, previous, change.row)
    broken = list(_broken(entry, candidate, change.period.start))
    if broken:
        raise RuleBrokenError(broken)


def _broken(entry: Entry, candidate: Candidate, day: date) -> Iterable[Violation]:
    held: dict[str, list[tuple[str, Payload]]] = {}

    def standing(name: str) -> Iterable[tuple[str, Payload]]:
        if name not in held:
            held[name] = _held_that_day(entry, name, day)
        return held[name]

    for rule in entry.kind.rules:
        if rule.severity is Severity.ERROR:
            yield from rule.check([candidate], standing)


def _held_that_day(entry: Entry, name: str, day: date) -> list[tuple[str, Payload]]:
    """Of one kind, what would hold that day if the draft were published now, the entry itself left out."""
    kind = entry.kinds.find(name)
    found = in_force(entry.session, kind, Moment(day, head(entry.session)))
    payloads: dict[str, Payload] = {code: held.payload for code, held in found.items()}
    query = sa.select(DraftChange.code, DraftChange.payload).where(
        DraftChange.draft_id == entry.draft.id,
        DraftChange.kind == kind.name,
        DraftChange.valid_from <= day,
        DraftChange.valid_to > day,
    )
    for code, text in entry.session.execute(query):
        payloads.pop(code, None)
        if text is not None:
            payloads[code] = kind.from_text(text)
    if name == entry.kind.name:
        payloads.pop(entry.code, None)
    return list(payloads.items())
