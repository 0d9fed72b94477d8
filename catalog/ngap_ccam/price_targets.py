"""The price that may pass from an NGAP act to a CCAM act through a mapping (DOMAIN 2.3, money rule)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from catalog.ngap_ccam.actes import ActeNgap, acte_ngap
from catalog.ngap_ccam.codes import Target, parse_ccam, parse_target
from catalog.ngap_ccam.correspondance_rules import target_of
from catalog.ngap_ccam.mappings import Correspondance, correspondances_ccam
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment

MAIN_OPERATOR = ("1", "0")
"""Activity and phase meant by a bare CCAM code: main operator, act in one phase (an assumption)."""

ANAESTHESIA = "4"


class Refusal(StrEnum):
    """Why no NGAP act prices a CCAM act."""

    NO_MAPPING = "No validated mapping leads from this CCAM act to an NGAP act."
    NOT_EQUIVALENT = "Its validated mappings are not equivalent, and only an equivalent one may carry a price."
    SEVERAL = "Several NGAP acts are declared equivalent to it: choosing one would be a guess."


@dataclass(frozen=True, slots=True)
class PriceTarget:
    """The NGAP act that prices a CCAM act and the mapping that says so, or why there is none."""

    acte: ActeNgap | None
    correspondance: Correspondance | None
    refusal: Refusal | None

    @property
    def coefficient(self) -> int | None:
        """In hundredths: of anaesthesia for activity 4, of the act for any other (DOMAIN 2.3); None without one."""
        if self.acte is None or self.correspondance is None:
            return None
        is_anaesthesia = self.correspondance.version.payload["activite"] == ANAESTHESIA
        return self.acte.coefficient_anesthesie if is_anaesthesia else self.acte.coefficient


def price_target(snapshot: Snapshot, code: str, moment: Moment) -> PriceTarget:
    """The NGAP act through which a CCAM act is priced: by an ``equivalent``, validated, valid mapping, or not at all.

    ``code`` is ``HBJD001-1-0``, or ``HBJD001``, taken as activity 1, phase 0. Raises CodeError.
    """
    target = as_target(code)
    found = [c for c in correspondances_ccam(snapshot, target.code, moment) if target_of(c.version.payload) == target]
    if not found:
        return PriceTarget(None, None, Refusal.NO_MAPPING)
    equivalents = [correspondance for correspondance in found if correspondance.carries_price]
    if len(equivalents) != 1:
        return PriceTarget(None, None, Refusal.SEVERAL if equivalents else Refusal.NOT_EQUIVALENT)
    chosen = equivalents[0]
    return PriceTarget(acte_ngap(snapshot, chosen.acte_ngap.code, moment), chosen, None)


def as_target(code: str) -> Target:
    """A CCAM code with its activity and phase; a bare one is its main operator's. Raises CodeError."""
    return parse_target(code) if "-" in code else Target(parse_ccam(code), *MAIN_OPERATOR)
