"""What reading a file gives: entries as typed values, judged one by one and against each other, and nothing written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from catalog.importing.profiles.model import Profile
from catalog.validation import Severity, Violation

Op = Literal["set", "void"]


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of a file. ``values`` holds only the fields the source speaks of, typed; the others are left untouched.

    The period, legal act, source and confidence are None where the file does not give the entry its own. ``amended``
    tells each cell an editor reads otherwise than it is printed.
    """

    row: int
    code: str
    values: Mapping[str, Any]
    raw: Mapping[str, str]
    valid_from: date | None = None
    valid_to: date | None = None
    legal_act: str | None = None
    source: str | None = None
    confidence: str | None = None
    op: Op = "set"
    amended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordSet:
    """The records of one file. ``defaults`` are values for entries that are not in force yet.

    ``rows`` are the cells read, by row; ``skipped`` are the codes of rows an editor left aside. ``effective`` is the
    day the list takes effect as far as the profile can tell, None where it must be told.
    """

    path: Path
    kind: str
    profile: Profile
    records: list[Record]
    violations: list[Violation]
    counts: Counter[str]
    notes: list[str]
    defaults: Mapping[str, Any]
    effective: date | None
    rows: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    skipped: Mapping[int, str] = field(default_factory=dict)

    @property
    def errors(self) -> list[Violation]:
        return [found for found in self.violations if found.severity is Severity.ERROR]
