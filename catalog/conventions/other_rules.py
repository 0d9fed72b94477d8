"""Rules on rates, payers' rules, tiers-payant lists and adhesions (DOMAIN 3.3, 3.4, 5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalog.conventions.codes import parse_inpe, taux_code
from catalog.conventions.entry_rules import EntryRule, entries, of_kinds
from catalog.errors import CodeError
from catalog.kinds import Payload
from catalog.money import WHOLE, format_rate
from catalog.validation import Candidate, Rule, Severity, Standing, Violation

TAUX = "taux"
LISTE = "liste_tiers_payant"


class RateOutOfScale(Rule):
    """The basic scheme and the mutuelle would together pay more than the whole base."""

    severity = Severity.ERROR
    remedy = "Correct one of the two rates: AMO and mutuelle add up to 1 at most."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        brought = list(of_kinds((TAUX,), candidates))
        rates = entries(TAUX, candidates, standing) if brought else {}
        for candidate in brought:
            payload = candidate.payload
            other = rates.get(_code_of(payload, "MUTUELLE" if payload["regime"] == "AMO" else "AMO"))
            if other is not None and payload["taux"] + other["taux"] > WHOLE:
                detail = f"{format_rate(payload['taux'])} and {format_rate(other['taux'])}."
                yield self.broken_by(candidate, field="taux", value=format_rate(payload["taux"]), detail=detail)


def _code_of(payload: Payload, regime: str) -> str:
    case = (payload["prestation"], payload["mode"], payload["secteur"], payload["situation"])
    return taux_code(payload["organisme"], regime, *case)


class PayerRuleIsIncomplete(EntryRule):
    """The rule replaces one forfait by another and does not name both."""

    severity = Severity.ERROR
    remedy = "Fill in `remplace` and `par` with names of forfaits, for example CESARIENNE."
    kinds = ("regle_organisme",)

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        payload = candidate.payload
        if payload["regle"] == "CESARIENNE_NON_JUSTIFIEE" and not (payload["remplace"] and payload["par"]):
            yield self.broken_by(candidate, field="par", value=payload["par"])


class UnknownMedicine(Rule):
    """The medicine of this list is not in the catalogue."""

    # A list may be published before the medicines are imported; until then nothing is found on it.
    remedy = "Import the medicine with `amo-catalog import medicaments`, or correct its code."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        naming = [candidate for candidate in of_kinds((LISTE,), candidates) if candidate.payload["medicament"]]
        known = set(entries("medicament", candidates, standing)) if naming else set()
        for candidate in naming:
            medicament = candidate.payload["medicament"]
            if medicament not in known:
                yield self.broken_by(candidate, field="medicament", value=medicament, detail=f"Found: {medicament}.")


class ListedByNameAlone(EntryRule):
    """The list names this medicine without a presentation: it is shown, and no presentation is taken for it."""

    remedy = "Fill in `medicament` with the code of the presentation when the list itself has been seen."
    kinds = (LISTE,)

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        if not candidate.payload["medicament"]:
            yield self.broken_by(candidate, field="medicament", detail=f"Found: {candidate.payload['nom']}.")


class MalformedInpe(EntryRule):
    """The INPE does not have 9 digits."""

    severity = Severity.ERROR
    remedy = "Take the INPE again as text, with its 9 digits and its leading zeros."
    kinds = ("adhesion",)

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        inpe = candidate.payload["inpe"]
        if not _is_inpe(inpe):
            yield self.broken_by(candidate, field="inpe", value=inpe)


def _is_inpe(text: str) -> bool:
    try:
        return parse_inpe(text) == text
    except CodeError:
        return False
