"""What the family answers, at a moment, from a snapshot: the door for the API, the site and pricing."""

from __future__ import annotations

from catalog.ngap_ccam.actes import (
    ActeNgap,
    acte_ngap,
    ccam_path,
    find_acte_ccam,
    find_acte_ngap,
    find_version,
)
from catalog.ngap_ccam.cotations import CcamCode, Cotation, NgapCode, parse_act_code
from catalog.ngap_ccam.mappings import (
    LIBELLES,
    Correspondance,
    correspondances_ccam,
    correspondances_ngap,
)
from catalog.ngap_ccam.price_targets import PriceTarget, Refusal, as_target, price_target

__all__ = [
    "LIBELLES",
    "ActeNgap",
    "CcamCode",
    "Correspondance",
    "Cotation",
    "NgapCode",
    "PriceTarget",
    "Refusal",
    "acte_ngap",
    "as_target",
    "ccam_path",
    "correspondances_ccam",
    "correspondances_ngap",
    "find_acte_ccam",
    "find_acte_ngap",
    "find_version",
    "parse_act_code",
    "price_target",
]
