"""From records to proposed changes: merged over what is in force, judged by the kind's rules, nothing written yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from catalog.importing.outcomes import Outcome, Verdict
from catalog.importing.plugins import ALIASES
from catalog.importing.profiles.model import Mode
from catalog.importing.record import Record, RecordSet
from catalog.kinds import Kind, Kinds, Payload
from catalog.releases.changes import Change
from catalog.releases.truth import Rectangle, head, in_force, standing_spans
from catalog.temporal import DUSK, Moment, Period
from catalog.validation import Candidate, Severity, Violation

Spans = Mapping[str, list[Rectangle]]


@dataclass(slots=True)
class Proposal:
    """What an import would change, and what was found on the way."""

    changes: list[Change] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    outcomes: list[Outcome] = field(default_factory=list)

    def tell(
        self,
        verdict: Verdict,
        code: str,
        row: int | None = None,
        before: Payload | None = None,
        after: Payload | None = None,
    ) -> None:
        """What becomes of an entry, counted and listed."""
        self.counts[verdict.value] += 1
        self.outcomes.append(Outcome(verdict, code, row, before, after))


@dataclass(frozen=True)
class Stager:
    """Turns the records of one file into changes.

    ``effective`` is the day a list holds from; ``brought`` are changes of other kinds that go along, and count as
    standing for the rules.
    """

    session: Session
    kinds: Kinds
    kind: Kind
    read: RecordSet
    mode: Mode
    effective: date | None
    brought: tuple[Change, ...] = ()

    def propose(self) -> Proposal:
        """Every change the file asks for, in the order of its rows, withdrawals last."""
        proposal = Proposal()
        spans = standing_spans(self.session, self.kind)
        records = self._records(proposal)
        candidates = [found for record in records if (found := self._candidate(record, spans, proposal))]
        proposal.violations += self._judge([candidate for _, candidate in candidates])
        for record, candidate in candidates:
            self._set(record, candidate, spans.get(record.code, []), proposal)
        for record in records:
            if record.op == "void":
                self._void(record, spans.get(record.code, []), proposal)
        listed = {*(record.code for record in records), *self._aliased(self.read.skipped.values())}
        self._settle_absent(listed, spans, proposal)
        return proposal

    @property
    def day(self) -> date:
        """The day on which the rules compare entries: the list's, or the latest start among its rows."""
        starts = [record.valid_from for record in self.read.records if record.valid_from]
        return self.effective or max(starts, default=DUSK)

    @cached_property
    def _aliases(self) -> Mapping[str, str]:
        alias = ALIASES.get(self.kind.name)
        return alias(self.session, self.kinds, Moment(self.day, head(self.session))) if alias else {}

    def _aliased(self, codes: Iterable[str]) -> Iterator[str]:
        yield from (self._aliases.get(code, code) for code in codes)

    def _records(self, proposal: Proposal) -> list[Record]:
        """The records under the code of their entry: a further GTIN speaks of its presentation."""
        known = self._aliases
        renamed: list[Record] = []
        seen: dict[str, Record] = {}
        for record in self.read.records:
            code = known.get(record.code, record.code)
            if code == record.code:
                renamed.append(record)
                seen.setdefault(code, record)
        for record in self.read.records:
            code = known.get(record.code, record.code)
            if code == record.code:
                continue
            proposal.counts["further_codes"] += 1
            if code not in seen:
                renamed.append(replace(record, code=code))
                seen[code] = record
        return renamed

    def _candidate(self, record: Record, spans: Spans, proposal: Proposal) -> tuple[Record, Candidate] | None:
        if record.op == "void":
            return None
        start = record.valid_from or self.effective
        assert start is not None
        previous = next((s.held.payload for s in spans.get(record.code, []) if s.period.covers(start)), None)
        payload = self._merge(record, previous)
        lacking = [name for name, entry in self.kind.fields.items() if entry.required and payload[name] is None]
        for name in lacking:
            proposal.violations.append(_missing(self.kind, record, name))
        if lacking:
            return None
        return record, Candidate(self.kind.name, record.code, payload, previous, record.row, record.raw)

    def _merge(self, record: Record, previous: Payload | None) -> dict[str, Any]:
        """The file's values over what is in force; a new entry starts from the profile's defaults."""
        if previous is not None:
            return {**previous, **record.values}
        fresh = {name: entry.load_default if not entry.required else None for name, entry in self.kind.fields.items()}
        return {**fresh, **self.read.defaults, **record.values}

    def _judge(self, candidates: list[Candidate]) -> Iterator[Violation]:
        touched = {candidate.code for candidate in candidates}
        held: dict[str, list[tuple[str, Payload]]] = {}

        def standing(name: str) -> Iterable[tuple[str, Payload]]:
            if name not in held:
                moment = Moment(self.day, head(self.session))
                entries = in_force(self.session, self.kinds.find(name), moment)
                own = touched if name == self.kind.name else set()
                held[name] = [(code, value.payload) for code, value in entries.items() if code not in own]
                held[name] += [(c.code, c.payload) for c in self.brought if c.kind == name and c.payload is not None]
            return held[name]

        for rule in self.kind.rules:
            yield from rule.check(candidates, standing)

    def _period(self, record: Record, spans: list[Rectangle]) -> Period:
        """A list holds until the next value already recorded; a canonical row with a day of its own says its period."""
        start = record.valid_from or self.effective
        assert start is not None
        tells_its_own = self.read.profile.is_canonical and record.valid_from is not None
        if record.valid_to is not None or tells_its_own:
            return Period(start, record.valid_to or DUSK)
        later = [span.period.start for span in spans if span.period.start > start]
        return Period(start, min(later, default=DUSK))

    def _set(self, record: Record, candidate: Candidate, spans: list[Rectangle], proposal: Proposal) -> None:
        period = self._period(record, spans)
        if _already_holds(spans, period, candidate.payload, record.legal_act):
            proposal.tell(Verdict.UNCHANGED, record.code, record.row, candidate.payload, candidate.payload)
            return
        verdict = Verdict.ADDED if candidate.previous is None else Verdict.CHANGED
        proposal.tell(verdict, record.code, record.row, candidate.previous, candidate.payload)
        if not period.is_open_ended and record.valid_to is None:
            proposal.violations.append(_later_value_stays(record, period))
        proposal.changes.append(
            Change(
                self.kind.name,
                record.code,
                period,
                candidate.payload,
                record.legal_act,
                _source(record),
                record.confidence,
                "; ".join(record.amended) or None,
                record.row,
            )
        )

    def _void(self, record: Record, spans: list[Rectangle], proposal: Proposal) -> None:
        start = record.valid_from or self.effective
        assert start is not None
        period = Period(start, record.valid_to or DUSK)
        if not any(span.period.overlaps(period) for span in spans):
            proposal.violations.append(_nothing_to_withdraw(record))
            proposal.tell(Verdict.UNCHANGED, record.code, record.row)
            return
        before = next(span.held.payload for span in spans if span.period.overlaps(period))
        proposal.tell(Verdict.WITHDRAWN, record.code, record.row, before)
        proposal.changes.append(Change(self.kind.name, record.code, period, None, record.legal_act, row=record.row))

    def _settle_absent(self, listed: set[str], spans: Spans, proposal: Proposal) -> None:
        """What a full list no longer shows is withdrawn from its day on; what it does not speak of is left alone."""
        day, scope = self.day, self.read.profile.covers_codes
        for code in sorted(set(spans) - listed):
            is_covered = self.mode == "full" and (scope is None or scope.fullmatch(code) is not None)
            for span in spans[code]:
                if not span.period.covers(day):
                    continue
                verdict = Verdict.WITHDRAWN if is_covered else Verdict.ABSENT
                proposal.tell(verdict, code, before=span.held.payload)
                if is_covered:
                    proposal.changes.append(Change(self.kind.name, code, Period(day, span.period.end), None))


