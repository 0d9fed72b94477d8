"""The first page: the search, the ways in, the newest releases, and how much is in force today."""

from __future__ import annotations

from typing import Any

from catalog.gmr.codes import parse_presentation
from catalog.gmr.statut import ADMIS, statut
from catalog.snapshots.memory import remembered
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment
from service.site.recherche.examples import examples_of
from service.site.recherche.writing import PLACE, form_of
from service.site.rooms import Answered, PageRoom, Shown, moved
from service.site.visits import Visit

room = PageRoom()

LONGEST_CODE = 40
LAST = 5
"""Releases listed."""


@room.page("/")
def accueil(visit: Visit) -> Answered:
    """The search and the ways in; the address that once looked up a code leads to the page of the medicine."""
    code = visit.text("code", LONGEST_CODE)
    if code:
        written = visit.text("as_of", LONGEST_CODE)
        return moved(visit, "medicament", code=parse_presentation(code), **({"as_of": written} if written else {}))
    context = {
        "form": form_of(visit),
        "examples": examples_of(visit.snapshot, visit.moment),
        "counts": count_in_force(visit.snapshot, visit.moment) if visit.snapshot.head else {},
        "last": visit.snapshot.releases[: visit.moment.release][::-1][:LAST],
        "linked": _website(visit),
    }
    return Shown("accueil.html", context)


@remembered
def count_in_force(snapshot: Snapshot, moment: Moment) -> dict[str, int]:
    """Presentations admitted to reimbursement, acts and devices in force."""
    admitted = sum(statut(one.payload) == ADMIS for one in snapshot.in_force("medicament", moment))
    kinds = ("acte_ngap", "acte_ccam", "dispositif")
    return {"medicament": admitted} | {kind: sum(1 for _ in snapshot.in_force(kind, moment)) for kind in kinds}


def _website(visit: Visit) -> dict[str, Any]:
    """The site and its search, as https://schema.org/WebSite."""
    template = visit.link("recherche", q=PLACE, _external=True).replace(PLACE, "{search_term_string}")
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": template},
        "query-input": "required name=search_term_string",
    }
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "url": visit.link("accueil", _external=True),
        "inLanguage": visit.language.code,
        "potentialAction": action,
    }
