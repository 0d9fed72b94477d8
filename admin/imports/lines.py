"""A judgement as lines of a report: what becomes of each row of the file, and of each entry it does not show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from admin.entries.values import form_of, write_value
from admin.french import remedy_sentence, rule_sentence
from admin.french.phrasing import typeset
from admin.french.telling import RULES
from catalog.importing.layout import fold
from catalog.importing.outcomes import Outcome, Verdict
from catalog.importing.running import Judged
from catalog.kinds import Kind, Payload
from catalog.validation import Severity, Violation

_NAMES = ("nom", "libelle", "designation", "title", "forfait", "lettre")
_URGENCY = {Severity.ERROR.value: 0, Severity.WARNING.value: 1, "": 2}


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``changes`` are label, old and new text of each field; ``cells`` what the row prints, by column.

    ``row`` is None for an entry the file does not show, and for what concerns the file as a whole.
    """

    row: int | None
    code: str | None
    name: str
    verdict: str
    severity: str
    findings: list[dict[str, Any]]
    changes: list[tuple[str, str, str]]
    cells: Mapping[str, str] = field(default_factory=dict)
    amended: list[str] = field(default_factory=list)

    @property
    def search(self) -> str:
        """All that a search looks through, folded."""
        told = [text for found in self.findings for text in (found["value"], found["column"], found["message"])]
        changed = [text for _, old, new in self.changes for text in (old, new)]
        return fold(" ".join(filter(None, (self.code, self.name, *told, *changed, *self.cells.values()))))


def build_lines(judged: Judged) -> list[Line]:
    """What must be settled first: errors, then warnings, then the rest; each in the order of the file."""
    made = [*_of_rows(judged), *_of_entries(judged)]
    return sorted(made, key=lambda line: (_URGENCY[line.severity], line.row is None, line.row or 0))


def _of_rows(judged: Judged) -> Iterator[Line]:
    outcomes = {outcome.row: outcome for outcome in judged.outcomes if outcome.row is not None}
    findings = _by_row(judged.report.violations)
    skipped = {one.row: one for one in judged.request.amendments if one.is_skip}
    amended = _amended(judged)
    kind, rows = judged.request.kind, judged.read.rows
    for row in sorted({*rows, *outcomes, *findings, *skipped}):
        found = findings.get(row, [])
        outcome = outcomes.get(row)
        verdict = Verdict.SKIPPED if row in skipped else _verdict(outcome, found)
        code = outcome.code if outcome else next((one.code for one in found if one.code), judged.read.skipped.get(row))
        yield _line(kind, row, code, verdict, outcome, found, cells=rows.get(row, {}), amended=amended.get(row, []))


def _of_entries(judged: Judged) -> Iterator[Line]:
    """Entries the file does not show, and findings on the file as a whole."""
    kind = judged.request.kind
    for outcome in judged.outcomes:
        if outcome.row is None:
            yield _line(kind, None, outcome.code, outcome.verdict, outcome, [])
    for found in judged.report.violations:
        if found.row is None:
            yield _line(kind, None, found.code, _verdict(None, [found]), None, [found])


def _by_row(violations: Iterable[Violation]) -> dict[int, list[Violation]]:
    found: dict[int, list[Violation]] = {}
    for violation in violations:
        if violation.row is not None:
            found.setdefault(violation.row, []).append(violation)
    return found


def _amended(judged: Judged) -> dict[int, list[str]]:
    told: dict[int, list[str]] = {}
    for one in judged.request.amendments:
        told.setdefault(one.row, []).append(one.told())
    return told


def _verdict(outcome: Outcome | None, found: list[Violation]) -> Verdict:
    if any(one.severity is Severity.ERROR for one in found):
        return Verdict.REFUSED
    return outcome.verdict if outcome else Verdict.MERGED


def _line(
    kind: Kind,
    row: int | None,
    code: str | None,
    verdict: Verdict,
    outcome: Outcome | None,
    found: list[Violation],
    **more: Any,
) -> Line:
    before, after = (outcome.before, outcome.after) if outcome else (None, None)
    severity = min((one.severity.value for one in found), default="", key=_URGENCY.__getitem__)
    return Line(
        row=row,
        code=code,
        name=_name(after or before),
        verdict=verdict.value,
        severity=severity,
        findings=[_finding(one) for one in found],
        changes=_changes(kind, before, after) if verdict is not Verdict.ABSENT else [],
        **more,
    )


def _name(payload: Payload | None) -> str:
    if payload is None:
        return ""
    return next((str(payload[name]) for name in _NAMES if payload.get(name)), "")


def _finding(found: Violation) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "severity": found.severity.value,
        "column": found.column,
        "value": found.value,
        "message": rule_sentence(found),
        "remedy": remedy_sentence(found),
    }


def rule_title(rule: str) -> str:
    """The French of a rule in general, for a list of rules to choose from."""
    return typeset(RULES[rule][0]) if rule in RULES else rule


def _changes(kind: Kind, before: Payload | None, after: Payload | None) -> list[tuple[str, str, str]]:
    """The fields whose text differs; all of them for an entry that begins, none for one that ends."""
    if after is None:
        return []
    told: list[tuple[str, str, str]] = []
    for name, entry in kind.fields.items():
        old, new = (None if payload is None else payload.get(name) for payload in (before, after))
        if old != new:
            form = form_of(entry)
            texts = ("" if value is None else write_value(form, name, value) for value in (old, new))
            told.append((entry.label, *texts))  # type: ignore[arg-type]
    return told
