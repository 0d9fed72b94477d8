"""Acts, mappings and devices to test with: typed payloads, candidates, and snapshots told as lists of facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from catalog.dispositifs.family import KINDS as DISPOSITIFS
from catalog.kinds import Kind, Kinds
from catalog.legal.family import KINDS as LEGAL
from catalog.ngap_ccam.family import KINDS as NGAP_CCAM
from catalog.releases.painting import Segment, Stroke, paint
from catalog.releases.tables import OPEN
from catalog.snapshots.content import Content, ReleaseInfo, StoredFact, StoredKind, StoredSpan
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment, Period
from catalog.validation import Candidate, Rule, Standing, Violation, nothing_standing

FAMILIES = Kinds((*LEGAL, *NGAP_CCAM, *DISPOSITIFS))
NGAP_2006 = Period(date(2006, 4, 20))
SPRING, SUMMER = date(2016, 3, 1), date(2016, 7, 1)

PLAIN: Mapping[str, Mapping[str, Any]] = {
    "acte_ngap": {"libelle": "Détartrage", "mode": "LETTRE_COEFFICIENT", "lettre": "D", "coefficient": "12"},
    "acte_ccam": {"libelle": "Détartrage et polissage des dents"},
    "noeud_ccam": {"libelle": "APPAREIL DIGESTIF"},
    "correspondance": {
        "relation": "equivalent", "statut": "PUBLISHED", "version_ngap": "177-06", "version_ccam": "V1",
        "decide_par": "groupe d'experts", "decide_le": "2016-01-15", "preuve": "procès-verbal de test",
    },
    "dispositif": {"libelle": "Valve cardiaque à double ailette", "forfait": "17500.00"},
}  # fmt: skip


def payload(kind: str, **fields: Any) -> dict[str, Any]:
    """A typed payload: the plain one of its kind, with these fields instead."""
    return FAMILIES.find(kind).load("0", {**PLAIN[kind], **fields})


def candidate(kind: str, code: str, *, before: Mapping[str, Any] | None = None, **fields: Any) -> Candidate:
    """A candidate; ``before`` holds what differed in the version it follows."""
    previous = None if before is None else payload(kind, **{**fields, **before})
    return Candidate(kind, code, payload(kind, **fields), previous)


def acte(code: str, **fields: Any) -> Candidate:
    return candidate("acte_ngap", code, **fields)


def mapping_fields(code: str) -> dict[str, str | None]:
    """The sides that a mapping's code names, as fields."""
    ngap, _, target = code.partition(">")
    ccam, activite, phase = (None,) * 3 if target == "AUCUN" else target.split("-")
    return {"acte_ngap": ngap, "acte_ccam": ccam, "activite": activite, "phase": phase}


def mapping(code: str, *, before: Mapping[str, Any] | None = None, **fields: Any) -> Candidate:
    """A mapping that says what its code says, and anything else it is told."""
    return candidate("correspondance", code, before=before, **{**mapping_fields(code), **fields})


def standing(*entries: Candidate) -> Standing:
    return lambda kind: [(entry.code, entry.payload) for entry in entries if entry.kind == kind]


def check(rule: Rule, *candidates: Candidate, standing: Standing = nothing_standing) -> list[Violation]:
    return list(rule.check(candidates, standing))


@dataclass(frozen=True)
class Fact:
    """Over a period the entry is set to these external fields; None withdraws it."""

    kind: str
    code: str
    period: Period
    fields: Mapping[str, Any] | None


def fact(kind: str, code: str, period: Period = NGAP_2006, **fields: Any) -> Fact:
    return Fact(kind, code, period, {**PLAIN[kind], **fields})


def mapped(code: str, period: Period = NGAP_2006, **fields: Any) -> Fact:
    """A published mapping that says what its code says."""
    return fact("correspondance", code, period, **{**mapping_fields(code), **fields})


def void(kind: str, code: str, start: date) -> Fact:
    return Fact(kind, code, Period(start), None)


def snapshot(*releases: Sequence[Fact]) -> Snapshot:
    """What a reader gets once these releases are published, the first being release 1."""
    infos = [_info(seq, len(facts)) for seq, facts in enumerate(releases, start=1)]
    stored = {kind.name: _stored(kind, releases) for kind in FAMILIES}
    return Snapshot(Content(len(releases), "chain", infos, stored), FAMILIES)


def at(day: date, release: int = 1) -> Moment:
    return Moment(day, release)


def _stored(kind: Kind, releases: Sequence[Sequence[Fact]]) -> StoredKind:
    facts: list[StoredFact] = []
    spans: dict[str, list[StoredSpan]] = defaultdict(list)
    for seq, release in enumerate(releases, start=1):
        for brought in (found for found in release if found.kind == kind.name):
            stroke = Stroke(brought.period, len(facts), is_void=brought.fields is None)
            facts.append(_stored_fact(kind, seq, brought))
            spans[brought.code] = _laid(spans[brought.code], stroke, seq)
    return StoredKind(list(kind.fields), facts, {code: spans[code] for code in sorted(spans)})


def _laid(spans: list[StoredSpan], stroke: Stroke, seq: int) -> list[StoredSpan]:
    standing = [Segment(_period(span), span.fact, at) for at, span in enumerate(spans) if span.rel_to == OPEN]
    painted = paint(standing, [stroke])
    ended = {segment.span_id for segment in painted.closed}
    kept = [
        StoredSpan(span.start, span.end, span.rel_from, seq, span.fact) if at in ended else span
        for at, span in enumerate(spans)
    ]
    new = [
        StoredSpan(segment.period.start.toordinal(), segment.period.end.toordinal(), seq, OPEN, segment.fact_id)
        for segment in painted.opened
    ]
    return sorted(kept + new, key=lambda span: (-span.start, -span.rel_from))


def _period(span: StoredSpan) -> Period:
    return Period(date.fromordinal(span.start), date.fromordinal(span.end))


def _stored_fact(kind: Kind, seq: int, brought: Fact) -> StoredFact:
    values = None
    if brought.fields is not None:
        row = kind.to_row(kind.load(brought.code, brought.fields)).values()
        values = [value.isoformat() if isinstance(value, date) else value for value in row]
    start, end = brought.period.start.toordinal(), brought.period.end.toordinal()
    return StoredFact(seq, brought.code, start, end, "arrete-177-06", None, None, values)


def _info(seq: int, n_facts: int) -> ReleaseInfo:
    instant = datetime(2016, 1, 1, tzinfo=UTC) + timedelta(days=seq)
    return ReleaseInfo(seq, None, f"Release {seq}", "arrete-177-06", instant, "a", "b", "b", n_facts, "", "", "")
