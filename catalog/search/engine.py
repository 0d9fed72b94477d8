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

    ``left`` are entries that the query names whole, known at the release and not in force that day;
    ``is_named``: others that it names whole, by code or name, are in force and match.
    """

    documents: Sequence[Document]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    suggestion: str | None
    terms: frozenset[str]
    left: Sequence[Left] = ()
    is_named: bool = False


@dataclass(frozen=True)
class _Answer:
    """What a question was taken for; ``first`` are those that it names whole or by code, in order, and ``kept`` all."""

    meant: Meant
    first: Sequence[int]
    kept: frozenset[int]


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
        answer = self._answer(question, moment)
        page = self._page(question, answer, moment)
        counted = self._facets.count(answer.kept, moment)
        left = self._left(question, moment)
        meant, is_named = answer.meant, not answer.kept.isdisjoint(answer.first)
        return Found(page, len(answer.kept), counted, meant.suggestion, meant.terms, left, is_named)

    def browse(self, kind: str, moment: Moment, sort: str = TITLE, page: int = 1, per_page: int = 50) -> Found:
        """A page of all entries of a kind in force, however deep; the last for a page beyond it."""
        question = Question("", kind, sort=sort)
        kept = self._answer(question, moment).kept
        start = (min(page, max(1, -(-len(kept) // per_page))) - 1) * per_page
        shown = [self.documents[number] for number in self._sorted(sort, kept, moment)[start : start + per_page]]
        return Found(shown, len(kept), self._facets.count(kept, moment), None, frozenset())

    def suggest(self, text: str, moment: Moment, kind: str | None = None, limit: int = 10) -> list[Document]:
        """Entries that the text names, whose title it begins, that hold it, then that it may stand for; one a title."""
        read_query(text)
        allowed = self._holding.in_force(moment)

        def is_allowed(number: int) -> bool:
            return bool(allowed[number]) and kind in (None, self.documents[number].kind)

        named = filter(is_allowed, sorted(self._titles.called(whole(text))))
        numbers = [*named, *self._titles.begun(whole(text), is_allowed, limit)]
        found = {_key(self.documents[number]): self.documents[number] for number in numbers}
        if len(found) < min(limit, 3):
            asked = Question(text, kind, per_page=limit * 3)
            for document in self._page(asked, self._answer(asked, moment), moment):
                found.setdefault(_key(document), document)
        return list(found.values())[:limit]

    def _answer(self, question: Question, moment: Moment) -> _Answer:
        """What the question was taken for, and all that match; filters without words choose by themselves."""
        words = read_query(question.text)
        allowed = self._holding.in_force(moment)
        coded = self._codes.find(question.text)
        hits = [n for n in dict.fromkeys(n for n, alias in coded if _holds(alias, moment)) if allowed[n]]
        named = [number for number in sorted(self._titles.called(whole(question.text))) if allowed[number]]
        wanted = {**({KIND: question.kind} if question.kind else {}), **question.facets}
        if words and not hits:
            meant = self._reader.read(question.text, moment)
        else:
            every = compress(range(len(allowed)), allowed) if wanted and not words else ()
            meant = Meant((), frozenset(hits or every), None, frozenset())
        if named and meant.suggestion:
            # A whole name is no slip for others.
            meant = Meant((), frozenset(), None, meant.terms)
        kept = frozenset(self._facets.keep(frozenset(meant.matching).union(named), wanted, moment))
        return _Answer(meant, list(dict.fromkeys([*hits, *named])), kept)

    def _left(self, question: Question, moment: Moment) -> Sequence[Left]:
        coded = [number for number, _alias in self._codes.whole(question.text)]
        return self._departures.find(question.text, coded, moment, question.kind)

    def _page(self, question: Question, answer: _Answer, moment: Moment) -> list[Document]:
        start = (question.page - 1) * question.per_page
        if start >= DEEPEST:
            raise QueryError(f"Only the first {DEEPEST} hits can be paged through: add a word or a filter.")
        end = min(start + question.per_page, DEEPEST)
        chosen = self._best(answer, end) if question.sort == BEST else self._sorted(question.sort, answer.kept, moment)
        return [self.documents[number] for number in chosen[start:end]]

    def _best(self, answer: _Answer, limit: int) -> list[int]:
        """Those that the query names whole, then the others by what they hold of it."""
        first = [number for number in answer.first if number in answer.kept]
        if not answer.meant.groups:
            return [*first, *sorted(answer.kept.difference(first))]
        return list(dict.fromkeys([*first, *self._reader.rank(answer.meant, answer.kept, self._index, limit)]))[:limit]

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
