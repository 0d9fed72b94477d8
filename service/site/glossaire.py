"""The glossary: the terms in force, in the order of the page's language."""

from __future__ import annotations

from typing import Any

from catalog.glossaire.lookups import terms
from catalog.search.folding import fold
from catalog.snapshots.reading import Version
from service.site.glossaire_ordre import by_letter, shown_first
from service.site.languages import current
from service.site.rooms import PageRoom, Shown
from service.site.visits import Visit

room = PageRoom()
LONGEST = 100
SOUGHT = ("libelle", "libelle_ar", "definition", "definition_ar")


@room.page("/glossaire")
def glossaire(visit: Visit) -> Shown:
    """The terms of the day; with ``q``, those that hold every word of it."""
    asked = visit.text("q", LONGEST)
    every = terms(visit.snapshot, visit.moment)
    found = [term for term in every if _holds(term, fold(asked).split())]
    context = {
        "q": asked,
        "total": len(found),
        "letters": by_letter(found, current()),
        "known": {term.code: shown_first(term, current()) for term in every},
        "beginning": None if every else _beginning(visit),
        "told": _defined(visit, found),
    }
    return Shown("glossaire.html", context)


def _holds(term: Version, words: list[str]) -> bool:
    told = fold(" ".join([term.code, *(term.payload[name] or "" for name in SOUGHT)]))
    return all(word in told for word in words)


def _beginning(visit: Visit) -> Any:
    """The first day on which any term is in force, as known at the release; None without terms."""
    snapshot, release = visit.snapshot, visit.moment.release
    known = (term for code in snapshot.codes("terme") for term in snapshot.versions("terme", code, release))
    return min((term.period.start for term in known), default=None)


def _defined(visit: Visit, found: list[Version]) -> dict[str, Any]:
    """The glossary as schema.org tells it, for machines."""
    address = visit.pinned("glossaire")
    return {
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "@id": address,
        "url": address,
        "name": "Glossaire de l’AMO",
        "inLanguage": "fr",
        "hasDefinedTerm": [_term(term, address) for term in found],
    }


def _term(term: Version, address: str) -> dict[str, Any]:
    payload = term.payload
    told = {
        "@type": "DefinedTerm",
        "@id": f"{address}#{term.code}",
        "termCode": term.code,
        "name": payload["libelle"],
        "description": payload["definition"],
        "inDefinedTermSet": address,
    }
    arabic = payload["libelle_ar"]
    return told | {"alternateName": {"@value": arabic, "@language": "ar"}} if arabic else told
