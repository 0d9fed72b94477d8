"""The page of the search: hints, the entries of a kind, results, or why a query cannot be answered."""

from __future__ import annotations

from catalog.search.question import QueryError
from service.site.recherche.asking import SEARCHED, Asked, ChoiceError, read_asked
from service.site.recherche.examples import examples_of
from service.site.recherche.filters import chips_of, groups_of
from service.site.recherche.finding import Listing, find_entries
from service.site.recherche.gone import tell_gone
from service.site.recherche.words import kind_name, sort_name
from service.site.recherche.writing import form_of
from service.site.rooms import PageRoom, Shown
from service.site.visits import Visit

room = PageRoom()


@room.page("/recherche")
def recherche(visit: Visit) -> Shown:
    """What the query finds at the clocks of the visit; a parameter that cannot be read is named with its values."""
    try:
        asked = read_asked(visit)
    except ChoiceError as error:
        return _misread(visit, error)
    form = form_of(visit, asked.text)
    try:
        listing = find_entries(visit, asked)
    except QueryError:
        return Shown("recherche_refus.html", {"asked": asked, "form": form}, status=400)
    if listing is None:
        examples = examples_of(visit.snapshot, visit.moment)
        return Shown(
            "recherche_vide.html", {"asked": asked, "form": form, "kinds": _kinds(asked), "examples": examples}
        )
    return Shown("recherche.html", {"form": form, **_told(visit, asked, listing)})


def _told(visit: Visit, asked: Asked, listing: Listing) -> dict[str, object]:
    return {
        "asked": asked,
        "listing": listing,
        "chips": chips_of(visit, asked),
        "groups": groups_of(visit, asked, listing.facets, listing.total),
        "gone": [tell_gone(visit, left) for left in listing.left],
        "sorts": [(name, sort_name(name), asked.link(sort=name)) for name in asked.sorts],
    }


def _misread(visit: Visit, error: ChoiceError) -> Shown:
    """Why a parameter cannot be read, and what may be asked instead, with the same words."""
    text = visit.text("q")
    told = kind_name if error.name == "kind" else sort_name
    choices = [
        (value, told(value), visit.link("recherche", q=text or None, **{error.name: value})) for value in error.values
    ]
    return Shown("recherche_choix.html", {"form": form_of(visit), "error": error, "choices": choices}, status=400)


def _kinds(asked: Asked) -> list[tuple[str, str]]:
    """The kinds that can be gone through without a word, and their addresses."""
    return [(kind_name(kind, plural=True), asked.link(kind=kind)) for kind in SEARCHED]
