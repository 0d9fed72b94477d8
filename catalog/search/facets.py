"""What is counted of all that match, and what a query is kept to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from heapq import nsmallest
from itertools import chain

from catalog.search.dated import DatedFacets
from catalog.search.documents import Document
from catalog.search.entries import Entries
from catalog.temporal import Moment

KIND = "kind"
MOST_VALUES = 20
"""Values told of a facet, the most frequent first."""
_TABLES_KEPT = 256

Values = Mapping[str, frozenset[int]]


class Facets:
    """The values of every facet over the documents of an index, those of the day included."""

    def __init__(self, documents: Sequence[Document], entries: Entries, dated: DatedFacets | None = None) -> None:
        self._own = _own_values(documents)
        self._dated = dated
        self._entries = entries
        self._kinds = _by_kind(documents)
        self._table = lru_cache(maxsize=_TABLES_KEPT)(self._numbers_of)

    def keep(self, matching: Set[int], wanted: Mapping[str, str], moment: Moment) -> Set[int]:
        """Those that have the value wanted of each facet."""
        for facet, value in wanted.items():
            if facet == KIND:
                matching = matching & self._kinds.get(value, frozenset())
                continue
            values = self._own.get(facet)
            if values is not None:
                matching = {number for number in matching if value in values[number]}
            else:
                matching = matching & self._values(facet, moment).get(value, frozenset())
        return matching

    def count(self, kept: Set[int], moment: Moment) -> dict[str, dict[str, int]]:
        """How many have each value; a facet that none of them has is left out."""
        counted = {
            facet: Counter(chain.from_iterable(map(values.__getitem__, kept))) for facet, values in self._own.items()
        }
        for facet in self._dated or ():
            values = self._values(facet, moment)
            counted[facet] = Counter({value: len(numbers & kept) for value, numbers in values.items()})
        told = {facet: _most_frequent(values) for facet, values in counted.items()}
        return {facet: values for facet, values in told.items() if values}

    def _values(self, facet: str, moment: Moment) -> Values:
        if self._dated is None or facet not in self._dated:
            return {}
        return self._table(facet, self._dated.settle(facet, moment))

    def _numbers_of(self, facet: str, moment: Moment) -> Values:
        assert self._dated is not None
        table = self._dated.table(facet, moment)
        return {value: self._entries.all_numbers(entries) for value, entries in table.items()}


def _by_kind(documents: Sequence[Document]) -> Values:
    found: dict[str, set[int]] = defaultdict(set)
    for number, document in enumerate(documents):
        found[document.kind].add(number)
    return {kind: frozenset(numbers) for kind, numbers in found.items()}


def _own_values(documents: Sequence[Document]) -> dict[str, list[tuple[str, ...]]]:
    """By facet, the values of each document."""
    names = dict.fromkeys(chain.from_iterable(document.facets for document in documents))
    own = {facet: [document.facets.get(facet, ()) for document in documents] for facet in names}
    return {KIND: [(document.kind,) for document in documents], **own}


def _most_frequent(values: Counter[str]) -> dict[str, int]:
    """Of two as frequent as each other, always in the same order, whatever index they were found in."""
    found = nsmallest(MOST_VALUES, (+values).items(), key=lambda each: (-each[1], each[0]))
    return dict(found)
