"""Search and autocomplete, over everything in force on a day as known at a release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response

from catalog.conventions.codes import ORGANISMES
from catalog.releases.telling import Told, tell_period
from catalog.search.documents import Document
from catalog.search.engine import Engine
from catalog.search.highlighting import highlight
from catalog.search.question import BEST, SORTS, QueryError, Question
from service.api.asking import Asked
from service.api.endpoints import Endpoint, Room
from service.api.parameters import ChoiceParameter, KindParameter, NumberParameter, Parameter, TwoClocks
from service.api.schemas.search import Search, Suggestions
from service.state import ServedCatalogue
from service.telling.search import tell_left

room = Room("Recherche", "Finds entries by what people type: half a name, a slip, a dose, a code, Arabic script.")

FACETS = (
    "dci", "forme", "classe_therapeutique", "princeps_generique", "remboursable", "classe",
    "tiers_payant", "smr", "organisme", "convention",
)  # fmt: skip
_TYPED = "What was typed, at most 200 characters and 12 words. Case, accents, plurals and slips are forgiven."


class SuggestQuery(TwoClocks):
    q = Parameter(_TYPED, required=True)
    kind = KindParameter("Only entries of this kind.")
    limit = NumberParameter("Most titles offered.", minimum=1, maximum=50, load_default=10)


class SearchQuery(TwoClocks):
    q = Parameter(_TYPED, required=True)
    kind = KindParameter("Only entries of this kind.")
    dci = Parameter("Only entries of this DCI, as the facets write it.")
    forme = Parameter("Only entries of this form, as the facets write it.")
    classe_therapeutique = Parameter("Only entries of this therapeutic class, as the facets write it.")
    princeps_generique = ChoiceParameter("Only princeps or only generics.", ("P", "G"))
    remboursable = ChoiceParameter("Only medicines admitted to reimbursement, or not.", ("oui", "non"))
    classe = ChoiceParameter("Only devices of this class.", ("I", "II", "III"))
    tiers_payant = ChoiceParameter("Only presentations on this payer's tiers-payant list that day.", ORGANISMES)
    smr = Parameter("Only presentations whose SMR that day is this, as the facets write it.")
    organisme = ChoiceParameter("Only conventions, tariffs, rates and rules that this payer applies.", ORGANISMES)
    convention = Parameter("Only this convention, by its code, and the tariffs that belong to it.")
    sort = ChoiceParameter(
        "Order of the hits; `prix` is the public price, cheapest first, those without one last.",
        SORTS,
        load_default=BEST,
    )
    page = NumberParameter("Page, from 1; the first 1000 hits can be reached.", minimum=1, maximum=1000, load_default=1)
    per_page = NumberParameter("Hits a page.", minimum=1, maximum=100, load_default=20)


@dataclass(frozen=True)
class Searching(Endpoint):
    """An endpoint whose view is handed the index of the snapshot it is asked about."""

    def ask(self, catalogue: ServedCatalogue, asked: Asked, named: Mapping[str, str]) -> Mapping[str, Any] | Response:
        return self.view(asked, catalogue.indexes.refresh(asked.snapshot))


def search(asked: Asked, engine: Engine) -> Told:
    """Entries in force that answer a query, best first.

    A code, or part of one, is answered before anything else; what the query names whole (a title, a key letter) comes
    first. A dose or a form alone answers no unknown name. Words may stand in any order. Where no entry holds every
    word as typed, near words are tried, then entries that hold the most of them; `suggestion` then says what was tried.
    `not_in_force` lists entries that have the query as code or whole name, known at the release but out of force.
    """
    query = asked.query
    kind = query.get("kind")
    facets = {name: query[name] for name in FACETS if name in query}
    question = Question(
        query["q"], kind.name if kind else None, facets, query["page"], query["per_page"], query["sort"]
    )
    found = engine.search(question, asked.moment)
    hits = [tell_hit(asked, document) | tell_highlight(document, found.terms) for document in found.documents]
    pages = {"total": found.total, "page": question.page, "per_page": question.per_page}
    told = {"facets": found.facets, "suggestion": found.suggestion, "hits": hits}
    return asked.answer({**pages, **told, "not_in_force": [tell_left(left) for left in found.left]})


def suggest(asked: Asked, engine: Engine) -> Told:
    """Titles that a text being typed may become, one for entries that share it."""
    kind = asked.query.get("kind")
    found = engine.suggest(asked.query["q"], asked.moment, kind.name if kind else None, asked.query["limit"])
    told = [{"kind": one.kind, "code": one.code, "titre": one.title} for one in found]
    return asked.answer({"suggestions": told})


room.endpoints.append(Searching("/search", search, Search, SearchQuery, (QueryError,), room.tag))
room.endpoints.append(Searching("/suggest", suggest, Suggestions, SuggestQuery, (QueryError,), room.tag, is_kept=True))


def tell_hit(asked: Asked, document: Document) -> dict[str, Any]:
    """An entry found, with its period and ground."""
    version = asked.snapshot.find(document.kind, document.code, asked.moment)
    assert version is not None, "the index and its snapshot hold the same entries"
    return {
        "kind": document.kind,
        "code": document.code,
        "titre": document.title,
        "detail": document.detail,
        **tell_period(version.period),
        "legal_act": version.legal_act,
        "source": version.source,
        "confidence": version.confidence,
    }


def tell_highlight(document: Document, terms: frozenset[str]) -> dict[str, Any]:
    return {"highlight": [part._asdict() for part in highlight(document.title, terms)]}
