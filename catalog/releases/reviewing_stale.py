"""What has been published since a draft was begun, of the entries it speaks of: base, theirs and ours, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy.orm import Session

from catalog.kinds import Kind, Kinds, Payload
from catalog.releases.changes import Change
from catalog.releases.drafts import changes_of
from catalog.releases.models import Draft
from catalog.releases.publishing import stale_entries
from catalog.releases.truth import Rectangle, head, standing_spans
from catalog.temporal import Period

ENTRY = "*"
"""The ``field`` of a row about the entry itself: in force, or not."""


@dataclass(frozen=True, slots=True)
class Drift:
    """A field that a later release changed from ``base`` to ``theirs`` over a period, and what the draft says.

    Over the whole entry (``ENTRY``) the values are True where it is in force, False where it is not. ``is_clash``:
    both sides changed it, differently.
    """

    kind: str
    code: str
    field: str
    period: Period
    base: Any
    theirs: Any
    ours: Any
    is_mentioned: bool = True

    @property
    def is_clash(self) -> bool:
        return self.is_mentioned and self.ours not in (self.base, self.theirs)


def drifts(session: Session, kinds: Kinds, draft: Draft) -> list[Drift]:
    """Every such field, by kind, code and period; empty for a draft that is fresh."""
    if head(session) == draft.base_seq:
        return []
    changes = list(changes_of(session, kinds, draft))
    found: list[Drift] = []
    stale = stale_entries(session, kinds, draft, changes)
    for name in dict.fromkeys(name for name, _ in stale):
        codes = [code for known, code in stale if known == name]
        found += _of_kind(session, kinds.find(name), codes, draft, [c for c in changes if c.kind == name])
    return found


def _of_kind(
    session: Session, kind: Kind, codes: Sequence[str], draft: Draft, changes: Sequence[Change]
) -> Iterator[Drift]:
    then = standing_spans(session, kind, codes, draft.base_seq)
    now = standing_spans(session, kind, codes)
    for code in codes:
        own = [change for change in changes if change.code == code]
        old, new = then.get(code, []), now.get(code, [])
        for period in _stretches(old, new, own):
            yield from _compare(kind, code, period, old, new, own)


def _stretches(old: Iterable[Rectangle], new: Iterable[Rectangle], own: Iterable[Change]) -> Iterator[Period]:
    """The days of an entry, cut wherever one of the three sides changes."""
    periods = [span.period for span in (*old, *new)] + [change.period for change in own]
    days = sorted({day for period in periods for day in (period.start, period.end)})
    return (Period(start, end) for start, end in pairwise(days))


def _compare(
    kind: Kind, code: str, period: Period, old: Iterable[Rectangle], new: Iterable[Rectangle], own: Iterable[Change]
) -> Iterator[Drift]:
    base, theirs = _payload(old, period), _payload(new, period)
    if base == theirs:
        return
    change = next((change for change in own if change.period.covers(period.start)), None)
    ours = change.payload if change else theirs
    mentioned = change is not None
    if base is None or theirs is None or ours is None:
        in_force = (base is not None, theirs is not None, ours is not None)
        yield Drift(kind.name, code, ENTRY, period, *in_force, is_mentioned=mentioned)
        if base is None or theirs is None:
            return
    for name in kind.fields:
        if base[name] != theirs[name]:
            said = ours[name] if ours else None
            yield Drift(kind.name, code, name, period, base[name], theirs[name], said, is_mentioned=mentioned)


def _payload(spans: Iterable[Rectangle], period: Period) -> Payload | None:
    return next((span.held.payload for span in spans if span.period.covers(period.start)), None)
