"""The page of a generic group: its princeps and its generics, cheapest first."""

from __future__ import annotations

from catalog.gmr.outlook import closest_base, in_group
from catalog.gmr.statut import dosage_text, statut
from catalog.money import format_dirhams
from catalog.releases.telling import Told
from catalog.snapshots.reading import Version
from service.site.rooms import Shown
from service.site.visits import Visit
from service.telling.entries import find_entry, tell_entry


def show_group(visit: Visit, code: str) -> Shown:
    """The group and its members. Raises CodeError, UnknownCodeError, NotInForceError."""
    version = find_entry(visit.snapshot, "groupe_generique", code, visit.moment)
    members = sorted(in_group(visit.snapshot, version.code, visit.moment), key=cheapest)
    context = {
        "groupe": tell_entry(visit.snapshot, version) | {"dosage": dosage_text(version.payload)},
        "members": [_tell_member(visit, member) for member in members],
    }
    return Shown("groupe.html", context)


def cheapest(version: Version) -> tuple[bool, int, str]:
    """The order of public prices; those without one come last."""
    ppv = version.payload["ppv"]
    return (ppv is None, ppv or 0, version.code)


def tell_presentation(visit: Visit, version: Version) -> Told:
    """A presentation with its dosage in one text and its standing."""
    payload = version.payload
    return tell_entry(visit.snapshot, version) | {"dosage": dosage_text(payload), "statut": statut(payload)}


def _tell_member(visit: Visit, member: Version) -> Told:
    """``expected`` is the base the rule gives, where the published one is another."""
    expected = closest_base(visit.snapshot, member, visit.moment)
    differs = expected is not None and member.payload["pbr"] not in (None, expected)
    return tell_presentation(visit, member) | {
        "expected": format_dirhams(expected) if differs and expected is not None else None
    }
