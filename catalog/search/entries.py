"""From an entry to its documents: one a wording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from catalog.search.documents import Document

Entry = tuple[str, str]
"""Kind and code."""


class Entries:
    """The entries of an index."""

    def __init__(self, documents: Sequence[Document]) -> None:
        found: dict[str, dict[str, tuple[int, ...]]] = defaultdict(dict)
        for number, document in enumerate(documents):
            codes = found[document.kind]
            codes[document.code] = (*codes.get(document.code, ()), number)
        self._found = dict(found)

    def numbers(self, entry: Entry) -> tuple[int, ...]:
        """The numbers of the documents of an entry; none for one that is unknown."""
        kind, code = entry
        return self._found.get(kind, {}).get(code, ())

    def all_numbers(self, entries: Iterable[Entry]) -> frozenset[int]:
        """Those of several entries."""
        return frozenset(number for entry in entries for number in self.numbers(entry))
