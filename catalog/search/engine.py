"""Answers questions to one index: the words meant, the best documents, and what is counted of all that match."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from catalog.search.codes import CodeBook
from catalog.search.documents import FIELDS, Alias, Collection, Document, whole
from catalog.search.folding import Word
from catalog.search.lexicon import EXACT as SAME
from catalog.search.lexicon import Lexicon, Terms
from catalog.search.question import DEEPEST, SORTS, QueryError, Question, read_query
from catalog.search.suggesting import Titles
from catalog.search.whoosh_index import EXACT, WhooshIndex
from catalog.temporal import Moment

SOUNDED = FIELDS[:3]
FIELD_SCORES = dict(zip(FIELDS, (10, 7, 7, 2, 4), strict=True))
WHOLE_SCORE = 20_000
"""What being the whole title is worth: more than any other merit. Being begun by the query: half of it."""
DAYS_KEPT = 64

Group = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Meant:
    """What a query was taken for: terms by typed word, and the query as it may have been meant, if it differs.

    Every group is held by all that match, unless ``is_partial``.
    """

    groups: tuple[Group, ...]
    matching: Set[int]
    suggestion: str | None
    terms: frozenset[str]
    is_partial: bool = False


@dataclass(frozen=True)
class Found:
    """The documents of a page, what led to them, and what is counted of all that match."""

    documents: Sequence[Document]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    suggestion: str | None
    terms: frozenset[str]


class Engine:
    """One index, opened. It never changes: questions may come from any thread."""

    def __init__(self, folder: Path, collection: Collection) -> None:
        self.documents = collection.documents
        self._index = WhooshIndex(folder)
        self._postings = _postings(self.documents)
        sounded = {term for field, term in self._postings if field in SOUNDED}
        self._lexicon = Lexicon({term for field, term in self._postings if field != EXACT}, sounded)
        self._codes = CodeBook(self.documents, collection.aliases)
        self._titles = Titles(self.documents)
        self._by_kind = _numbers_by_kind(self.documents)
        self.in_force = lru_cache(maxsize=DAYS_KEPT)(self._in_force)
        self._meant = lru_cache(maxsize=256)(self._understand)

    def search(self, question: Question, moment: Moment) -> Found:
        """The page asked for. Raises QueryError for what is too long to be a query."""
        chosen = read_query(question.text)
        allowed = self.in_force(moment.release, moment.as_of.toordinal())
        by_code = [number for number, alias in self._codes.find(question.text) if _holds(alias, moment)]
        hits = [number for number in dict.fromkeys(by_code) if number in allowed]
        if hits:
            meant = Meant((), frozenset(hits), None, frozenset())
        else:
            meant = self._meant(tuple(chosen), moment.release, moment.as_of.toordinal())
        kept = self._kept(meant.matching & allowed, question)
        page = self._page(question, meant, hits, kept)
        facets = self._count(kept)
        return Found([self.documents[n] for n in page], len(kept), facets, meant.suggestion, meant.terms)

    def suggest(self, text: str, moment: Moment, kind: str | None = None, limit: int = 10) -> list[Document]:
        """Entries whose title the text begins, then those that hold it, then those it may stand for; one a title."""
        allowed = self.in_force(moment.release, moment.as_of.toordinal())
        if kind is not None:
            allowed = allowed & self._by_kind.get(kind, frozenset())
        read_query(text)
        numbers = self._titles.begun(whole(text), allowed, limit)
        found = {_key(self.documents[number]): self.documents[number] for number in numbers}
        if len(found) < min(limit, 3):
            asked = Question(text, kind, per_page=limit * 3)
            for document in self.search(asked, moment).documents:
                found.setdefault(_key(document), document)
        return list(found.values())[:limit]

    def _in_force(self, release: int, day: int) -> frozenset[int]:
        return frozenset(
            number
            for number, document in enumerate(self.documents)
            if any(start <= day < end and opened <= release < closed for start, end, opened, closed in document.held)
        )

    def _understand(self, chosen: tuple[Word, ...], release: int, day: int) -> Meant:
        """The documents that hold every word, taken strictly, else tolerantly; else those that hold the most words."""
        allowed = self.in_force(release, day)
        strict = [self._strict(word, is_last=word is chosen[-1]) for word in chosen]
        titles = self._begun(" ".join(word.text for word in chosen))
        groups = [self._group(terms) | titles for terms in strict]
        matching = self._matching(groups, allowed)
        if matching:
            return Meant(tuple(groups), matching, None, _terms(strict))
        tolerant = [terms or self._lexicon.tolerant(word.text) for word, terms in zip(chosen, strict, strict=True)]
        matching = self._matching([self._group(terms) for terms in tolerant], allowed)
        if not matching:
            tolerant = [self._lexicon.tolerant(w.text) | terms for w, terms in zip(chosen, strict, strict=True)]
            matching = self._matching([self._group(terms) for terms in tolerant], allowed)
        if matching:
            return self._told(tolerant, matching, _suggestion(chosen, tolerant))
        partial = self._told(tolerant, self._most(tolerant, allowed), _suggestion(chosen, tolerant))
        return replace(partial, is_partial=True)

    def _told(self, every: list[Terms], matching: Set[int], suggestion: str | None) -> Meant:
        groups = [group for terms in every if (group := self._group(terms))]
        return Meant(tuple(groups), matching, suggestion, _terms(every))

    def _begun(self, text: str) -> Group:
        """Titles that are the text, or that it begins: they answer whatever their words do."""
        return {
            (EXACT, title): WHOLE_SCORE if title == text else max(WHOLE_SCORE // 2 - 50 * len(title), WHOLE_SCORE // 4)
            for title in self._titles.titles(text)
        }

    def _strict(self, word: Word, *, is_last: bool) -> Terms:
        return self._lexicon.strict(word.text, word.also, begun=is_last and word.text.isalpha())

    def _group(self, terms: Terms) -> Group:
        return {
            (field, term): near * score
            for term, near in terms.items()
            for field, score in FIELD_SCORES.items()
            if (field, term) in self._postings
        }

    def _matching(self, groups: Sequence[Group], allowed: Set[int]) -> Set[int]:
        found: Set[int] = allowed
        for group in groups:
            found = found & self._holding(group)
            if not found:
                break
        return found if groups else frozenset()

    def _holding(self, group: Group) -> Set[int]:
        return set().union(*(self._postings[term] for term in group))

    def _most(self, every: Sequence[Terms], allowed: Set[int]) -> Set[int]:
        counted: Counter[int] = Counter()
        for terms in every:
            counted.update(self._holding(self._group(terms)) & allowed)
        most = max(counted.values(), default=0)
        return frozenset(number for number, count in counted.items() if count == most)

    def _kept(self, matching: Set[int], question: Question) -> Set[int]:
        if question.kind is not None:
            matching = matching & self._by_kind.get(question.kind, frozenset())
        for facet, wanted in question.facets.items():
            matching = {n for n in matching if wanted in self.documents[n].facets.get(facet, ())}
        return matching

    def _page(self, question: Question, meant: Meant, hits: Sequence[int], kept: Set[int]) -> list[int]:
        start = (question.page - 1) * question.per_page
        if start >= DEEPEST:
            raise QueryError(f"Only the first {DEEPEST} hits can be paged through: add a word or a filter.")
        end = min(start + question.per_page, DEEPEST)
        if question.sort != SORTS[0]:
            return sorted(kept, key=lambda number: self._sort_key(question.sort, number))[start:end]
        if hits:
            return [number for number in hits if number in kept][start:end]
        return self._ranked(meant, kept, end)[start:end]

    def _ranked(self, meant: Meant, kept: Set[int], limit: int) -> list[int]:
        if not kept or not meant.groups:
            return []
        if not meant.is_partial:
            return self._index.best(meant.groups, kept, limit)
        merged: Counter[tuple[str, str]] = Counter()
        for group in meant.groups:
            merged.update(group)
        return self._index.best([merged], kept, limit)

    def _sort_key(self, sort: str, number: int) -> tuple[str, int]:
        document = self.documents[number]
        return (document.exact[0] if sort == "titre" else document.code, number)

    def _count(self, kept: Set[int]) -> dict[str, dict[str, int]]:
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        for number in kept:
            document = self.documents[number]
            counted["kind"][document.kind] += 1
            for facet, values in document.facets.items():
                counted[facet].update(values)
        return {facet: dict(values.most_common(20)) for facet, values in counted.items()}


def _key(document: Document) -> tuple[str, str]:
    return (document.kind, document.exact[0])


def _holds(alias: Alias | None, moment: Moment) -> bool:
    day, release = moment.as_of.toordinal(), moment.release
    return alias is None or any(
        start <= day < end and opened <= release < closed for start, end, opened, closed in alias.held
    )


def _suggestion(chosen: Sequence[Word], every: Sequence[Terms]) -> str | None:
    """The query with each word as the index writes it."""
    meant = [max(terms, key=lambda term: terms[term]) if terms else "" for terms in every]
    kept = [
        word.text if terms.get(word.text) == SAME else best
        for word, terms, best in zip(chosen, every, meant, strict=True)
    ]
    told = " ".join(word for word in kept if word)
    return told if told and told != " ".join(word.text for word in chosen) else None


def _postings(documents: Sequence[Document]) -> dict[tuple[str, str], frozenset[int]]:
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, document in enumerate(documents):
        for field, terms in document.words.items():
            for term in terms:
                found[field, term].append(number)
        found[EXACT, document.exact[0]].append(number)
    return {term: frozenset(numbers) for term, numbers in found.items()}


def _terms(every: Sequence[Terms]) -> frozenset[str]:
    return frozenset(term for terms in every for term in terms)


def _numbers_by_kind(documents: Sequence[Document]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for number, document in enumerate(documents):
        found[document.kind].add(number)
    return {kind: frozenset(numbers) for kind, numbers in found.items()}
