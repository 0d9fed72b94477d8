"""Rules on acts: cotations that cannot price, assimilations that lead nowhere, the CCAM grammar (DOMAIN 2.1, 2.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from catalog.ngap_ccam.codes import ACTIVITES, PHASES
from catalog.ngap_ccam.entry_rules import EntryRule, entries, of_kind, turns_round
from catalog.validation import Candidate, Rule, Severity, Standing, Violation

BY_COEFFICIENT = "LETTRE_COEFFICIENT"


class CoefficientMissing(EntryRule):
    """The act has no coefficient: it will not be priced."""

    # DOMAIN 2.1: D722 prints only a coefficient of anaesthesia. It is never guessed.
    kind = "acte_ngap"
    remedy = "Fill it in from the text of the nomenclature; leave it empty where the text gives none."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        payload = candidate.payload
        if payload["mode"] == BY_COEFFICIENT and payload["coefficient"] is None and not payload["assimile_a"]:
            yield self.broken_by(candidate, field="coefficient")


class CoefficientIsZero(EntryRule):
    """A coefficient of 0 would price the act at nothing."""

    kind = "acte_ngap"
    severity = Severity.ERROR
    remedy = "Leave the cell empty where there is no coefficient."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        for field in ("coefficient", "coefficient_anesthesie"):
            if candidate.payload[field] == 0:
                yield self.broken_by(candidate, field=field, value=0)


class KeyLetterMissing(EntryRule):
    """The act is priced by a key letter and names none: it will not be priced."""

    kind = "acte_ngap"
    remedy = "Fill in the key letter, or the act it is assimilated to."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        payload = candidate.payload
        if payload["mode"] != "FORFAIT" and not payload["lettre"] and not payload["assimile_a"]:
            yield self.broken_by(candidate, field="lettre")


class CoefficientOfAFlatAct(EntryRule):
    """An act paid at the value of its letter alone, or at a forfait, has a coefficient."""

    kind = "acte_ngap"
    severity = Severity.ERROR
    remedy = "Choose the mode LETTRE_COEFFICIENT, or leave the coefficient out."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        payload = candidate.payload
        if payload["mode"] != BY_COEFFICIENT and payload["coefficient"] is not None:
            yield self.broken_by(candidate, field="mode", value=payload["mode"])


class AssimilatedActHasOwnCotation(EntryRule):
    """An act priced through another has a coefficient of its own: two prices for one act."""

    kind = "acte_ngap"
    severity = Severity.ERROR
    remedy = "Keep either the assimilation or the coefficient."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        payload = candidate.payload
        if payload["assimile_a"] and payload["coefficient"] is not None:
            yield self.broken_by(candidate, field="assimile_a", value=payload["assimile_a"])


class AssimilatedActUnknown(Rule):
    """The act this one is assimilated to is not in force."""

    severity = Severity.ERROR
    remedy = "Bring the act it is assimilated to in the same draft, or correct its code."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        naming = [found for found in of_kind("acte_ngap", candidates) if found.payload["assimile_a"]]
        known = entries("acte_ngap", candidates, standing) if naming else {}
        for candidate in naming:
            act = candidate.payload["assimile_a"]
            if act not in known:
                yield self.broken_by(candidate, field="assimile_a", value=act, detail=f"({act})")


class AssimilationTurnsRound(Rule):
    """The assimilations of this act lead back to it: nothing prices it."""

    severity = Severity.ERROR
    remedy = "Give one of these acts a cotation of its own."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        naming = [found for found in of_kind("acte_ngap", candidates) if found.payload["assimile_a"]]
        known = entries("acte_ngap", candidates, standing) if naming else {}
        following = {code: payload["assimile_a"] for code, payload in known.items()}
        for candidate in naming:
            way = turns_round(candidate.code, following)
            if way:
                told = f"({' -> '.join(way)})"
                yield self.broken_by(candidate, field="assimile_a", value=following[candidate.code], detail=told)


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
