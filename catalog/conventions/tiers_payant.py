"""Tiers payant for costly medicines: lists, the convention that carries them, pharmacies (DOMAIN 5)."""

from __future__ import annotations

from catalog.conventions.acts import is_act_in_force
from catalog.conventions.adherence import CONVENTION, payer_applies
from catalog.conventions.codes import ORGANISMES
from catalog.conventions.errors import AmbiguousTariffError
from catalog.conventions.indexes import LISTE, listed
from catalog.conventions.stretches import steady
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

ADHESION = "adhesion"
PHARMACIENS = "pharmaciens"


@steady
def find_pharmacy_convention(snapshot: Snapshot, organisme: str, moment: Moment) -> Version | None:
    """The newest convention of the pharmacists that the payer applies that day; None where it applies none."""
    applied = [
        version
        for version in snapshot.in_force(CONVENTION, moment)
        if version.payload["profession"] == PHARMACIENS and payer_applies(snapshot, version.code, organisme, moment)
    ]
    return max(applied, key=lambda version: (version.period.start, version.code), default=None)


@steady
def find_on_list(snapshot: Snapshot, organisme: str, medicament: str, moment: Moment) -> Version | None:
    """The entry of a presentation on the payer's list in force; an entry known by name alone matches nothing.

    Raises AmbiguousTariffError when two entries stand for the presentation.
    """
    codes = listed(snapshot).get((organisme, medicament), ())
    found = [entry for code in codes if (entry := snapshot.find(LISTE, code, moment)) is not None]
    found = [
        entry for entry in found if entry.payload["medicament"] == medicament and _is_held(snapshot, entry, moment)
    ]
    if len(found) > 1:
        what = f"the tiers-payant list of {organisme} for {medicament}"
        raise AmbiguousTariffError(what, moment, [entry.code for entry in found])
    return found[0] if found else None


@steady
def list_in_force(snapshot: Snapshot, organisme: str, moment: Moment) -> tuple[Version, ...]:
    """The entries of the payer's list that day, by name; empty where no list is in force."""
    found = [
        entry
        for entry in snapshot.in_force(LISTE, moment)
        if entry.payload["organisme"] == organisme and _is_held(snapshot, entry, moment)
    ]
    return tuple(sorted(found, key=lambda entry: (entry.payload["nom"], entry.code)))


def organismes_listing(snapshot: Snapshot, medicament: str, moment: Moment) -> list[str]:
    """The payers whose list holds a presentation that day and who apply the pharmacists' convention."""
    return [
        organisme
        for organisme in ORGANISMES
        if find_on_list(snapshot, organisme, medicament, moment) is not None
        and find_pharmacy_convention(snapshot, organisme, moment) is not None
    ]


def find_adhesion(snapshot: Snapshot, inpe: str, organisme: str, moment: Moment) -> Version | None:
    """What is recorded of a pharmacy's standing with a payer; None means a member, for membership is opt-out."""
    return snapshot.find(ADHESION, f"{inpe}:{organisme}", moment)


def _is_held(snapshot: Snapshot, entry: Version, moment: Moment) -> bool:
    return is_act_in_force(snapshot, entry.legal_act, moment)
