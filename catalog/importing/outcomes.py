"""What becomes of each row of a file, and of each entry the file does not show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from catalog.kinds import Payload


class Verdict(StrEnum):
    """One word a row of the report; whether it also has warnings is told beside it."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"
    ABSENT = "absent"
    """In force, not in the file, and left alone."""
    REFUSED = "refused"
    MERGED = "merged"
    """Repeats or completes another row of the same entry."""
    SKIPPED = "skipped"
    """Left aside by an editor: the catalogue keeps what it has."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the file does to one entry. ``row`` is None for an entry it does not show."""

    verdict: Verdict
    code: str
    row: int | None = None
    before: Payload | None = None
    after: Payload | None = None
