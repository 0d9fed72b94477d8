"""An entry in force, and the short form in which another one names it."""

from __future__ import annotations

from catalog.errors import NotInForceError, UnknownCodeError
from catalog.releases.telling import Told, tell_periods, tell_version
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment


def find_entry(snapshot: Snapshot, kind_name: str, code: str, moment: Moment) -> Version:
    """The value in force of a code, as somebody writes it. Raises CodeError, UnknownCodeError, NotInForceError."""
    kind = snapshot.kinds.find(kind_name)
    canonical = kind.parse_code(code)
    found = snapshot.find(kind.name, canonical, moment)
    if found is not None:
        return found
    if not snapshot.is_known(kind.name, canonical, moment.release):
        raise UnknownCodeError(kind.label, canonical)
    known = snapshot.versions(kind.name, canonical, moment.release)
    raise NotInForceError(kind.label, canonical, moment.as_of, tell_periods(version.period for version in known))


def tell_entry(snapshot: Snapshot, version: Version) -> Told:
    """The fields of an entry with its period and ground."""
    told = tell_version(snapshot.kinds.find(version.kind), version)
    return {name: value for name, value in told.items() if name not in ("release", "closed_by")}


def named(version: Version) -> Told:
    """An entry by its code and its French label."""
    return {"code": version.code, "libelle": version.payload["libelle"]}
