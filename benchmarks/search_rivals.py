"""Other engines set up as their manuals do, over the same texts: what the front is worth is seen beside them."""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from catalog.search.documents import Document
from catalog.search.folding import words

Ask = Callable[[str], list[int]]


def rivals(documents: Sequence[Document], folder: Path) -> dict[str, Ask]:
    """By name, what answers the numbers of at most ten documents; those not installed are left out."""
    found = {"SQLite FTS5": _sqlite(documents)}
    with suppress(ImportError):
        found["tantivy"] = _tantivy(importlib.import_module("tantivy"), documents, folder)
    return found


def _text(document: Document) -> str:
    return f"{document.title} {document.detail} {document.code} " + " ".join(
        document.words["substances"] + document.words["forms"]
    )


def _sqlite(documents: Sequence[Document]) -> Ask:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE d USING fts5(t, tokenize='unicode61 remove_diacritics 2', prefix='2 3')")
    database.executemany("INSERT INTO d(rowid, t) VALUES (?, ?)", [(n, _text(one)) for n, one in enumerate(documents)])

    def ask(query: str) -> list[int]:
        asked = " ".join(f'"{word.text}"*' for word in words(query))
        rows = database.execute("SELECT rowid FROM d WHERE d MATCH ? ORDER BY rank LIMIT 10", (asked,))
        return [int(number) for (number,) in rows]

    return ask


def _tantivy(tantivy: Any, documents: Sequence[Document], folder: Path) -> Ask:
    schema = tantivy.SchemaBuilder().add_text_field("t").add_integer_field("n", stored=True).build()
    index = tantivy.Index(schema, path=str(folder))
    writer = index.writer()
    for number, document in enumerate(documents):
        writer.add_document(tantivy.Document(t=_text(document), n=number))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(query: str) -> list[int]:
        asked = index.parse_query(" ".join(word.text for word in words(query)), ["t"], conjunction_by_default=True)
        return [int(searcher.doc(address)["n"][0]) for _score, address in searcher.search(asked, 10).hits]

    return ask
