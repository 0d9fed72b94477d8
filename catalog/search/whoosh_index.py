"""The adapter of Whoosh, the only module that imports it: one immutable index, and cheap queries of exact terms.

Ranked with constant whole scores; ``usequality=False`` because the optimised collector loses true hits, one searcher a
thread because a shared one answers wrongly, and no fuzzy, numeric-range or disjunction-max query, for the same reasons
(docs/search.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path
from threading import local
from typing import Any

from whoosh import fields
from whoosh.collectors import FilterCollector, TopCollector
from whoosh.filedb.filestore import FileStorage
from whoosh.query import And, ConstantScoreQuery, Or, Term  # type: ignore[attr-defined]

from catalog.search.documents import FIELDS, Document

Weighted = Mapping[tuple[str, str], int]
"""Scores by field and term."""
_MEMORY_MB = 256


def write(folder: Path, documents: Iterable[Document]) -> None:
    """Writes the index into an empty folder; a document's number is its place."""
    keyword = {name: fields.KEYWORD(stored=False, scorable=False) for name in FIELDS}
    schema = fields.Schema(**keyword, exact=fields.ID())
    index = FileStorage(str(folder)).create_index(schema)  # type: ignore[no-untyped-call]
    writer = index.writer(limitmb=_MEMORY_MB)
    for document in documents:
        told = {name: " ".join(terms) for name, terms in document.words.items() if terms}
        writer.add_document(**told, exact=document.exact[0] if document.exact else "")
    writer.commit()
    index.close()


class WhooshIndex:
    """An index opened for reading, safe for threads."""

    def __init__(self, folder: Path) -> None:
        self._index = FileStorage(str(folder)).open_index()  # type: ignore[no-untyped-call]
        self._own = local()

    def best(self, every: Sequence[Weighted], allowed: Set[int], limit: int) -> list[int]:
        """The numbers of the best documents that hold a term of each group, best first, then in document order."""
        if not allowed:
            return []  # which Whoosh would take for no filter
        groups = [Or([_scored(*term, score) for term, score in group.items()]) for group in every]
        query = groups[0] if len(groups) == 1 else And(groups)
        collector = TopCollector(limit, usequality=False, replace=0)  # type: ignore[no-untyped-call]
        searcher = self._searcher()
        searcher.search_with_collector(query, FilterCollector(collector, allow=set(allowed)))
        return [number for _score, number in _ranked(collector)]

    def _searcher(self) -> Any:
        if not hasattr(self._own, "searcher"):
            self._own.searcher = self._index.searcher()
        return self._own.searcher

    def __len__(self) -> int:
        return int(self._index.doc_count_all())


def _scored(field: str, term: str, score: int) -> Any:
    return ConstantScoreQuery(Term(field, term), score)


def _ranked(collector: Any) -> list[tuple[float, int]]:
    return [(item[0], item[1]) for item in collector.results().top_n]
