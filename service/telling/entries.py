"""An entry in force, and the short form in which another one names it."""

from __future__ import annotations

from catalog.releases.telling import Told, tell_version
from catalog.snapshots.reading import Snapshot, Version


def tell_entry(snapshot: Snapshot, version: Version) -> Told:
    """The fields of an entry with its period and ground."""
    told = tell_version(snapshot.kinds.find(version.kind), version)
    return {name: value for name, value in told.items() if name not in ("release", "closed_by")}


def named(version: Version) -> Told:
    """An entry by its code and its French label."""
    return {"code": version.code, "libelle": version.payload["libelle"]}
