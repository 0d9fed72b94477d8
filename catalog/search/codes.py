"""A code, or part of one, answered before anything else."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from catalog.search.documents import Alias, Document, fold_code

_SHORTEST_PART = 5
"""Figures from which a number is looked for within codes; fewer are a dose."""
_CODE = re.compile(r"[\d .\-]+|(?=[^ ]*\d)[^ ]*[^\W_][^ ]*")
_MOST = 400


class CodeBook:
    """The codes of an index, with the documents of each."""

    def __init__(self, documents: Sequence[Document], aliases: Iterable[Alias]) -> None:
        places: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._numbers: dict[str, list[tuple[int, Alias | None]]] = defaultdict(list)
        for number, document in enumerate(documents):
            places[document.kind, document.code].append(number)
            self._numbers[fold_code(document.code)].append((number, None))
        for alias in aliases:
            for number in places.get((alias.kind, alias.code), ()):
                self._numbers[fold_code(alias.alias)].append((number, alias))
        self._sorted = sorted(self._numbers)
        self._all = "\n".join(self._sorted)

    def find(self, query: str) -> list[tuple[int, Alias | None]]:
        """The documents whose code is the query, else begins with it, else holds it; the alias that led to each."""
        asked = fold_code(query)
        if not asked or not _CODE.fullmatch(query.strip()):
            return self._numbers.get(asked, []) if asked and " " not in query.strip() else []
        if asked in self._numbers:
            return self._numbers[asked]
        if len(asked) < _SHORTEST_PART - (not asked.isdigit()):
            return []
        found = list(self._begun(asked)) or list(self._holding(asked))
        return [one for code in found for one in self._numbers[code]]

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
