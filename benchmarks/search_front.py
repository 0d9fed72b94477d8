"""Other engines behind our own front: given the terms that it finds, they only match and rank."""

from __future__ import annotations

import importlib
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from catalog.search import meaning
from catalog.search.documents import EXACT, FIELDS, Document
from catalog.search.engine import Engine
from catalog.search.whoosh_index import Weighted

COLUMNS = (*FIELDS, EXACT)
WEIGHTS = (10, 7, 7, 2, 4, 1000)


class SqliteIndex:
    """FTS5 ranks by bm25, with our weights of fields."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._database = sqlite3.connect(":memory:")
        tokens = "tokenize=\"unicode61 tokenchars '_.%'\""
        self._database.execute(f"CREATE VIRTUAL TABLE d USING fts5({', '.join(COLUMNS)}, {tokens}, detail=column)")
        slots = ", ".join("?" * (1 + len(COLUMNS)))
        rows = ([number, *_row(document)] for number, document in enumerate(documents))
        self._database.executemany(f"INSERT INTO d(rowid, {', '.join(COLUMNS)}) VALUES ({slots})", rows)
        rank = f"bm25(d, {', '.join(map(str, WEIGHTS))})"
        self._statement = f"SELECT rowid FROM d WHERE d MATCH ? ORDER BY {rank}, rowid"

    def best(self, every: Sequence[Weighted], allowed: Set[int], limit: int) -> list[int]:
        groups = (" OR ".join(f'{field} : "{_one(term)}"' for field, term in group) for group in every)
        found = self._database.execute(self._statement, (" AND ".join(f"({group})" for group in groups),))
        kept: list[int] = []
        for (number,) in found:
            if number in allowed:
                kept.append(number)
                if len(kept) == limit:
                    break
        return kept


class TantivyIndex:
    """tantivy sums our scores."""

    def __init__(self, tantivy: Any, documents: Sequence[Document], folder: Path) -> None:
        self._tantivy = tantivy
        schema = tantivy.SchemaBuilder().add_integer_field("n", stored=True, fast=True)
        for name in COLUMNS:
            schema = schema.add_text_field(name, tokenizer_name="raw_words", index_option="basic")
        self._schema = schema.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        analyser = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("raw_words", analyser)
        writer = self._index.writer(num_threads=1)
        for number, document in enumerate(documents):
            writer.add_document(tantivy.Document(n=number, **dict(zip(COLUMNS, _row(document), strict=True))))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def best(self, every: Sequence[Weighted], allowed: Set[int], limit: int) -> list[int]:
        query, occur = self._tantivy.Query, self._tantivy.Occur
        groups = [
            query.boolean_query([(occur.Should, self._scored(*term, score)) for term, score in group.items()])
            for group in every
        ]
        whole = query.boolean_query([(occur.Must, group) for group in groups])
        hits = self._searcher.search(whole, limit).hits
        return [int(self._searcher.doc(address)["n"][0]) for _score, address in hits]

    def _scored(self, field: str, term: str, score: int) -> Any:
        query = self._tantivy.Query
        return query.const_score_query(query.term_query(self._schema, field, _one(term)), float(score))


def behind_front(engine: Engine, documents: Sequence[Document], folder: Path) -> Iterator[tuple[str, float, int]]:
    """While a name is yielded, ``engine`` ranks with that engine; seconds of CPU to build, and its ``BROAD``."""
    ours = engine._index
    try:
        yield "Whoosh for every query, behind our front", 0.0, sys.maxsize
        yield "memory for every query, behind our front", 0.0, 0
        for name, make in _makers(documents, folder):
            with suppress(ImportError):
                start = time.process_time()
                engine._index = make()
                yield name, time.process_time() - start, sys.maxsize
    finally:
        engine._index = ours


def _makers(documents: Sequence[Document], folder: Path) -> Iterator[tuple[str, Any]]:
    yield "SQLite FTS5 behind our front", lambda: SqliteIndex(documents)
    yield "tantivy behind our front", lambda: TantivyIndex(importlib.import_module("tantivy"), documents, folder)


@contextmanager
def ranked_here_from(count: int) -> Iterator[None]:
    """From how many matching documents on the front ranks them itself."""
    kept, meaning.BROAD = meaning.BROAD, count
    try:
        yield
    finally:
        meaning.BROAD = kept


def _row(document: Document) -> list[str]:
    told = [" ".join(map(_one, document.words[name])) for name in FIELDS]
    return [*told, _one(document.exact[0])]


def _one(term: str) -> str:
    return term.replace(" ", "_")
