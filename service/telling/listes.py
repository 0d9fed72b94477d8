"""The tiers-payant list of a payer (DOMAIN 5)."""

from __future__ import annotations

from catalog.conventions.codes import ORGANISMES
from catalog.conventions.indexes import listed
from catalog.conventions.lookups import (
    AmbiguousTariffError,
    find_on_list,
    find_pharmacy_convention,
    list_in_force,
)
from catalog.pricing.tiers_payant import LIST_NOT_IN_FORCE, PAYER_NOT_APPLYING
from catalog.pricing.tiers_payant_lists import find_named
from catalog.releases.telling import Told
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment
from service.telling.entries import named, tell_entry


def payers_listing(snapshot: Snapshot, medicament: str, moment: Moment) -> list[str]:
    """The payers whose list in force holds a presentation; on it twice by mistake, it is on it all the same."""
    recorded = listed(snapshot)
    return [
        payer
        for payer in ORGANISMES
        # Nearly no medicine is on any list.
        if (payer, medicament) in recorded
        and find_pharmacy_convention(snapshot, payer, moment)
        and _is_listed(snapshot, payer, medicament, moment)
    ]


def payers_naming(snapshot: Snapshot, medicament: Version, moment: Moment) -> list[str]:
    """The payers whose list in force names a medicine without its presentation: it may be on it, and may not."""
    return [
        payer
        for payer in ORGANISMES
        if find_pharmacy_convention(snapshot, payer, moment)
        and not _is_listed(snapshot, payer, medicament.code, moment)
        and find_named(list_in_force(snapshot, payer, moment), medicament)
    ]


def _is_listed(snapshot: Snapshot, organisme: str, medicament: str, moment: Moment) -> bool:
    try:
        return find_on_list(snapshot, organisme, medicament, moment) is not None
    except AmbiguousTariffError:
        return True


def tell_list(snapshot: Snapshot, organisme: str, moment: Moment) -> Told:
    """The list in force for a payer; empty, with the reason, where it applies no convention or has no list."""
    convention = find_pharmacy_convention(snapshot, organisme, moment)
    entries = list_in_force(snapshot, organisme, moment) if convention else ()
    return {
        "organisme": organisme,
        "convention": None if convention is None else {**named(convention), "legal_act": convention.legal_act},
        "versions": sorted({str(entry.payload["version"]) for entry in entries}),
        "reasons": _reasons(convention, entries),
        "medicaments": [tell_entry(snapshot, entry) for entry in entries],
    }


def _reasons(convention: Version | None, entries: tuple[Version, ...]) -> list[str]:
    if convention is None:
        return [PAYER_NOT_APPLYING]
    return [] if entries else [LIST_NOT_IN_FORCE]
