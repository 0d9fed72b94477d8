"""From a query to what it means in one index: the terms of each word, and the documents that hold them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import nsmallest

from catalog.search.documents import EXACT, FIELDS, whole
from catalog.search.folding import Word
from catalog.search.holding import Holding, InForce
from catalog.search.lexicon import EXACT as SAME
from catalog.search.lexicon import Lexicon, Terms
from catalog.search.postings import Postings
from catalog.search.question import read_query
from catalog.search.suggesting import Titles
from catalog.search.synonyms import JOIN
from catalog.search.whoosh_index import WhooshIndex
from catalog.temporal import Moment

NAMED = FIELDS[:2]
SOUNDED = FIELDS[:3]
FORMS = FIELDS[3]
FIELD_SCORES = dict(zip(FIELDS, (10, 7, 7, 2, 4), strict=True))
WHOLE_SCORE = 20_000
"""What being the whole title is worth: more than any other merit. Being begun by the query: half of it."""
QUERIES_KEPT = 64
BROAD = 100
"""Matching documents beyond which they are ranked here: Whoosh takes tens of microseconds for each."""

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


class Reader:
    """Reads queries with the words of one index."""

    def __init__(self, postings: Postings, titles: Titles, holding: Holding) -> None:
        self._postings = postings
        self._lexicon = Lexicon(postings.terms(FIELDS), postings.terms(SOUNDED), postings.terms(NAMED), self._frequency)
        self._titles = titles
        self._holding = holding
        self._kept = lru_cache(maxsize=QUERIES_KEPT)(self._read)

    def read(self, text: str, moment: Moment) -> Meant:
        """The documents that hold every word, taken strictly, else tolerantly; else those that hold the most words.

        Raises QueryError for what is too long to be a query.
        """
        return self._kept(tuple(read_query(text)), whole(text), self._holding.settle(moment))

    def forget(self) -> None:
        """Forgets the queries already read."""
        self._kept.cache_clear()

    def rank(self, meant: Meant, kept: Set[int], index: WhooshIndex, limit: int) -> list[int]:
        """The numbers of the best documents in ``kept``, all of which match, best first, then in document order."""
        if not kept or not meant.groups:
            return []
        merged: Counter[tuple[str, str]] = Counter()
        for group in meant.groups:
            merged.update(group)
        if len(kept) > BROAD:
            return self._rank_here(merged, kept, limit)
        told = [merged] if meant.is_partial else meant.groups
        # A term that none of them holds changes nothing, and each costs as much as a document.
        return index.best([self._holding_some(group, kept) for group in told], kept, limit)

    def _rank_here(self, merged: Mapping[tuple[str, str], int], kept: Set[int], limit: int) -> list[int]:
        scores: dict[int, int] = dict.fromkeys(kept, 0)
        for term, score in merged.items():
            for number in self._postings.among(term, kept):
                scores[number] += score
        return nsmallest(limit, scores, key=lambda number: (-scores[number], number))

    def _holding_some(self, group: Mapping[tuple[str, str], int], kept: Set[int]) -> Group:
        return {term: score for term, score in group.items() if self._postings.is_held(term, kept)}

    def _read(self, chosen: tuple[Word, ...], text: str, moment: Moment) -> Meant:
        allowed = self._holding.in_force(moment)
        strict = [self._strict(word, is_last=word is chosen[-1]) for word in chosen]
        groups = self._with_titles([self._group(terms) for terms in strict], self._begun(text))
        matching = self._matching(groups, allowed)
        if matching:
            return Meant(tuple(groups), matching, None, _terms(strict))
        near = self._near([word for word, terms in zip(chosen, strict, strict=True) if not terms], chosen[-1])
        tolerant = [terms or near[word.text] for word, terms in zip(chosen, strict, strict=True)]
        matching = self._matching([self._group(terms) for terms in tolerant], allowed)
        if not matching:
            near |= self._near([word for word in chosen if word.text not in near], chosen[-1])
            tolerant = [near[word.text] | terms for word, terms in zip(chosen, strict, strict=True)]
            matching = self._matching([self._group(terms) for terms in tolerant], allowed)
        if matching:
            return self._told(tolerant, matching, _suggestion(chosen, tolerant))
        return self._partial(chosen, tolerant, allowed)

    def _partial(self, chosen: Sequence[Word], tolerant: list[Terms], allowed: InForce) -> Meant:
        """What holds the most words, one that chooses among them; a long word says more than a short one.

        A dose, a form or a number alone is no answer to a name that is unknown.
        """
        choosing = [
            self._choosing(terms) if word.text.isalpha() else {} for word, terms in zip(chosen, tolerant, strict=True)
        ]
        wanted = self._postings.holding({term for group in choosing for term in group})
        matching = self._most(tolerant, allowed, wanted)
        if not matching:
            return Meant((), frozenset(), None, frozenset())
        found = self._told(tolerant, matching, _suggestion(chosen, tolerant))
        weighed = (
            {term: score * len(word.text) ** 2 for term, score in self._group(terms).items()}
            for word, terms in zip(chosen, tolerant, strict=True)
        )
        return replace(found, groups=tuple(group for group in weighed if group), is_partial=True)

    def _near(self, chosen: Iterable[Word], last: Word) -> dict[str, Terms]:
        return {word.text: self._lexicon.tolerant(word.text, begun=word is last) for word in chosen}

    def _told(self, every: list[Terms], matching: Set[int], suggestion: str | None) -> Meant:
        groups = [group for terms in every if (group := self._group(terms))]
        return Meant(tuple(groups), matching, suggestion, _terms(every))

    def _begun(self, text: str) -> Group:
        """Titles that are the text, or that it begins: they answer whatever their words do."""
        return {
            (EXACT, title): WHOLE_SCORE if title == text else max(WHOLE_SCORE // 2 - 50 * len(title), WHOLE_SCORE // 4)
            for title in self._titles.titles(text)
        }

    def _with_titles(self, groups: list[Group], titles: Group) -> list[Group]:
        """The groups, each answered by the titles too.

        A title that answers all of them anyway stands in the first alone, with what it is worth in every one.
        """
        if len(groups) < 2 or not titles:
            return [group | titles for group in groups]
        holding = self._holding_all(groups)
        sure = {term for term in titles if self._postings.holding([term]) <= holding}
        once = {term: score * len(groups) for term, score in titles.items() if term in sure}
        always = {term: score for term, score in titles.items() if term not in sure}
        return [group | always | (once if place == 0 else {}) for place, group in enumerate(groups)]

    def _strict(self, word: Word, *, is_last: bool) -> Terms:
        return self._lexicon.strict(word.text, word.also, begun=is_last and word.text.isalpha())

    def _group(self, terms: Terms) -> Group:
        return {
            (field, term): near * score
            for term, near in terms.items()
            for field, score in FIELD_SCORES.items()
            if (field, term) in self._postings
        }

    def _choosing(self, terms: Terms) -> Group:
        """Where the terms stand as names, substances or labels; none for those that stand more often as a form."""
        group = self._group(dict.fromkeys(terms, 1))
        named = {term: score for term, score in group.items() if term[0] in SOUNDED}
        formed = [term for term in group if term[0] == FORMS]
        return {} if len(self._postings.holding(formed)) > len(self._postings.holding(named)) else named

    def _frequency(self, term: str) -> int:
        """How many documents have a word as name, substance or label."""
        return len(self._postings.holding((field, term) for field in SOUNDED if (field, term) in self._postings))

    def _matching(self, groups: Sequence[Group], allowed: InForce) -> Set[int]:
        return set(filter(allowed.__getitem__, self._holding_all(groups)))

    def _holding_all(self, groups: Sequence[Group]) -> Set[int]:
        """The documents that hold a term of each group; none where there is no group."""
        # The fewest first: what is then compared can only be fewer.
        found = sorted((self._postings.holding(group) for group in groups), key=len)
        return found[0].intersection(*found[1:]) if found else frozenset()

    def _most(self, every: Sequence[Terms], allowed: InForce, wanted: Set[int]) -> Set[int]:
        """Of those wanted, the documents that hold a term of the most words."""
        counted: Counter[int] = Counter()
        for terms in every:
            counted.update(filter(allowed.__getitem__, wanted & self._postings.holding(self._group(terms))))
        most = max(counted.values(), default=0)
        return frozenset(number for number, count in counted.items() if count == most)


def _suggestion(chosen: Sequence[Word], every: Sequence[Terms]) -> str | None:
    """The query with each word as the index writes it."""
    meant = [max(terms, key=lambda term: terms[term]) if terms else "" for terms in every]
    kept = [
        word.text if terms.get(word.text) == SAME else best
        for word, terms, best in zip(chosen, every, meant, strict=True)
    ]
    told = " ".join(word for word in kept if word).replace(JOIN, " ")
    return told if told and told != " ".join(word.text for word in chosen) else None


def _terms(every: Sequence[Terms]) -> frozenset[str]:
    return frozenset(word for terms in every for term in terms for word in term.split(JOIN))
