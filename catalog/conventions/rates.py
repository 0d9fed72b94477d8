"""Rates of reimbursement and rules of payers (DOMAIN 1.4, 3.3, 3.4)."""

from __future__ import annotations

from catalog.conventions.acts import is_act_in_force
from catalog.conventions.codes import taux_code
from catalog.conventions.stretches import steady
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

TAUX = "taux"
REGLE = "regle_organisme"


@steady
def find_taux(
    snapshot: Snapshot,
    regime: str,
    organisme: str,
    prestation: str,
    mode: str,
    secteur: str | None,
    situation: str,
    moment: Moment,
) -> Version | None:
    """The rate in force for a case, that of its sector before that of all; None where no text gives one.

    The situation is taken as asked: without a rate for EXONERATION nothing is put in its place here.
    """
    for sector in dict.fromkeys((secteur, None)):
        code = taux_code(organisme, regime, prestation, mode, sector, situation)
        found = snapshot.find(TAUX, code, moment)
        if found is not None and is_act_in_force(snapshot, found.legal_act, moment):
            return found
    return None


@steady
def find_regles(snapshot: Snapshot, organisme: str, regle: str, moment: Moment) -> tuple[Version, ...]:
    """The payer's rules of that name in force, national law first, payers' decisions last."""
    found = [
        version
        for version in snapshot.in_force(REGLE, moment)
        if (version.payload["organisme"], version.payload["regle"]) == (organisme, regle)
        and is_act_in_force(snapshot, version.legal_act, moment)
    ]
    return tuple(sorted(found, key=lambda version: (version.payload["rang"], version.code)))
