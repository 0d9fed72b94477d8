"""The page of a DCI listed by arrêté, and which presentations answer to the listing."""

from __future__ import annotations

from catalog.gmr.groups import composition, form_family
from catalog.gmr.indexes import substances
from catalog.gmr.statut import dosage_text
from catalog.kinds import Payload
from catalog.releases.telling import Told
from catalog.snapshots.reading import Version
from service.site.medicaments.groups import cheapest, tell_presentation
from service.site.rooms import Shown
from service.site.tarifs.asking import paged
from service.site.visits import Visit
from service.telling.entries import find_entry, tell_entry


def show_substance(visit: Visit, code: str) -> Shown:
    """The listing and its presentations in force. Raises CodeError, UnknownCodeError, NotInForceError."""
    version = find_entry(visit.snapshot, "substance", code, visit.moment)
    found = [
        each
        for each in visit.snapshot.in_force("medicament", visit.moment)
        if answers_to(version.payload, each.payload)
    ]
    found.sort(key=lambda each: (each.payload["nom"], *cheapest(each)))
    page = paged(visit, found, "substance", code=version.code)
    page["shown"] = [tell_presentation(visit, each) for each in page["shown"]]
    context = {
        **page,
        "substance": _tell(visit, version),
        "beside": [each for each in listings_of(visit, version) if each["code"] != version.code],
    }
    return Shown("substance.html", context)


def listings_of(visit: Visit, entry: Version) -> list[Told]:
    """The listings in force of the DCI of a presentation or of another listing, in order of code."""
    if not entry.payload["dci"]:
        return []
    named = substances(entry.payload["dci"])
    return [
        _tell(visit, listed)
        for listed in visit.snapshot.in_force("substance", visit.moment)
        if substances(listed.payload["dci"]) == named
    ]


def answers_to(listed: Payload, payload: Payload) -> bool:
    """Whether a presentation has the DCI of a listing, and the dosages and form the listing gives."""
    if not payload["dci"] or substances(payload["dci"]) != substances(listed["dci"]):
        return False
    if listed["dosages"] and composition(listed) != composition(payload):
        return False
    return not listed["forme"] or form_family(listed["forme"]) == form_family(payload["forme"] or "")


def _tell(visit: Visit, version: Version) -> Told:
    return tell_entry(visit.snapshot, version) | {"dosage": dosage_text(version.payload)}
