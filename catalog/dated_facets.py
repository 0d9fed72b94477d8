"""Facets of the search that hang on other entries, the day and the release: lists, levels, payers, conventions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from catalog.conventions.acts import is_act_in_force
from catalog.conventions.adherence import payer_applies
from catalog.conventions.codes import ORGANISMES
from catalog.conventions.listings import tarifs
from catalog.conventions.selection import is_grounded
from catalog.conventions.tiers_payant import find_pharmacy_convention, list_in_force
from catalog.gmr.opinions import level, opinions_on
from catalog.search.dated import DatedFacet, Table
from catalog.search.entries import Entry
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

_TARIFFS = ("lettre_cle", "forfait")
_OF_A_PAYER = ("taux", "regle_organisme")
_CONVENTIONS = ("acte_juridique", "convention", "adherence_organisme")


def tiers_payant(snapshot: Snapshot, moment: Moment) -> Table:
    """By payer, the presentations on its list in force, where it applies the pharmacists' convention (DOMAIN 5)."""
    return {
        organisme: [
            ("medicament", entry.payload["medicament"])
            for entry in list_in_force(snapshot, organisme, moment)
            if entry.payload["medicament"]
        ]
        for organisme in ORGANISMES
        if find_pharmacy_convention(snapshot, organisme, moment) is not None
    }


def smr(snapshot: Snapshot, moment: Moment) -> Table:
    """By level, the presentations whose latest opinions reach it that day (DOMAIN 1.6)."""
    if next(snapshot.in_force("avis", moment), None) is None:
        return {}
    found: dict[str, list[Entry]] = defaultdict(list)
    for presentation in snapshot.in_force("medicament", moment):
        opinions = opinions_on(snapshot, presentation, moment)
        reached = level(snapshot, opinions, "smr", moment) if opinions else None
        if reached is not None:
            found[reached].append((presentation.kind, presentation.code))
    return found


def organisme(snapshot: Snapshot, moment: Moment) -> Table:
    """By payer, the conventions it applies that day, and the tariffs, rates and rules by which it pays."""
    found: Mapping[str, list[Entry]] = {payer: [] for payer in ORGANISMES}
    for kind in ("convention", *_TARIFFS, *_OF_A_PAYER):
        for version in snapshot.in_force(kind, moment):
            for payer in _payers(snapshot, version, moment):
                found[payer].append((kind, version.code))
    return found


def _payers(snapshot: Snapshot, version: Version, moment: Moment) -> Iterator[str]:
    """A payer's own value needs no adherence: it is what the payer pays instead."""
    own = version.payload.get("organisme")
    if version.kind in _TARIFFS and not is_grounded(snapshot, version, moment):
        return
    if own is not None:
        if is_act_in_force(snapshot, version.legal_act, moment):
            yield own
        return
    convention = version.code if version.kind == "convention" else version.payload["convention"]
    yield from (payer for payer in ORGANISMES if payer_applies(snapshot, convention, payer, moment))


def convention(snapshot: Snapshot, moment: Moment) -> Table:
    """By convention, itself and its lines that day, in force or still on their way; of an avenant those it has set."""
    found: dict[str, set[Entry]] = defaultdict(set)
    for version in snapshot.in_force("convention", moment):
        lines = tarifs(snapshot, version.code, moment, pending=True)
        found[version.code] = {("convention", version.code), *((line.kind, line.code) for line in lines)}
    for kind in _TARIFFS:
        for version in snapshot.in_force(kind, moment):
            found[version.payload["convention"]].add((kind, version.code))
    return found


DATED: Mapping[str, DatedFacet] = {
    "tiers_payant": DatedFacet((*_CONVENTIONS, "liste_tiers_payant"), tiers_payant),
    "smr": DatedFacet(("medicament", "avis", "niveau"), smr),
    "organisme": DatedFacet((*_CONVENTIONS, *_TARIFFS, *_OF_A_PAYER), organisme),
    "convention": DatedFacet((*_CONVENTIONS, *_TARIFFS), convention),
}
"""With the kinds that each looks at."""
