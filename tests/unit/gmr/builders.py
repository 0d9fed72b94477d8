"""Valid things to test with: a payload, a candidate, and a snapshot of releases written as lists of facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from catalog.kinds import Kind
from catalog.registry import KINDS
from catalog.releases.painting import Segment, Stroke, paint
from catalog.releases.tables import OPEN
from catalog.snapshots.content import Content, ReleaseInfo, StoredFact, StoredKind, StoredSpan
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN, Moment, Period
from catalog.validation import Candidate, Rule, Standing, Violation

MEDICAMENT: Mapping[str, Any] = {
    "nom": "DIAMICRON",
    "dci": "GLICLAZIDE",
    "dosages": "80",
    "unites": "MG",
    "forme": "COMPRIME",
    "presentation": "1 BOITE 20 COMPRIME",
    "princeps_generique": "P",
    "ppv": "37.20",
    "pbr": "37.20",
    "admis_remboursement": True,
}
AVIS: Mapping[str, Any] = {"nom": "DIAMICRON", "type_demande": "INSCRIPTION", "smr": "IMPORTANT"}
PLAIN: Mapping[str, Mapping[str, Any]] = {"medicament": MEDICAMENT, "avis": AVIS}
ALWAYS = Period(DAWN)


def payload(kind: str, **fields: Any) -> dict[str, Any]:
    """A typed payload: the plain one of its kind, with these fields instead."""
    return KINDS.find(kind).load("0000", {**PLAIN.get(kind, {}), **fields})


def candidate(kind: str, code: str, *, before: Mapping[str, Any] | None = None, **fields: Any) -> Candidate:
    """A candidate; ``before`` holds what differed in the entry's former version."""
    previous = None if before is None else payload(kind, **{**fields, **before})
    return Candidate(kind, code, payload(kind, **fields), previous)


def medicament(code: str, *, before: Mapping[str, Any] | None = None, **fields: Any) -> Candidate:
    return candidate("medicament", code, before=before, **fields)


def generic(code: str, ppv: str | None, *, before: Mapping[str, Any] | None = None, **fields: Any) -> Candidate:
    named = {"nom": f"GENERIQUE {code}", "princeps_generique": "G", "ppv": ppv, "pbr": ppv}
    return medicament(code, before=before, **{**named, **fields})


def standing(*entries: Candidate) -> Standing:
    """These entries in force, left alone by the draft."""
    return lambda kind: [(entry.code, entry.payload) for entry in entries if entry.kind == kind]


def check(rule: Rule, *candidates: Candidate, standing: Standing = lambda kind: ()) -> list[Violation]:
    return list(rule.check(candidates, standing))


def codes(violations: Iterable[Violation]) -> list[str | None]:
    return [found.code for found in violations]


@dataclass(frozen=True)
class Fact:
    """Over ``period`` the entry is set to these external fields; None withdraws it."""

    kind: str
    code: str
    period: Period
    fields: Mapping[str, Any] | None
    legal_act: str = "arrete-1"
    source: str | None = None
    confidence: str | None = None


def fact(kind: str, code: str, period: Period = ALWAYS, **fields: Any) -> Fact:
    """The plain entry of a kind, with these fields instead."""
    return Fact(kind, code, period, {**PLAIN.get(kind, {}), **fields})


def void(kind: str, code: str, period: Period) -> Fact:
    return Fact(kind, code, period, None)


def snapshot(*releases: Sequence[Fact]) -> Snapshot:
    """What a reader gets once these releases are published, the first being release 1."""
    kinds = {kind.name: _stored(kind, releases) for kind in KINDS}
    infos = [_info(seq, len(facts)) for seq, facts in enumerate(releases, start=1)]
    return Snapshot(Content(len(releases), "chain", infos, kinds), KINDS)


def at(day: date, release: int = 1) -> Moment:
    return Moment(day, release)


def _stored(kind: Kind, releases: Sequence[Sequence[Fact]]) -> StoredKind:
    facts: list[StoredFact] = []
    spans: dict[str, list[StoredSpan]] = {}
    for seq, release in enumerate(releases, start=1):
        strokes: dict[str, list[Stroke]] = {}
        for published in (found for found in release if found.kind == kind.name):
            stroke = Stroke(published.period, len(facts), is_void=published.fields is None)
            strokes.setdefault(published.code, []).append(stroke)
            facts.append(_stored_fact(kind, seq, published))
        for code, of_code in strokes.items():
            spans[code] = _painted(spans.get(code, []), of_code, seq)
    newest_first: Callable[[StoredSpan], tuple[int, int]] = lambda span: (-span.start, -span.rel_from)  # noqa: E731
    ordered = {code: sorted(of_code, key=newest_first) for code, of_code in sorted(spans.items())}
    return StoredKind(list(kind.fields), facts, ordered)


def _painted(spans: list[StoredSpan], strokes: list[Stroke], seq: int) -> list[StoredSpan]:
    open_ones = [place for place, span in enumerate(spans) if span.rel_to == OPEN]
    painted = paint([Segment(_period(spans[place]), spans[place].fact, place) for place in open_ones], strokes)
    closed = {segment.span_id for segment in painted.closed}
    kept = [_closed(span, seq) if place in closed else span for place, span in enumerate(spans)]
    opened = [
        StoredSpan(s.period.start.toordinal(), s.period.end.toordinal(), seq, OPEN, s.fact_id) for s in painted.opened
    ]
    return kept + opened


def _closed(span: StoredSpan, seq: int) -> StoredSpan:
    return StoredSpan(span.start, span.end, span.rel_from, seq, span.fact)


def _period(span: StoredSpan) -> Period:
    return Period(date.fromordinal(span.start), date.fromordinal(span.end))


def _stored_fact(kind: Kind, seq: int, published: Fact) -> StoredFact:
    values = None
    if published.fields is not None:
        row = kind.to_row(kind.load(published.code, published.fields))
        values = [value.isoformat() if isinstance(value, date) else value for value in row.values()]
    start, end = published.period.start.toordinal(), published.period.end.toordinal()
    act, source, confidence = published.legal_act, published.source, published.confidence
    return StoredFact(seq, published.code, start, end, act, source, confidence, values)


def _info(seq: int, n_facts: int) -> ReleaseInfo:
    instant = datetime(2014, 1, 1, tzinfo=UTC) + timedelta(days=seq)
    return ReleaseInfo(seq, None, f"Release {seq}", "arrete-1", instant, "a", "b", "b", n_facts, "", "", "")


def under(published: Fact, legal_act: str) -> Fact:
    """The same fact on another legal ground."""
    return replace(published, legal_act=legal_act)
