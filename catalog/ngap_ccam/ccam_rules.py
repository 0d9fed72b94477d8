"""Rules on CCAM acts and on the tree above them (DOMAIN 2.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from catalog.ngap_ccam.codes import ACTIVITES, PHASES
from catalog.ngap_ccam.loops import turns_round
from catalog.validation import Candidate, EntryRule, Rule, Severity, Standing, Violation, entries, of_kind


class ActivityOutOfRange(EntryRule):
    """An activity of the CCAM is one of 1 to 5."""

    kind = "acte_ccam"
    severity = Severity.ERROR
    field: ClassVar[str] = "activites"
    allowed: ClassVar[tuple[str, ...]] = ACTIVITES
    remedy = "Correct the list; its items are separated by ' / '."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        for item in candidate.payload[self.field] or ():
            if item not in self.allowed:
                yield self.broken_by(candidate, field=self.field, value=item, detail=f"Found: {item}.")


class PhaseOutOfRange(ActivityOutOfRange):
    """A phase of the CCAM is one of 0 to 3."""

    field = "phases"
    allowed = PHASES


class HeadingUnknown(Rule):
    """The heading is not in the CCAM tree: the way to the top is cut there."""

    remedy = "Import the tree with `amo-catalog import arbre-ccam`, or correct the code of the heading."

    def __init__(self, kind: str, field: str) -> None:
        self.kind, self.field = kind, field

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        naming = [found for found in of_kind(self.kind, candidates) if found.payload[self.field]]
        known = entries("noeud_ccam", candidates, standing) if naming else {}
        for candidate in naming:
            heading = candidate.payload[self.field]
            if heading not in known:
                yield self.broken_by(candidate, field=self.field, value=heading, detail=f"({heading})")


class TreeTurnsRound(Rule):
    """The parents of this heading lead back to it."""

    severity = Severity.ERROR
    remedy = "Correct the parent of one of these headings."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        headings = of_kind("noeud_ccam", candidates)
        known = entries("noeud_ccam", candidates, standing) if headings else {}
        parents = {code: payload["parent"] for code, payload in known.items()}
        for candidate in headings:
            way = turns_round(candidate.code, parents)
            if way:
                yield self.broken_by(candidate, field="parent", value=way[1], detail=f"({' -> '.join(way)})")
