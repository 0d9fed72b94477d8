"""Titles by how they begin, and by how each of their words does: autocomplete from memory."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from itertools import islice

from catalog.search.documents import Document

_WORDS_IN = 6
"""Words of a title at which it is entered."""
_FARTHEST = 3000
"""Entries looked at for one question."""
_SHORTEST_BEGUN = 2
_MOST_TITLES = 40


class Titles:
    """The titles of an index, sorted."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._whole = sorted((document.exact[0], number) for number, document in enumerate(documents))
        self._inner = sorted(
            (" ".join(parts[place:]), number)
            for number, document in enumerate(documents)
            for parts in [document.exact[0].split(" ")]
            for place in range(1, min(len(parts), _WORDS_IN))
        )

    def titles(self, text: str) -> list[str]:
        """Titles that a folded text begins, the shortest first."""
        if len(text) < _SHORTEST_BEGUN:
            return []
        begun = dict.fromkeys(title for title, _number in islice(_from(self._whole, text), _FARTHEST))
        return sorted(begun, key=len)[:_MOST_TITLES]

    def begun(self, text: str, allowed: Set[int], limit: int) -> list[int]:
        """Numbers of documents in ``allowed``, one a kind and title: titles begun by the text, then inner words."""
        found: dict[tuple[str, str], int] = {}
        if text:
            for entries in (self._whole, self._inner):
                self._add(found, islice(_from(entries, text), _FARTHEST), allowed, limit)
        return list(found.values())

    def _add(
        self, found: dict[tuple[str, str], int], begun: Iterator[tuple[str, int]], allowed: Set[int], limit: int
    ) -> None:
        for _title, number in begun:
            if len(found) == limit:
                return
            if number in allowed:
                document = self._documents[number]
                found.setdefault((document.kind, document.exact[0]), number)


def _from(entries: list[tuple[str, int]], text: str) -> Iterator[tuple[str, int]]:
    for place in range(bisect_left(entries, (text, -1)), len(entries)):
        if not entries[place][0].startswith(text):
            return
        yield entries[place]
