"""Rules on the prices of one presentation (DOMAIN 1.2, 1.3, 1.5)."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.gmr.entry_rules import dirhams
from catalog.money import WHOLE
from catalog.validation import Candidate, EntryRule, Severity, Violation


class MedicamentRule(EntryRule):
    """A rule on one presentation."""

    kind = "medicament"


class GenericBaseIsNotItsPrice(MedicamentRule):
    """The base of a generic is not its own public price."""

    # DOMAIN 1.3 and 8.2; three generics of the 2014 list break it, so it warns.
    remedy = (
        "A generic is reimbursed on its own price: check both figures against the list, and keep them if it has them."
    )

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        ppv, pbr = candidate.payload["ppv"], candidate.payload["pbr"]
        is_generic = candidate.payload["princeps_generique"] == "G"
        if is_generic and ppv is not None and pbr is not None and ppv != pbr:
            detail = f"Published base: {dirhams(pbr)}; public price: {dirhams(ppv)}."
            yield self.broken_by(candidate, field="pbr", value=dirhams(pbr), detail=detail)


class PrincepsBaseAbovePrice(MedicamentRule):
    """The base is above the public price of a medicine that is not a generic."""

    # DOMAIN 8.2; an entry without its P/G mark is judged too: no text gives any medicine a base above its price.
    remedy = "Check both figures against the list: one of them was probably typed wrong."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        ppv, pbr = candidate.payload["ppv"], candidate.payload["pbr"]
        is_generic = candidate.payload["princeps_generique"] == "G"
        if not is_generic and ppv is not None and pbr is not None and pbr > ppv:
            detail = f"Published base: {dirhams(pbr)}; public price: {dirhams(ppv)}."
            yield self.broken_by(candidate, field="pbr", value=dirhams(pbr), detail=detail)


class AdmittedWithoutBase(MedicamentRule):
    """The medicine is admitted to reimbursement without any base."""

    # DOMAIN 9: 27 of the 2014 list. A hospital-only medicine has its base on the hospital price.
    remedy = "Find the base in the list or its arrêté; until then nothing can be computed for this medicine."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        payload = candidate.payload
        if payload["admis_remboursement"] and payload["pbr"] is None and payload["pbr_ph"] is None:
            detail = f"Public price: {dirhams(payload['ppv'])}; hospital price: {dirhams(payload['ph'])}."
            yield self.broken_by(candidate, field="pbr", detail=detail)


class HospitalPriceOutOfBand(MedicamentRule):
    """The hospital price is out of proportion with the public price."""

    # DOMAIN 1.2: 0.62 to 0.67 for most of the 2014 list, up to 0.98 for costly medicines; the band is an assumption.
    remedy = "Check both prices against the list; keep them if the list has them."

    def __init__(self, lowest: int = 5_500, highest: int = WHOLE) -> None:
        """The band of PH / PPV, both ends included, in basis points."""
        self.lowest, self.highest = lowest, highest

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        ppv, ph = candidate.payload["ppv"], candidate.payload["ph"]
        if ppv is None or ph is None or self.lowest * ppv <= WHOLE * ph <= self.highest * ppv:
            return
        detail = (
            f"Hospital price: {dirhams(ph)}; public price: {dirhams(ppv)}; "
            f"expected between {self.lowest / WHOLE:.2f} and {self.highest / WHOLE:.2f} of it."
        )
        yield self.broken_by(candidate, field="ph", value=dirhams(ph), detail=detail)


class PriceJump(MedicamentRule):
    """The public price changes by an unusual amount."""

    # [A] No text sets a limit: half of the former price separates revisions from typing errors on the lists seen.
    remedy = "Check the new price against the arrêté: a missing or extra digit looks like this."

    def __init__(self, largest: int = 5_000) -> None:
        """The largest ordinary change, up or down, in basis points of the former price."""
        self.largest = largest

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        before = candidate.previous["ppv"] if candidate.previous else None
        after = candidate.payload["ppv"]
        if before is None or after is None or WHOLE * abs(after - before) <= self.largest * before:
            return
        detail = f"Before: {dirhams(before)}; now: {dirhams(after)}, a change of more than {self.largest // 100} %."
        yield self.broken_by(candidate, field="ppv", value=dirhams(after), detail=detail)


class RetiredYetAdmitted(MedicamentRule):
    """The medicine is both delisted and admitted to reimbursement."""

    severity = Severity.ERROR
    remedy = "A delisted medicine is not admitted: clear one of the two."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        if candidate.payload["retire"] and candidate.payload["admis_remboursement"]:
            yield self.broken_by(candidate, field="retire", value="oui")
