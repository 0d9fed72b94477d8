"""Rules, what breaks them, and the report of a file. Violations are values: all is judged before anything is raised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, ClassVar


class Severity(StrEnum):
    """A warning is told; an error refuses the file."""

    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule, told so that the reader can act: where, what was found, which rule, what to do."""

    rule: str
    severity: Severity
    message: str
    remedy: str
    row: int | None = None
    column: str | None = None
    field: str | None = None
    value: str | None = None
    code: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry about to be staged: its typed payload, where it was read, and what was in force before it."""

    kind: str
    code: str
    payload: Mapping[str, Any]
    previous: Mapping[str, Any] | None = None
    row: int | None = None
    raw: Mapping[str, str] = field(default_factory=dict)
    """External column names to the text found there, for messages."""


class Rule:
    """One official rule. The docstring's first line is the message a person reads; ``check`` yields violations.

    ``check`` sees all the candidates of a draft at once, because some rules compare entries. ``standing`` gives the
    entries in force that the draft does not touch.
    """

    severity: ClassVar[Severity] = Severity.WARNING
    remedy: ClassVar[str] = ""

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        raise NotImplementedError

    @classmethod
    def name(cls) -> str:
        return cls.__name__

    @classmethod
    def message(cls) -> str:
        return (cls.__doc__ or "").strip().splitlines()[0]

    def broken_by(
        self, candidate: Candidate, *, field: str, value: object = None, detail: str = "", remedy: str = ""
    ) -> Violation:
        return Violation(
            rule=self.name(),
            severity=self.severity,
            message=f"{self.message()} {detail}".strip(),
            remedy=remedy or self.remedy,
            row=candidate.row,
            column=next((column for column in candidate.raw if column == field), field),
            field=field,
            value=None if value is None else str(value),
            code=candidate.code,
        )


Standing = Callable[[str], Iterable[tuple[str, Mapping[str, Any]]]]
"""``standing(kind)`` gives (code, payload) of every entry in force that the draft leaves alone."""


def nothing_standing(kind: str) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """A Standing for drafts that start from nothing."""
    return ()


class EntryRule(Rule):
    """A rule on single entries of one kind; candidates of other kinds are passed over."""

    kind: str

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        for candidate in of_kind(self.kind, candidates):
            yield from self.judge(candidate)

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        """What one entry breaks."""
        raise NotImplementedError


def of_kind(kind: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates of one kind, in their order."""
    return [candidate for candidate in candidates if candidate.kind == kind]


def entries(kind: str, candidates: Iterable[Candidate], standing: Standing) -> dict[str, Mapping[str, Any]]:
    """Payloads by code of all that will be in force: what the draft leaves alone, and over it what it brings."""
    return {**dict(standing(kind)), **{found.code: found.payload for found in of_kind(kind, candidates)}}


@dataclass(slots=True)
class Report:
    """What a file gave: counts first, then each violation."""

    source: str
    kind: str
    profile: str
    violations: list[Violation] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    @property
    def errors(self) -> list[Violation]:
        return [found for found in self.violations if found.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Violation]:
        return [found for found in self.violations if found.severity is Severity.WARNING]

    @property
    def is_refused(self) -> bool:
        return bool(self.errors)

    def add(self, violations: Iterable[Violation]) -> None:
        self.violations.extend(violations)

    def by_rule(self) -> Counter[str]:
        return Counter(found.rule for found in self.violations)

    def as_dict(self) -> dict[str, Any]:
        ordered = sorted(self.violations, key=lambda v: (v.severity is not Severity.ERROR, v.row or 0))
        return {
            "source": self.source,
            "kind": self.kind,
            "profile": self.profile,
            "refused": self.is_refused,
            "counts": dict(self.counts) | {"errors": len(self.errors), "warnings": len(self.warnings)},
            "by_rule": dict(self.by_rule()),
            "notes": self.notes,
            "violations": [found.as_dict() for found in ordered],
        }
