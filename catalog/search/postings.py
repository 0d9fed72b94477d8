"""Which documents hold each term, packed: a worker keeps four bytes a document, where a set would take sixty."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

from catalog.search.documents import EXACT, Document, Packed

Term = tuple[str, str]
"""A field, and a term in it."""
_NUMBER = "I"


def pack(documents: Sequence[Document]) -> Packed:
    """By field and term, the numbers of the documents that hold it, in order, in the byte order of this machine."""
    found: dict[str, dict[str, array[int]]] = defaultdict(lambda: defaultdict(lambda: array(_NUMBER)))
    for number, document in enumerate(documents):
        for field, terms in document.words.items():
            for term in terms:
                found[field][term].append(number)
        found[EXACT][document.exact[0]].append(number)
    return {field: {term: numbers.tobytes() for term, numbers in terms.items()} for field, terms in found.items()}


class Postings:
    """The terms of an index."""

    def __init__(self, packed: Packed) -> None:
        self._fields: Mapping[str, Mapping[str, Sequence[int]]] = {
            field: {term: array(_NUMBER, numbers) for term, numbers in terms.items()} for field, terms in packed.items()
        }

    def terms(self, fields: Iterable[str]) -> set[str]:
        """The terms of some fields."""
        return set().union(*(self._fields.get(field, ()) for field in fields))

    def __contains__(self, term: Term) -> bool:
        return term[1] in self._fields.get(term[0], ())

    def holding(self, terms: Iterable[Term]) -> set[int]:
        """The numbers of the documents that hold one of the terms."""
        return set().union(*(self._fields[field][term] for field, term in terms))

    def among(self, term: Term, kept: Set[int]) -> Set[int]:
        """Those of ``kept`` that hold a term."""
        return kept & frozenset(self._fields[term[0]][term[1]])

    def is_held(self, term: Term, kept: Set[int]) -> bool:
        """Whether one of ``kept`` holds a term."""
        return any(map(kept.__contains__, self._fields[term[0]][term[1]]))
