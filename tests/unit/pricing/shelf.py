"""Snapshots to price with: releases told as lists of changes, and the bundled pack, without a database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from catalog.kinds import Kind
from catalog.reference_pack.loading import pack_releases
from catalog.registry import KINDS
from catalog.releases.changes import Change
from catalog.releases.painting import Segment, Stroke, paint
from catalog.releases.tables import OPEN
from catalog.snapshots.content import Content, ReleaseInfo, StoredFact, StoredKind, StoredSpan
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN, DUSK, Period

OPENING = datetime(2000, 1, 1, 8, tzinfo=UTC)

Published = tuple[datetime, list[Change]]


def change(kind: str, code: str, start: date = DAWN, end: date = DUSK, act: str = "texte", **fields: Any) -> Change:
    """Over these days the entry is set to these external fields, on the ground of ``act``."""
    return Change(kind, code, Period(start, end), KINDS.find(kind).load(code, fields), act)


def withdrawal(kind: str, code: str, start: date, act: str = "texte") -> Change:
    return Change(kind, code, Period(start), None, act)


def act(code: str = "texte", statut: str = "EN_VIGUEUR", **fields: Any) -> Change:
    """A legal act, in force unless said otherwise."""
    return change("acte_juridique", code, act=code, **{"type": "arrete", "title": code, "statut": statut, **fields})


def snapshot(*releases: Published | Sequence[Change]) -> Snapshot:
    """What readers get once these are published in order; those without an instant are, a day apart, from 2000 on."""
    dated = [_dated(release, place) for place, release in enumerate(releases)]
    infos = [_info(seq, instant, changes) for seq, (instant, changes) in enumerate(dated, start=1)]
    stored = {kind.name: _stored(kind, [changes for _, changes in dated]) for kind in KINDS}
    return Snapshot(Content(len(dated), "chain", infos, stored), KINDS)


def _dated(release: Published | Sequence[Change], place: int) -> Published:
    if isinstance(release, tuple) and len(release) == 2 and isinstance(release[0], datetime):
        return release[0], list(release[1])
    return OPENING + timedelta(days=place), list(release)


@cache
def pack_changes() -> tuple[Published, ...]:
    """The releases of the bundled pack with their instants."""
    return tuple((pack.published_at, list(pack.changes(KINDS))) for pack in pack_releases())


@cache
def pack() -> Snapshot:
    """The bundled pack, published."""
    return snapshot(*pack_changes())


def pack_and(*releases: Published | Sequence[Change]) -> Snapshot:
    """The bundled pack, then these; those without an instant follow a day apart."""
    last = pack_changes()[-1][0]
    later = [
        release if _is_dated(release) else (last + timedelta(days=place), release)
        for place, release in enumerate(releases, start=1)
    ]
    return snapshot(*pack_changes(), *later)  # type: ignore[arg-type]


def _is_dated(release: Published | Sequence[Change]) -> bool:
    return isinstance(release, tuple) and len(release) == 2 and isinstance(release[0], datetime)


def _stored(kind: Kind, releases: Iterable[Sequence[Change]]) -> StoredKind:
    facts: list[StoredFact] = []
    spans: dict[str, list[StoredSpan]] = defaultdict(list)
    for seq, release in enumerate(releases, start=1):
        strokes: dict[str, list[Stroke]] = defaultdict(list)
        for brought in (found for found in release if found.kind == kind.name):
            strokes[brought.code].append(Stroke(brought.period, len(facts), brought.is_void))
            facts.append(_fact(kind, seq, brought))
        for code, laid in strokes.items():
            spans[code] = _painted(spans[code], laid, seq)
    return StoredKind(list(kind.fields), facts, {code: spans[code] for code in sorted(spans)})


def _painted(spans: list[StoredSpan], strokes: list[Stroke], seq: int) -> list[StoredSpan]:
    standing = [
        Segment(Period(date.fromordinal(span.start), date.fromordinal(span.end)), span.fact, place)
        for place, span in enumerate(spans)
        if span.rel_to == OPEN
    ]
    painted = paint(standing, strokes)
    ended = {segment.span_id for segment in painted.closed}
    kept = [
        StoredSpan(span.start, span.end, span.rel_from, seq, span.fact) if place in ended else span
        for place, span in enumerate(spans)
    ]
    opened = [
        StoredSpan(new.period.start.toordinal(), new.period.end.toordinal(), seq, OPEN, new.fact_id)
        for new in painted.opened
    ]
    return sorted(kept + opened, key=lambda span: (-span.start, -span.rel_from))


def _fact(kind: Kind, seq: int, brought: Change) -> StoredFact:
    values = None
    if brought.payload is not None:
        row = kind.to_row(brought.payload).values()
        values = [value.isoformat() if isinstance(value, date) else value for value in row]
    start, end = brought.period.start.toordinal(), brought.period.end.toordinal()
    act = brought.legal_act or "texte"
    return StoredFact(seq, brought.code, start, end, act, brought.source, brought.confidence, values)


def _info(seq: int, instant: datetime, changes: Sequence[Change]) -> ReleaseInfo:
    return ReleaseInfo(seq, None, f"Release {seq}", "texte", instant, "a", "b", "b", len(changes), "", "", "")
