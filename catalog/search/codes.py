"""A code, or part of one, answered before anything else."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from catalog.search.documents import Alias, Document, fold_code
from catalog.search.entries import Entries

_SHORTEST_PART = 5
"""Figures from which a number is looked for within codes; fewer are a dose."""
_CODE = re.compile(r"[\d .\-]+|(?=[^ ]*\d)[^ ]*[^\W_][^ ]*")
_MOST = 400

Coded = tuple[int, Alias | None]
"""The number of a document, and the further code that led to it."""


class CodeBook:
    """The codes of an index, with the documents of each."""

    def __init__(self, documents: Sequence[Document], entries: Entries, aliases: Iterable[Alias]) -> None:
        self._entries = entries
        self._own: dict[str, tuple[int, ...]] = {}
        self._further: dict[str, list[Alias]] = defaultdict(list)
        for number, document in enumerate(documents):
            folded = fold_code(document.code)
            code = document.code if folded == document.code else folded
            self._own[code] = (*self._own.get(code, ()), number)
        for alias in aliases:
            self._further[fold_code(alias.alias)].append(alias)
        self._sorted = sorted({*self._own, *self._further})
        self._all = "\n".join(self._sorted)

    def whole(self, query: str) -> list[Coded]:
        """The documents whose whole code is the query; the alias that led to each."""
        asked = fold_code(query)
        return list(self._of(asked)) if asked and (" " not in query.strip() or _CODE.fullmatch(query)) else []

    def find(self, query: str) -> list[Coded]:
        """The documents whose code is the query, else begins with it, else holds it; the alias that led to each."""
        exact = self.whole(query)
        asked = fold_code(query)
        if exact or not _CODE.fullmatch(query.strip()) or len(asked) < _SHORTEST_PART - (not asked.isdigit()):
            return exact
        found = list(self._begun(asked)) or list(self._holding(asked))
        return [one for code in found for one in self._of(code)]

    def _of(self, code: str) -> Iterator[Coded]:
        for number in self._own.get(code, ()):
            yield number, None
        for alias in self._further.get(code, ()):
            for number in self._entries.numbers((alias.kind, alias.code)):
                yield number, alias

    def _begun(self, asked: str) -> Iterator[str]:
        place = bisect_left(self._sorted, asked)
        for code in self._sorted[place : place + _MOST]:
            if not code.startswith(asked):
                return
            yield code

    def _holding(self, asked: str) -> Iterator[str]:
        place, seen = -1, 0
        while seen < _MOST and (place := self._all.find(asked, place + 1)) >= 0:
            start = self._all.rfind("\n", 0, place) + 1
            end = self._all.find("\n", place)
            yield self._all[start : end if end >= 0 else None]
            place, seen = end if end >= 0 else len(self._all), seen + 1
