"""The entries of a page of results: those a query finds, or all of a kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalog.conventions.memory import remembered
from catalog.search.documents import describe, whole
from catalog.search.leaving import Left
from catalog.search.question import CODE, DEEPEST, LONGEST_QUERY, PRICE, QueryError, Question
from catalog.searching import SEARCHABLES
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment
from service.site.recherche.asking import Asked
from service.site.recherche.hits import Hit, hit_of
from service.site.visits import Visit

PER_PAGE = 20
BROWSED = 50
"""Entries a page of a listing."""


@dataclass(frozen=True)
class Listing:
    """A page of entries, how many there are, and what else is told of all of them."""

    hits: Sequence[Hit]
    total: int
    page: int
    pages: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    suggestion: str | None = None
    left: Sequence[Left] = ()
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
    versions = ((visit.snapshot.find(one.kind, one.code, visit.moment), one) for one in found.documents)
    hits = [hit_of(visit, version, one.title, found.terms) for version, one in versions if version is not None]
    return Listing(hits, found.total, page, pages, found.facets, found.suggestion, found.left)


def _question(asked: Asked, page: int) -> Question:
    return Question(asked.text, asked.kind, asked.facets, page, PER_PAGE, asked.sort)


def _browsed(visit: Visit, kind: str, asked: Asked) -> Listing:
    codes = _codes_in_order(visit.snapshot, kind, asked.sort, visit.moment)
    pages = max(1, -(-len(codes) // BROWSED))
    page = min(asked.page, pages)
    shown = codes[(page - 1) * BROWSED : page * BROWSED]
    versions = (visit.snapshot.find(kind, code, visit.moment) for code in shown)
    hits = [hit_of(visit, version, _title(version), frozenset()) for version in versions if version is not None]
    engine = visit.catalogue.indexes.refresh(visit.snapshot)
    counted = engine.search(Question("", kind, per_page=1), visit.moment).facets
    return Listing(hits, len(codes), page, pages, counted, per_page=BROWSED)


@remembered
def _codes_in_order(snapshot: Snapshot, kind: str, sort: str, moment: Moment) -> list[str]:
    """The codes of a kind in force, in the order asked."""
    price = SEARCHABLES[kind].price

    def place(version: Version) -> tuple[bool, int, str, str]:
        amount = version.payload[price] if sort == PRICE and price else None
        title = "" if sort == CODE else whole(_title(version))
        return (amount is None, amount or 0, title, version.code)

    return [version.code for version in sorted(snapshot.in_force(kind, moment), key=place)]


def _title(version: Version) -> str:
    return describe(SEARCHABLES[version.kind], version.kind, version.code, version.payload).title
