"""Valid things to test with: acts, conventions, values, and snapshots of releases written as lists of facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from catalog.conventions.family import KINDS as CONVENTIONS
from catalog.kinds import Kind, Kinds
from catalog.legal.family import KINDS as LEGAL
from catalog.releases.painting import Segment, Stroke, paint
from catalog.releases.tables import OPEN
from catalog.snapshots.content import Content, ReleaseInfo, StoredFact, StoredKind, StoredSpan
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN, DUSK, Moment, Period
from catalog.validation import Candidate, Rule, Standing, Violation

KINDS = Kinds((*LEGAL, *CONVENTIONS))
START = date(2006, 9, 1)
DAY = date(2021, 5, 10)


@dataclass(frozen=True)
class Fact:
    """Over ``period`` the entry is set to these external fields; None withdraws it."""

    kind: str
    code: str
    period: Period
    fields: Mapping[str, Any] | None
    legal_act: str
    source: str | None = None
    confidence: str | None = None


def act(code: str, statut: str = "EN_VIGUEUR", *, start: date = DAWN, end: date = DUSK, **dates: str) -> Fact:
    fields = {"type": "convention", "title": code, "statut": statut, **dates}
    return Fact("acte_juridique", code, Period(start, end), fields, code)


def convention(code: str, *, acte: str, start: date = START, end: date = DUSK, **fields: str) -> Fact:
    named = {"libelle": code, "acte": acte, "secteur": "prive", **fields}
    return Fact("convention", code, Period(start, end), named, acte)


def adherence(
    convention: str, organisme: str, applique: bool, *, acte: str, start: date = START, end: date = DUSK
) -> Fact:
    fields = {"convention": convention, "organisme": organisme, "applique": applique}
    return Fact("adherence_organisme", f"{convention}:{organisme}", Period(start, end), fields, acte)


def lettre(code: str, valeur: str, *, acte: str, start: date = START, end: date = DUSK, **fields: str) -> Fact:
    """The value of a key letter; its fields are those its code names."""
    head, convention, *payer = code.split(":")
    name, _, variante = head.partition(".")
    named: dict[str, Any] = {"lettre": name, "convention": convention, "secteur": "prive", "valeur": valeur}
    named |= {"variante": variante} if variante else {}
    named |= {"organisme": payer[0]} if payer else {}
    return Fact("lettre_cle", code, Period(start, end), named | fields, acte)


def forfait(code: str, montant: str, *, acte: str, start: date = START, end: date = DUSK, **fields: Any) -> Fact:
    head, convention, *payer = code.split(":")
    named = {"forfait": head, "libelle": head, "convention": convention, "montant": montant, "unite": "JOUR", **fields}
    named |= {"organisme": payer[0]} if payer else {}
    return Fact("forfait", code, Period(start, end), named, acte)


def fact(kind: str, code: str, *, acte: str, start: date = START, end: date = DUSK, **fields: Any) -> Fact:
    return Fact(kind, code, Period(start, end), fields, acte)


def void(kind: str, code: str, *, acte: str, start: date, end: date = DUSK) -> Fact:
    return Fact(kind, code, Period(start, end), None, acte)


def candidate(made: Fact, row: int | None = None) -> Candidate:
    kind = KINDS.find(made.kind)
    assert made.fields is not None
    return Candidate(kind.name, made.code, kind.load(made.code, made.fields), row=row)


def standing(*facts: Fact) -> Standing:
    """These entries in force, left alone by the draft."""
    held = [candidate(made) for made in facts]
    return lambda kind: [(entry.code, entry.payload) for entry in held if entry.kind == kind]


def check(rule: Rule, *facts: Fact, standing: Standing = lambda kind: ()) -> list[Violation]:
    return list(rule.check([candidate(made) for made in facts], standing))


def at(day: date = DAY, release: int = 1) -> Moment:
    return Moment(day, release)


def snapshot(*releases: Iterable[Fact], kinds: Kinds = KINDS) -> Snapshot:
    """What a reader gets once these releases are published, the first being release 1."""
    brought = [list(facts) for facts in releases]
    stored = {kind.name: _stored(kind, brought) for kind in kinds}
    infos = [_info(seq, len(facts)) for seq, facts in enumerate(brought, start=1)]
    return Snapshot(Content(len(brought), "chain", infos, stored), kinds)


def _stored(kind: Kind, releases: Sequence[Sequence[Fact]]) -> StoredKind:
    facts: list[StoredFact] = []
    spans: dict[str, list[StoredSpan]] = {}
    for seq, release in enumerate(releases, start=1):
        strokes: dict[str, list[Stroke]] = {}
        for published in (made for made in release if made.kind == kind.name):
            stroke = Stroke(published.period, len(facts), is_void=published.fields is None)
            strokes.setdefault(kind.parse_code(published.code), []).append(stroke)
            facts.append(_stored_fact(kind, seq, published))
        for code, laid in strokes.items():
            spans[code] = _painted(spans.get(code, []), laid, seq)
    ordered = {code: sorted(found, key=lambda span: (-span.start, -span.rel_from)) for code, found in spans.items()}
    return StoredKind(list(kind.fields), facts, dict(sorted(ordered.items())))


def _painted(spans: list[StoredSpan], strokes: list[Stroke], seq: int) -> list[StoredSpan]:
    standing = [
        Segment(Period(date.fromordinal(span.start), date.fromordinal(span.end)), span.fact, place)
        for place, span in enumerate(spans)
        if span.rel_to == OPEN
    ]
    painted = paint(standing, strokes)
    closed = {segment.span_id for segment in painted.closed}
    kept = [
        StoredSpan(span.start, span.end, span.rel_from, seq if place in closed else span.rel_to, span.fact)
        for place, span in enumerate(spans)
    ]
    return kept + [
        StoredSpan(opened.period.start.toordinal(), opened.period.end.toordinal(), seq, OPEN, opened.fact_id)
        for opened in painted.opened
    ]


def _stored_fact(kind: Kind, seq: int, made: Fact) -> StoredFact:
    values = None
    if made.fields is not None:
        row = kind.to_row(kind.load(made.code, made.fields))
        values = [value.isoformat() if isinstance(value, date) else value for value in row.values()]
    start, end = made.period.start.toordinal(), made.period.end.toordinal()
    code = kind.parse_code(made.code)
    return StoredFact(seq, code, start, end, made.legal_act, made.source, made.confidence, values)


def _info(seq: int, n_facts: int) -> ReleaseInfo:
    instant = datetime(2010, 1, 1, tzinfo=UTC) + timedelta(days=seq)
    return ReleaseInfo(seq, None, f"Release {seq}", "acte", instant, "a", "b", "b", n_facts, "", "", "")
