"""Answers questions to one index: the best documents, what is counted of all that match, and what is out of force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import compress
from pathlib import Path

from catalog.search.codes import CodeBook
from catalog.search.dated import DatedFacets
from catalog.search.documents import Alias, Collection, Document, whole
from catalog.search.entries import Entries
from catalog.search.facets import KIND, Facets
from catalog.search.holding import Holding, place_at
from catalog.search.leaving import Departures, Left
from catalog.search.meaning import Meant, Reader
from catalog.search.postings import Postings, pack
from catalog.search.question import BEST, CODE, DEEPEST, TITLE, QueryError, Question, read_query
from catalog.search.suggesting import Titles
from catalog.search.whoosh_index import WhooshIndex
from catalog.temporal import Moment


@dataclass(frozen=True)
class Found:
    """The documents of a page, what led to them, and what is counted of all that match.

    ``left`` are entries that the query names whole, known at the release and not in force that day.
    """

    documents: Sequence[Document]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    suggestion: str | None
    terms: frozenset[str]
    left: Sequence[Left] = ()


class Engine:
    """One index, opened. It never changes: questions may come from any thread."""

    def __init__(self, folder: Path, collection: Collection, dated: DatedFacets | None = None) -> None:
        """A collection whose documents still have their words may be without postings."""
        self.documents = collection.documents
        entries = Entries(self.documents)
        self._index = WhooshIndex(folder)
        self._codes = CodeBook(self.documents, entries, collection.aliases)
        self._titles = Titles(self.documents)
        self._holding = Holding(self.documents)
        postings = Postings(collection.postings or pack(self.documents))
        self._reader = Reader(postings, self._titles, self._holding)
        self._facets = Facets(self.documents, entries, dated)
        self._departures = Departures(self.documents, self._holding, entries, self._titles, collection.endings)

    def warm(self, moment: Moment) -> None:
        """Works out what the first question of a day would wait for."""
        allowed = self._holding.in_force(moment)
        self._facets.count(frozenset(compress(range(len(allowed)), allowed)), moment)

    def search(self, question: Question, moment: Moment) -> Found:
        """The page asked for. Raises QueryError for what is too long to be a query, or a page too deep."""
        meant, kept, page = self._answer(question, moment)
        counted = self._facets.count(kept, moment)
        left = self._left(question, moment)
        return Found(page, len(kept), counted, meant.suggestion, meant.terms, left)

    def suggest(self, text: str, moment: Moment, kind: str | None = None, limit: int = 10) -> list[Document]:
        """Entries whose title the text begins, then those that hold it, then those it may stand for; one a title."""
        read_query(text)
        allowed = self._holding.in_force(moment)

        def is_allowed(number: int) -> bool:
            return bool(allowed[number]) and kind in (None, self.documents[number].kind)

        numbers = self._titles.begun(whole(text), is_allowed, limit)
        found = {_key(self.documents[number]): self.documents[number] for number in numbers}
        if len(found) < min(limit, 3):
            asked = Question(text, kind, per_page=limit * 3)
            for document in self._answer(asked, moment)[2]:
                found.setdefault(_key(document), document)
        return list(found.values())[:limit]

    def _answer(self, question: Question, moment: Moment) -> tuple[Meant, Set[int], list[Document]]:
        """What the question was taken for, all that match, and the page; filters without words choose by themselves."""
        words = read_query(question.text)
        allowed = self._holding.in_force(moment)
        coded = self._codes.find(question.text)
        hits = [n for n in dict.fromkeys(n for n, alias in coded if _holds(alias, moment)) if allowed[n]]
        wanted = {**({KIND: question.kind} if question.kind else {}), **question.facets}
        if words and not hits:
            meant = self._reader.read(question.text, moment)
        else:
            every = compress(range(len(allowed)), allowed) if wanted and not words else ()
            meant = Meant((), frozenset(hits or every), None, frozenset())
        kept = self._facets.keep(meant.matching, wanted, moment)
        page = self._page(question, meant, hits, kept, moment)
        return meant, kept, [self.documents[number] for number in page]

    def _left(self, question: Question, moment: Moment) -> Sequence[Left]:
        coded = [number for number, _alias in self._codes.whole(question.text)]
        return self._departures.find(question.text, coded, moment, question.kind)

    def _page(
        self, question: Question, meant: Meant, hits: Sequence[int], kept: Set[int], moment: Moment
    ) -> Sequence[int]:
        start = (question.page - 1) * question.per_page
        if start >= DEEPEST:
            raise QueryError(f"Only the first {DEEPEST} hits can be paged through: add a word or a filter.")
        end = min(start + question.per_page, DEEPEST)
        if question.sort != BEST:
            return self._sorted(question.sort, kept, moment)[start:end]
        if hits:
            return [number for number in hits if number in kept][start:end]
        if not meant.groups:
            return sorted(kept)[start:end]
        return self._reader.rank(meant, kept, self._index, end)[start:end]

    def _sorted(self, sort: str, kept: Set[int], moment: Moment) -> list[int]:
        if sort == TITLE:
            return sorted(kept, key=lambda number: (self.documents[number].exact[0], number))
        if sort == CODE:
            return sorted(kept, key=lambda number: (self.documents[number].code, number))
        prices = {number: self._holding.price(number, moment) for number in kept}
        return sorted(kept, key=lambda number: (prices[number] is None, prices[number] or 0, number))


def _key(document: Document) -> tuple[str, str]:
    return (document.kind, document.exact[0])


def _holds(alias: Alias | None, moment: Moment) -> bool:
    return alias is None or place_at(alias.held, moment.as_of.toordinal(), moment.release) >= 0
