"""Conventions: how far each has gone, who applies them, and the grid that each sets."""

from __future__ import annotations

from catalog.conventions.codes import parse_slug
from catalog.conventions.lookups import conventions as recorded_conventions
from catalog.errors import NotInForceError
from catalog.releases.telling import Told
from service.site.history import gone, history
from service.site.rooms import PageRoom, Shown
from service.site.tarifs.asking import paged
from service.site.tarifs.steps import steps_of
from service.site.visits import Visit
from service.telling.conventions import tell_convention, tell_convention_in_full
from service.telling.tarifs import tell_tarifs

room = PageRoom()


@room.page("/conventions")
def conventions(visit: Visit) -> Shown:
    """Every convention recorded for that day with its steps, avenants below the convention they amend."""
    told = [
        tell_convention(visit.snapshot, found, visit.moment)
        for found in recorded_conventions(visit.snapshot, visit.moment)
    ]
    page = paged(visit, _by_parent(told), "conventions")
    names = {each["code"]: each["libelle"] for each in told}
    page["shown"] = [
        each | {"steps": steps_of(each, visit.as_of), "parent_libelle": names.get(each["parent"])}
        for each in page["shown"]
    ]
    return Shown("conventions.html", page)


@room.page("/conventions/<path:code>")
def convention(visit: Visit, code: str) -> Shown:
    """A convention with its grid in force, what is pending apart, its avenants and its payers."""
    slug = parse_slug(code)
    try:
        told = tell_convention_in_full(visit.snapshot, slug, visit.moment)
    except NotInForceError:
        return gone(visit, "convention", slug)
    lines = tell_tarifs(visit.snapshot, slug, visit.moment)["tarifs"]
    forfaits = [line for line in lines if line["kind"] == "forfait"]
    context = {
        "convention": told,
        "steps": steps_of(told, visit.as_of),
        "parent": _named(visit, told["parent"]),
        "lettres": [line for line in lines if line["kind"] == "lettre_cle"],
        "forfaits": paged(visit, forfaits, "convention", code=slug),
        "pending": tell_tarifs(visit.snapshot, slug, visit.moment, pending=True)["tarifs"],
        "avenants": [_avenant(visit, avenant) for avenant in told["avenants"]],
        "history": history(visit, "convention", [slug]),
    }
    return Shown("convention.html", context)


def _by_parent(told: list[Told]) -> list[Told]:
    """Each convention followed by its avenants; one whose convention is not recorded that day stands alone."""
    codes = {each["code"] for each in told}
    heads = [each for each in told if each["parent"] not in codes]
    below = {head["code"]: [each for each in told if each["parent"] == head["code"]] for head in heads}
    placed = [each for head in heads for each in (head, *below[head["code"]])]
    return placed + [each for each in told if each not in placed]


def _avenant(visit: Visit, avenant: Told) -> Told:
    """An avenant with what it sets: in force, and what is not."""
    return avenant | {
        "sets": tell_tarifs(visit.snapshot, avenant["code"], visit.moment)["tarifs"],
        "would_set": tell_tarifs(visit.snapshot, avenant["code"], visit.moment, pending=True)["tarifs"],
    }


def _named(visit: Visit, code: str | None) -> Told | None:
    found = visit.snapshot.find("convention", code, visit.moment) if code else None
    return {"code": code, **found.payload} if found else None
