"""Acts: the NGAP act with the cotation that prices it, the CCAM act with its place in the tree (DOMAIN 2)."""

from __future__ import annotations

from typing import Any

from catalog.ngap_ccam.lookups import ActeNgap, ccam_path, find_acte_ccam, find_acte_ngap, price_target
from catalog.releases.telling import Told
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment
from service.telling.entries import named, tell_entry


def tell_acte_ngap(snapshot: Snapshot, code: str, moment: Moment) -> Told:
    """An NGAP act in force. Raises CodeError, UnknownCodeError, NotInForceError."""
    found = find_acte_ngap(snapshot, code, moment)
    return {
        "kind": found.acte.kind,
        **tell_entry(snapshot, found.acte),
        "cotation": _cotation(snapshot, found),
        "assimilations": [{**named(each), "legal_act": each.legal_act} for each in found.assimilations],
    }


def _cotation(snapshot: Snapshot, found: ActeNgap) -> Told:
    """What prices the act: its own cotation, or that of the act to which it is assimilated; null is never guessed."""
    fields = snapshot.kinds.find(found.acte.kind).fields

    def written(name: str, value: Any) -> Any:
        return None if value is None else fields[name].write(value)

    return {
        "acte": found.tarifant.code if found.tarifant else None,
        "missing": found.manquant,
        "mode": found.mode,
        "lettre": found.lettre,
        "variante": found.variante,
        "coefficient": written("coefficient", found.coefficient),
        "coefficient_anesthesie": written("coefficient_anesthesie", found.coefficient_anesthesie),
        "accord_prealable": found.accord_prealable,
    }


def tell_acte_ccam(snapshot: Snapshot, code: str, moment: Moment) -> Told:
    """A CCAM act in force. Raises CodeError, UnknownCodeError, NotInForceError."""
    version = find_acte_ccam(snapshot, code, moment)
    return {
        "kind": version.kind,
        **tell_entry(snapshot, version),
        "arborescence": [_heading(node) for node in ccam_path(snapshot, version.code, moment)],
        "priced_through": _priced_through(snapshot, version.code, moment),
    }


def _heading(node: Version) -> Told:
    return {**named(node), "niveau": node.payload["niveau"], "strate": node.payload["strate"]}


def _priced_through(snapshot: Snapshot, code: str, moment: Moment) -> Told:
    """The NGAP act that prices the act of the main operator, or why there is none (DOMAIN 2.3, money rule)."""
    target = price_target(snapshot, code, moment)
    return {
        "acte_ngap": target.acte.acte.code if target.acte else None,
        "correspondance": target.correspondance.version.code if target.correspondance else None,
        "refusal": str(target.refusal) if target.refusal else None,
    }
