"""Devices (DOMAIN 4)."""

from __future__ import annotations

from catalog.dispositifs.lookups import find_dispositif
from catalog.releases.telling import Told
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment
from service.telling.entries import named, tell_entry


def tell_dispositif(snapshot: Snapshot, code: str, moment: Moment) -> Told:
    """A device in force, and the one that has taken its place. Raises CodeError, UnknownCodeError, NotInForceError."""
    found = find_dispositif(snapshot, code, moment)
    remplacant = found.remplacant
    return {
        "kind": found.version.kind,
        **tell_entry(snapshot, found.version),
        "remplacant": None if remplacant is None else {**named(remplacant), "legal_act": remplacant.legal_act},
    }
