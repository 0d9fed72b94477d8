"""Titles by how they begin, and by how each of their words does: autocomplete from memory."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, takewhile

from catalog.search.documents import Document

_WORDS_IN = 6
"""Words of a title at which it is entered."""
_FARTHEST = 3000
"""Entries looked at for one question."""
_SHORTEST_BEGUN = 2
_MOST_TITLES = 40
_ROOM = 1 << 12
"""More than a title has letters. An entry is the number of its document times this, plus where in it it begins."""


class Titles:
    """The titles of an index, sorted; an entry takes eight bytes, its text stays in the document."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._whole = self._sorted(number * _ROOM for number in range(len(documents)))
        self._inner = self._sorted(
            number * _ROOM + place
            for number, document in enumerate(documents)
            for place in _inner_places(document.exact[0])
        )

        self._others: dict[str, list[int]] = defaultdict(list)
        for number, document in enumerate(documents):
            for name in document.exact[1:]:
                self._others[name].append(number)

    def _sorted(self, entries: Iterator[int]) -> Sequence[int]:
        return array("Q", sorted(entries, key=lambda entry: (self._text(entry), entry)))

    def _text(self, entry: int) -> str:
        number, place = divmod(entry, _ROOM)
        return self._documents[number].exact[0][place:]

    def titles(self, text: str) -> list[str]:
        """Titles that a folded text begins, the shortest first."""
        if len(text) < _SHORTEST_BEGUN:
            return []
        begun = dict.fromkeys(map(self._text, islice(self._from(self._whole, text), _FARTHEST)))
        return sorted(begun, key=len)[:_MOST_TITLES]

    def called(self, text: str) -> list[int]:
        """The numbers of the documents of which a folded text is the title, or another name."""
        if not text:
            return []
        titled = takewhile(lambda entry: self._text(entry) == text, self._from(self._whole, text))
        return [*(entry // _ROOM for entry in titled), *self._others.get(text, ())]

    def begun(self, text: str, is_allowed: Callable[[int], object], limit: int) -> list[int]:
        """Numbers of documents allowed, one a kind and title: titles begun by the text, then inner words."""
        found: dict[tuple[str, str], int] = {}
        if text:
            for entries in (self._whole, self._inner):
                self._add(found, islice(self._from(entries, text), _FARTHEST), is_allowed, limit)
        return list(found.values())

    def _add(
        self, found: dict[tuple[str, str], int], begun: Iterator[int], is_allowed: Callable[[int], object], limit: int
    ) -> None:
        for entry in begun:
            if len(found) == limit:
                return
            number = entry // _ROOM
            if is_allowed(number):
                document = self._documents[number]
                found.setdefault((document.kind, document.exact[0]), number)

    def _from(self, entries: Sequence[int], text: str) -> Iterator[int]:
        for place in range(bisect_left(entries, text, key=self._text), len(entries)):
            if not self._text(entries[place]).startswith(text):
                return
            yield entries[place]


def _inner_places(title: str) -> Iterator[int]:
    """Where the words of a title begin, but the first."""
    place = title.find(" ") + 1
    for _ in range(1, _WORDS_IN):
        if not 0 < place < _ROOM:
            return
        yield place
        place = title.find(" ", place) + 1