def _source(record: Record) -> str | None:
    """Where the figure was read; one that is not what the source prints says so."""
    if not record.amended:
        return record.source
    return ", ".join(filter(None, (record.source, f"ligne {record.row} corrigée")))


def _already_holds(spans: list[Rectangle], period: Period, payload: Payload, act: str | None) -> bool:
    """Whether the same value, on the same ground if one is told, covers the whole period."""
    reached = period.start
    for span in sorted(spans, key=lambda s: s.period):
        if span.period.covers(reached) and span.held.payload == payload and act in (None, span.held.legal_act):
            reached = span.period.end
            if reached >= period.end:
                return True
    return False


def _violation(rule: str, severity: Severity, record: Record, message: str, remedy: str, name: str) -> Violation:
    return Violation(rule, severity, message, remedy, row=record.row, column=name, field=name, code=record.code)


def _missing(kind: Kind, record: Record, name: str) -> Violation:
    label = kind.fields[name].label
    return _violation(
        "MissingField",
        Severity.ERROR,
        record,
        f"{label} is missing: the entry is new, and the file does not give it.",
        "Give it in the file, or as a default of the profile.",
        name,
    )


def _later_value_stays(record: Record, period: Period) -> Violation:
    return _violation(
        "LaterValueStays",
        Severity.WARNING,
        record,
        f"A value from {period.end} on is already recorded and stays: this one holds until then.",
        "Correct the later value too if this list should replace it.",
        "valid_to",
    )


def _nothing_to_withdraw(record: Record) -> Violation:
    return _violation(
        "NothingToWithdraw",
        Severity.WARNING,
        record,
        "Nothing is in force over the period this row withdraws.",
        "Check the code and the dates; the row changes nothing.",
        "op",
    )
