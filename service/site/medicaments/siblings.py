"""Presentations alike in DCI, dosage and form, for a medicine in no generic group: near, and not proven equivalent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from catalog.gmr.groups import GroupKey, Payload, composition, form_family, pack_size
from catalog.gmr.indexes import known_versions, per_release
from catalog.gmr.lookups import saving
from catalog.releases.telling import Told
from catalog.snapshots.reading import Snapshot, Version
from service.site.medicaments.groups import cheapest, tell_presentation
from service.site.visits import Visit

MOST = 20
"""Presentations shown; the search by DCI has them all."""


@dataclass(frozen=True, slots=True)
class Siblings:
    """The cheapest presentations alike, and how many there are in all."""

    shown: list[Told]
    total: int


def siblings_of(visit: Visit, asked: Version) -> Siblings:
    """What has the composition and form family of ``asked`` that day, cheapest first; none for a member of a group.

    Delisted presentations and those without a public price are left out, and packs known to hold something else.
    """
    found = [] if asked.payload["groupe_generique"] else sorted(_once_each(visit, asked), key=cheapest)
    return Siblings([_tell(visit, asked, each) for each in found[:MOST]], len(found))


def _once_each(visit: Visit, asked: Version) -> Iterator[Version]:
    """Those that are alike, and a product that two codes name only once (DOMAIN 1.1); ``asked`` itself never."""
    seen = {_product(asked.payload)}
    for version in _alike(visit, asked):
        product = _product(version.payload)
        if product not in seen:
            seen.add(product)
            yield version


def _product(payload: Payload) -> tuple[object, ...]:
    """What a product is known by beside its code; its composition and form family are those of its siblings."""
    return tuple(payload[name] for name in ("nom", "forme", "presentation", "ppv"))


def _alike(visit: Visit, asked: Version) -> Iterator[Version]:
    key = _likeness(asked.payload)
    codes = codes_by_likeness(visit.snapshot, visit.moment.release).get(key, ()) if key else ()
    for code in codes:
        version = visit.snapshot.find("medicament", code, visit.moment)
        if version is None or code == asked.code or _likeness(version.payload) != key:
            continue
        payload = version.payload
        if payload["ppv"] is not None and not payload["retire"] and _same_pack(asked.payload, payload) is not False:
            yield version


@per_release
def codes_by_likeness(snapshot: Snapshot, release: int) -> Mapping[GroupKey, tuple[str, ...]]:
    """Presentations known at a release by what they ever were: codes alone, for versions are read when asked for."""
    found: dict[GroupKey, dict[str, None]] = defaultdict(dict)
    for version in known_versions(snapshot, "medicament", release):
        key = _likeness(version.payload)
        if key is not None:
            found[key][version.code] = None
    return {key: tuple(codes) for key, codes in found.items()}


def _likeness(payload: Payload) -> GroupKey | None:
    """DCI, dosages, units and form family; None where the entry does not state them all."""
    if not all(payload[name] for name in ("dci", "dosages", "unites", "forme")):
        return None
    return (composition(payload), form_family(payload["forme"]))


def _same_pack(one: Payload, other: Payload) -> bool | None:
    """Whether two packs hold as much; None where one of them is not stated, so that prices cannot be compared."""
    if not one["presentation"] or not other["presentation"]:
        return None
    return pack_size(one["presentation"]) == pack_size(other["presentation"])


def _tell(visit: Visit, asked: Version, found: Version) -> Told:
    compared = _same_pack(asked.payload, found.payload)
    saved = saving(asked.payload["ppv"], found.payload["ppv"]) if compared else None
    return tell_presentation(visit, found) | {"saving": saved}
