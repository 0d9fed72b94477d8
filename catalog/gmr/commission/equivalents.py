"""The equivalents already listed, with which a new medicine is compared: its generic group, else DCI, else class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from catalog.fields import LIST_SEPARATOR
from catalog.gmr.codes import fold
from catalog.gmr.commission.items import described
from catalog.gmr.commission.models import Item
from catalog.gmr.indexes import substances
from catalog.gmr.statut import ADMIS, dosage_text, statut
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

BASES = {
    "groupe": "même groupe générique",
    "dci": "même DCI",
    "classe": "même classe thérapeutique",
    "aucun": "aucun équivalent inscrit",
}


def about(snapshot: Snapshot, item: Item, moment: Moment) -> dict[str, Any]:
    """What is known of a presentation of a dossier: as listed that day, else as proposed."""
    version = snapshot.find("medicament", item.code, moment) if item.code else None
    if version is not None:
        payload = version.payload
        return {**payload, "code": item.code, "dosage": dosage_text(payload), "is_listed": True}
    told = described(item)
    dci = tuple(part.strip() for part in told.get("dci", "").split(LIST_SEPARATOR) if part.strip())
    names = ("nom", "dosage", "forme", "presentation", "classe_therapeutique")
    blank = {"groupe_generique": None, "ppv": None, "code": item.code, "is_listed": False, "dci": dci or None}
    return blank | {name: told.get(name) for name in names} | {"nom": told.get("nom") or item.code}


def equivalents(snapshot: Snapshot, asked: Mapping[str, Any], moment: Moment) -> tuple[str, list[Version]]:
    """The basis of comparison and the admitted, priced presentations it gives, cheapest first, itself left out."""
    listed = [
        version
        for version in snapshot.in_force("medicament", moment)
        if statut(version.payload) == ADMIS and version.payload["ppv"] and version.code != asked["code"]
    ]
    for basis, is_alike in _bases(asked):
        found = [version for version in listed if is_alike(version)]
        if found:
            return basis, sorted(found, key=lambda v: (v.payload["ppv"], v.code))
    return "aucun", []


def _bases(asked: Mapping[str, Any]) -> list[tuple[str, Callable[[Version], bool]]]:
    group, dci, classe = asked["groupe_generique"], asked["dci"], asked["classe_therapeutique"]
    found: list[tuple[str, Callable[[Version], bool]]] = []
    if group:
        found.append(("groupe", lambda v: v.payload["groupe_generique"] == group))
    if dci:
        named = substances(dci)
        found.append(("dci", lambda v: bool(v.payload["dci"]) and substances(v.payload["dci"]) == named))
    if classe:
        told = fold(classe)
        found.append(("classe", lambda v: fold(v.payload["classe_therapeutique"] or "") == told))
    return found
