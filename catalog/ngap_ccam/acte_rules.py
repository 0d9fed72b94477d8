"""Rules on NGAP acts: cotations that cannot price, assimilations that lead nowhere (DOMAIN 2.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalog.ngap_ccam.loops import turns_round
from catalog.validation import Candidate, EntryRule, Rule, Severity, Standing, Violation, entries, of_kind

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
