"""The way into the acts: chapters of the NGAP, headings of the CCAM, and the acts below each."""

from __future__ import annotations

from typing import Any

from catalog.ngap_ccam.codes import parse_node
from catalog.ngap_ccam.lookups import ccam_path, find_version
from service.site.rooms import PageRoom, Shown
from service.site.tarifs.asking import choice, paged
from service.site.tarifs.headings import NOWHERE, Headings, chapters, read_headings
from service.site.visits import Visit
from service.telling.actes import tell_acte_ngap
from service.telling.entries import tell_entry

room = PageRoom()
NOMENCLATURES = ("ngap", "ccam")
LONGEST_CHAPTER = 500
"""Letters of the title of a chapter that an address may hold."""


@room.page("/actes")
def actes(visit: Visit) -> Shown:
    """Both nomenclatures from above, or the acts of a chapter or of a heading. Raises InvalidError, NotFoundError."""
    nomenclature = choice(visit, "nomenclature", NOMENCLATURES)
    if visit.text("noeud"):
        return Shown("actes_ccam.html", _below(visit, visit.text("noeud")))
    chapter = visit.text("chapitre", LONGEST_CHAPTER)
    if chapter or nomenclature == "ngap":
        return Shown("actes_ngap.html", _chapter(visit, chapter))
    context = {"chapters": chapters(visit), "headings": read_headings(visit)}
    return Shown("actes.html", context)


def _chapter(visit: Visit, chapter: str) -> dict[str, Any]:
    """The acts of a chapter, of none (``sans``), or all of them."""
    found = [
        version
        for version in visit.snapshot.in_force("acte_ngap", visit.moment)
        if not chapter or (version.payload["chapitre"] or NOWHERE) == chapter
    ]
    asked = {"nomenclature": "ngap"} | ({"chapitre": chapter} if chapter else {})
    page = paged(visit, found, "actes", **asked)
    page["shown"] = [tell_acte_ngap(visit.snapshot, version.code, visit.moment) for version in page["shown"]]
    return {"chapter": chapter, **page}


def _below(visit: Visit, code: str) -> dict[str, Any]:
    """A heading of the CCAM with those below it and its own acts; ``sans`` holds acts whose heading is not in force."""
    headings = read_headings(visit)
    node = None
    if code != NOWHERE:
        found = find_version(visit.snapshot, "noeud_ccam", parse_node(code), visit.moment)
        node = tell_entry(visit.snapshot, found)
    page = paged(visit, headings.acts_of(code), "actes", noeud=code)
    page["shown"] = [tell_entry(visit.snapshot, version) for version in page["shown"]]
    path = ccam_path(visit.snapshot, code, visit.moment) if node else []
    return {"node": node, "path": _told_path(visit, headings, path), "below": headings.below(code), **page}


def _told_path(visit: Visit, headings: Headings, path: list[Any]) -> list[Any]:
    return [tell_entry(visit.snapshot, version) for version in path if version.code != headings.whole]
