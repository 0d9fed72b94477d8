"""The rules of every kind put to a draft: what it would break on the days it changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from catalog.kinds import Kind, Kinds, Payload, canonical_json
from catalog.releases.changes import Change, Held
from catalog.releases.reviewing import Proposal, by_code
from catalog.releases.truth import standing_spans
from catalog.temporal import DAWN, Period
from catalog.validation import Candidate, Severity, Violation

MOST_DAYS = 12
"""A draft that starts on more days than this is judged on its latest one, as an import is."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A violation and the kind of entry it is about."""

    kind: str
    violation: Violation

    @property
    def is_error(self) -> bool:
        return self.violation.severity is Severity.ERROR

    @property
    def rule(self) -> str:
        return self.violation.rule

    @property
    def fingerprint(self) -> str:
        """The same for the same finding, wherever it stands in a file."""
        found = self.violation
        return _digest([self.kind, found.rule, found.code, found.field, found.value, found.message])


def fingerprint_of(findings: Iterable[Finding]) -> str:
    """One for a set of findings, whatever their order."""
    return _digest(sorted(finding.fingerprint for finding in findings))


def _digest(value: object) -> str:
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A value that holds over a period, as published."""

    code: str
    period: Period
    held: Held


Published = Callable[[Kind], Iterable[Stretch]]
"""Everything of a kind that is known at the newest release."""


def published_in(session: Session) -> Published:
    """What the tables of truth hold; each kind is read once."""
    read: dict[str, list[Stretch]] = {}

    def published(kind: Kind) -> Iterable[Stretch]:
        if kind.name not in read:
            spans = standing_spans(session, kind)
            read[kind.name] = [Stretch(code, s.period, s.held) for code, found in spans.items() for s in found]
        return read[kind.name]

    return published


def judge(kinds: Kinds, proposals: Mapping[str, Sequence[Proposal]], published: Published) -> list[Finding]:
    """What the draft breaks, errors first, then by kind, rule and code.

    Each change is judged on the day it starts, among what would hold that day: the draft's other changes, and what
    is published of the entries it leaves alone. One without a known beginning is judged on the latest of those days.
    """
    found = {finding for name in proposals for finding in _judge_kind(kinds, kinds.find(name), proposals, published)}
    return sorted(found, key=lambda f: (not f.is_error, f.kind, f.rule, f.violation.code or "", f.violation.message))


def _judge_kind(
    kinds: Kinds, kind: Kind, proposals: Mapping[str, Sequence[Proposal]], published: Published
) -> Iterator[Finding]:
    if not kind.rules:
        return
    changes = [proposal.change for proposal in proposals[kind.name]]
    before = _held_before(published(kind), changes)
    for day, judged in _by_day(changes):
        scene = _Scene(kinds, proposals, published, day, {change.code for change in judged})
        candidates = [
            Candidate(kind.name, change.code, change.payload, before(change), change.row)
            for change in judged
            if change.payload is not None
        ]
        for rule in kind.rules:
            for violation in rule.check(candidates, scene.standing(kind.name)):
                yield Finding(kind.name, violation)


def _by_day(changes: Sequence[Change]) -> list[tuple[date, list[Change]]]:
    """The changes that set something, by the day they are judged on."""
    setting = [change for change in changes if change.payload is not None]
    days = sorted({change.period.start for change in setting})
    if not days:
        return []
    latest = days[-1]
    if len(days) > MOST_DAYS:
        return [(latest, setting)]
    grouped: dict[date, list[Change]] = {}
    for change in setting:
        start = change.period.start
        grouped.setdefault(latest if start == DAWN else start, []).append(change)
    return sorted(grouped.items())


def _held_before(stretches: Iterable[Stretch], changes: Iterable[Change]) -> Callable[[Change], Payload | None]:
    touched = {change.code for change in changes}
    spans: dict[str, list[Stretch]] = {}
    for stretch in stretches:
        if stretch.code in touched:
            spans.setdefault(stretch.code, []).append(stretch)

    def before(change: Change) -> Payload | None:
        start = change.period.start
        return next((s.held.payload for s in spans.get(change.code, ()) if s.period.covers(start)), None)

    return before


@dataclass(frozen=True, slots=True)
class _Scene:
    """What would hold on a day beside the entries judged."""

    kinds: Kinds
    proposals: Mapping[str, Sequence[Proposal]]
    published: Published
    day: date
    judged: set[str]

    def standing(self, judged_kind: str) -> Callable[[str], Iterable[tuple[str, Payload]]]:
        held: dict[str, list[tuple[str, Payload]]] = {}

        def standing(name: str) -> Iterable[tuple[str, Payload]]:
            if name not in held:
                own = self.judged if name == judged_kind else set()
                held[name] = [(code, payload) for code, payload in self._all_of(name) if code not in own]
            return held[name]

        return standing

    def _all_of(self, name: str) -> Iterator[tuple[str, Payload]]:
        changed = self._changed(name)
        for stretch in self.published(self.kinds.find(name)):
            if stretch.code not in changed and stretch.period.covers(self.day):
                yield stretch.code, stretch.held.payload
        for code, payload in changed.items():
            if payload is not None:
                yield code, payload

    def _changed(self, name: str) -> dict[str, Payload | None]:
        return {
            code: proposal.change.payload
            for code, written in by_code(self.proposals.get(name, ())).items()
            for proposal in written
            if proposal.change.period.covers(self.day)
        }
