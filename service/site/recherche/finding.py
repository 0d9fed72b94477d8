"""The entries of a page of results: those a query finds, or all of a kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalog.search.engine import Found
from catalog.search.leaving import Left
from catalog.search.question import DEEPEST, LONGEST_QUERY, QueryError, Question
from service.site.recherche.asking import Asked
from service.site.recherche.hits import Hit, hit_of
from service.site.visits import Visit

PER_PAGE = 20
BROWSED = 50
"""Entries a page of a listing."""


@dataclass(frozen=True)
class Listing:
    """A page of entries, how many there are, and what else is told; ``is_named``: the query is the name of some."""

    hits: Sequence[Hit]
    total: int
    page: int
    pages: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    suggestion: str | None = None
    left: Sequence[Left] = ()
    is_named: bool = False
    per_page: int = PER_PAGE

    @property
    def first(self) -> int:
        """The place of the first entry of the page among all."""
        return (self.page - 1) * self.per_page + 1

    @property
    def is_cut(self) -> bool:
        """There are more than can be paged through."""
        return self.total > self.pages * self.per_page


def find_entries(visit: Visit, asked: Asked) -> Listing | None:
    """A page of what is asked, the last for a page beyond it; None where nothing is. Raises QueryError."""
    if asked.is_long:
        raise QueryError(f"A query has at most {LONGEST_QUERY} characters.")
    if not visit.snapshot.head:
        return Listing((), 0, 1, 1) if asked.text or asked.kind or asked.facets else None
    if asked.text or asked.facets:
        return _searched(visit, asked)
    return _browsed(visit, asked.kind, asked) if asked.kind else None


def _searched(visit: Visit, asked: Asked) -> Listing:
    engine = visit.catalogue.indexes.refresh(visit.snapshot)
    page = min(asked.page, DEEPEST // PER_PAGE)
    found = engine.search(_question(asked, page), visit.moment)
    pages = max(1, -(-min(found.total, DEEPEST) // PER_PAGE))
    if page > pages:
        page = pages
        found = engine.search(_question(asked, page), visit.moment)
    return Listing(
        _hits(visit, found), found.total, page, pages, found.facets, found.suggestion, found.left, found.is_named
    )


def _question(asked: Asked, page: int) -> Question:
    return Question(asked.text, asked.kind, asked.facets, page, PER_PAGE, asked.sort)


def _browsed(visit: Visit, kind: str, asked: Asked) -> Listing:
    """By the titles of the index: nothing is described again of the thousands that are not on the page."""
    engine = visit.catalogue.indexes.refresh(visit.snapshot)
    found = engine.browse(kind, visit.moment, asked.sort, asked.page, BROWSED)
    pages = max(1, -(-found.total // BROWSED))
    hits = _hits(visit, found)
    return Listing(hits, found.total, min(asked.page, pages), pages, found.facets, per_page=BROWSED)


def _hits(visit: Visit, found: Found) -> list[Hit]:
    versions = ((visit.snapshot.find(one.kind, one.code, visit.moment), one) for one in found.documents)
    return [hit_of(visit, version, one.title, found.terms) for version, one in versions if version is not None]
