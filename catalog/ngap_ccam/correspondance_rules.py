"""Rules on mappings (DOMAIN 2.3, 8.7): what each stage and each relation demands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalog.kinds import Payload
from catalog.ngap_ccam.codes import Target, correspondance_code
from catalog.ngap_ccam.schemas import STATUTS
from catalog.validation import Candidate, EntryRule, Rule, Severity, Standing, Violation, entries, of_kind

VALIDATED = ("EXPERT_VALIDATED", "PUBLISHED")
"""The stages at which a mapping may be answered, and may carry a price."""
ENDED = ("REJECTED", "SUPERSEDED")
NO_MAP = "no-map"
EQUIVALENT = "equivalent"


def target_of(payload: Payload) -> Target | None:
    """The CCAM side of a mapping, or None where one of its three parts is absent."""
    parts = (payload["acte_ccam"], payload["activite"], payload["phase"])
    return Target(*parts) if all(parts) else None


class MappingRule(EntryRule):
    """A rule on single mappings."""

    kind = "correspondance"
    severity = Severity.ERROR


class MappingCodeDiffers(MappingRule):
    """The code of the mapping does not name its own act, CCAM code, activity and phase."""

    # DOMAIN 8.7 asks for one row a source and target: the code is made of them, so two rows cannot share them.
    remedy = "Write the code as NGAP>CCAM-activity-phase, or NGAP>AUCUN, of the same row."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        own = correspondance_code(candidate.payload["acte_ngap"], target_of(candidate.payload))
        if own != candidate.code:
            yield self.broken_by(candidate, field="code", value=candidate.code, detail=f"The row says {own}.")


class TargetIncomplete(MappingRule):
    """A mapping points at a CCAM code with its activity and its phase."""

    remedy = "Fill in all three, or choose the relation no-map and say why."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        payload = candidate.payload
        for field in ("acte_ccam", "activite", "phase"):
            if payload["relation"] != NO_MAP and payload[field] is None:
                yield self.broken_by(candidate, field=field)


class NoMapNamesATarget(MappingRule):
    """A no-map mapping says that there is no corresponding act, and names one."""

    remedy = "Leave the CCAM code, activity and phase empty, or choose another relation."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        payload = candidate.payload
        for field in ("acte_ccam", "activite", "phase"):
            if payload["relation"] == NO_MAP and payload[field] is not None:
                yield self.broken_by(candidate, field=field, value=payload[field])


class NoMapWithoutReason(MappingRule):
    """A no-map mapping gives its reason."""

    remedy = "Fill in the motif."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        if candidate.payload["relation"] == NO_MAP and not candidate.payload["motif"]:
            yield self.broken_by(candidate, field="motif")


class ValidationWithoutDecision(MappingRule):
    """A mapping validated by the experts names who decided, when, and where it can be read."""

    remedy = "Fill in decide_par, decide_le and preuve, or leave the mapping at an earlier stage."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        payload = candidate.payload
        for field in ("decide_par", "decide_le", "preuve"):
            if payload["statut"] in VALIDATED and payload[field] is None:
                yield self.broken_by(candidate, field=field)


class StageWentBack(EntryRule):
    """The mapping returns to an earlier stage of its validation."""

    kind = "correspondance"
    remedy = "Check the decision; a new mapping is usually a new period of the same code."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        before = candidate.previous["statut"] if candidate.previous else None
        after = candidate.payload["statut"]
        if before is not None and STATUTS.index(after) < STATUTS.index(before):
            yield self.broken_by(candidate, field="statut", value=after, detail=f"It was {before}.")


class MappedActIsNotInForce(Rule):
    """An act of this mapping is not in force: the mapping is invalid."""

    # DOMAIN 2.3: invalid if either side is retired. Readers leave such a mapping out as well, whenever a side retires.
    severity = Severity.ERROR
    remedy = "Bring the act first, or give the mapping the stage SUPERSEDED."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        mappings = [found for found in of_kind("correspondance", candidates) if found.payload["statut"] not in ENDED]
        for kind in ("acte_ngap", "acte_ccam"):
            known = entries(kind, candidates, standing) if mappings else {}
            for candidate in mappings:
                act = candidate.payload[kind]
                if act is not None and act not in known:
                    yield self.broken_by(candidate, field=kind, value=act, detail=f"({act})")


class TwoEquivalentsForOneTarget(Rule):
    """Two NGAP acts are declared equivalent to one CCAM act, activity and phase: its price would be a guess."""

    severity = Severity.ERROR
    remedy = "Keep the one that is equivalent; the other is narrower, broader or related."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        mappings = of_kind("correspondance", candidates)
        known = entries("correspondance", candidates, standing) if mappings else {}
        first: dict[Target, str] = {}
        brought = {candidate.code for candidate in mappings}
        for code, payload in sorted(known.items(), key=lambda entry: (entry[0] in brought, entry[0])):
            target = target_of(payload)
            if target is not None and carries_price(payload):
                first.setdefault(target, code)
        for candidate in mappings:
            target = target_of(candidate.payload)
            if target is not None and carries_price(candidate.payload) and first[target] != candidate.code:
                yield self.broken_by(candidate, field="relation", detail=f"The other: {first[target]}.")


def carries_price(payload: Payload) -> bool:
    """Whether a mapping may transfer a price: ``equivalent``, and validated (DOMAIN 2.3, money rule)."""
    return payload["relation"] == EQUIVALENT and payload["statut"] in VALIDATED
