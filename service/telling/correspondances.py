"""The mappings between NGAP and CCAM, read from either side (DOMAIN 2.3)."""

from __future__ import annotations

from catalog.ngap_ccam.correspondance_rules import VALIDATED
from catalog.ngap_ccam.lookups import (
    Correspondance,
    correspondances_ccam,
    correspondances_ngap,
    find_acte_ccam,
    find_acte_ngap,
)
from catalog.ngap_ccam.schemas import STATUTS
from catalog.releases.telling import Told
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment
from service.telling.entries import named, tell_entry

IN_PROGRESS = tuple(statut for statut in STATUTS if statut not in (*VALIDATED, "REJECTED", "SUPERSEDED"))
"""Stages at which a mapping is being worked on: counted, never told as an answer."""


def mappings_of_ngap(snapshot: Snapshot, code: str, moment: Moment) -> Told:
    """The validated mappings of an NGAP act. Raises CodeError, UnknownCodeError, NotInForceError."""
    acte = find_acte_ngap(snapshot, code, moment).acte
    return {
        "kind": acte.kind,
        **named(acte),
        "in_progress": len(correspondances_ngap(snapshot, acte.code, moment, statuts=IN_PROGRESS)),
        "correspondances": [
            _tell(snapshot, found, found.libelle) for found in correspondances_ngap(snapshot, acte.code, moment)
        ],
    }


def mappings_of_ccam(snapshot: Snapshot, code: str, moment: Moment) -> Told:
    """The validated mappings that lead to a CCAM act. Raises CodeError, UnknownCodeError, NotInForceError."""
    acte = find_acte_ccam(snapshot, code, moment)
    return {
        "kind": acte.kind,
        **named(acte),
        "in_progress": len(correspondances_ccam(snapshot, acte.code, moment, statuts=IN_PROGRESS)),
        "correspondances": [
            _tell(snapshot, found, found.libelle_inverse) for found in correspondances_ccam(snapshot, acte.code, moment)
        ],
    }


def _tell(snapshot: Snapshot, found: Correspondance, libelle: str) -> Told:
    """``relation`` is always read from NGAP to CCAM; its label from the side asked about."""
    return {
        **tell_entry(snapshot, found.version),
        "relation_libelle": libelle,
        "acte_ngap_libelle": found.acte_ngap.payload["libelle"],
        "acte_ccam_libelle": found.acte_ccam.payload["libelle"] if found.acte_ccam else None,
        "carries_price": found.carries_price,
    }
