"""Other engines set up as their manuals do: folded words and prefixes, then any word, then near spellings."""

from __future__ import annotations

import importlib
import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from catalog.search.documents import Document
from catalog.search.folding import fold

Ask = Callable[[str], list[int]]
WEIGHTS = {"names": 10, "substances": 7, "labels": 7, "forms": 2, "code": 10}
_WORD = re.compile(r"\w+")
_SHORTEST_TRIGRAM = 3


def textbook(documents: Sequence[Document], folder: Path) -> Iterator[tuple[str, Ask, float]]:
    """Name, what answers the numbers of at most ten documents, and the seconds of CPU it took to build."""
    start = time.process_time()
    ask = _sqlite(documents)
    yield "SQLite FTS5, textbook", ask, time.process_time() - start
    with suppress(ImportError):
        tantivy = importlib.import_module("tantivy")
        start = time.process_time()
        ask = _tantivy(tantivy, documents, folder)
        yield "tantivy, textbook", ask, time.process_time() - start


def texts(document: Document) -> dict[str, str]:
    """What the fields of a document say, as published, without anything of our front."""
    told = {name: " ".join(document.words[name]) for name in ("substances", "forms")}
    is_label = not document.words["names"]
    return {
        "names": "" if is_label else document.title,
        "labels": document.title if is_label else "",
        "code": document.code,
        **told,
        "forms": f"{document.detail} {told['forms']}",
    }


def _sqlite(documents: Sequence[Document]) -> Ask:
    database = sqlite3.connect(":memory:")
    columns = ", ".join(WEIGHTS)
    tokens = "tokenize='unicode61 remove_diacritics 2'"
    database.execute(f"CREATE VIRTUAL TABLE words USING fts5({columns}, {tokens}, prefix='2 3 4')")
    database.execute("CREATE VIRTUAL TABLE parts USING fts5(text, tokenize='trigram')")
    for number, document in enumerate(documents):
        told = [number, *(texts(document)[name] for name in WEIGHTS)]
        database.execute(f"INSERT INTO words(rowid, {columns}) VALUES (?, ?, ?, ?, ?, ?)", told)
        database.execute(
            "INSERT INTO parts(rowid, text) VALUES (?, ?)", (number, fold(f"{document.title} {document.code}"))
        )
    rank = f"bm25(words, {', '.join(map(str, WEIGHTS.values()))})"
    by_words = f"SELECT rowid FROM words WHERE words MATCH ? ORDER BY {rank} LIMIT 10"
    by_parts = "SELECT rowid FROM parts WHERE parts MATCH ? ORDER BY rank LIMIT 10"

    def ask(query: str) -> list[int]:
        typed = [f'"{word}"*' for word in _WORD.findall(query)]
        trigrams = _trigrams(fold(query))
        steps = [(by_words, " AND ".join(typed)), (by_words, " OR ".join(typed)), (by_parts, " OR ".join(trigrams))]
        for statement, match in steps:
            rows = database.execute(statement, (match,)).fetchall() if match else []
            if rows:
                return [int(number) for (number,) in rows]
        return []

    return ask


def _trigrams(query: str) -> list[str]:
    word = " ".join(_WORD.findall(query))
    return [f'"{word[place : place + 3]}"' for place in range(len(word) - _SHORTEST_TRIGRAM + 1)]


def _tantivy(tantivy: Any, documents: Sequence[Document], folder: Path) -> Ask:
    index = tantivy.Index(_schema(tantivy), path=str(folder))
    french = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    french = french.filter(tantivy.Filter.ascii_fold()).filter(tantivy.Filter.stemmer("french"))
    index.register_tokenizer("french", french.build())
    ngrams = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(5, 8, False)).filter(tantivy.Filter.lowercase())
    index.register_tokenizer("parts", ngrams.build())
    writer = index.writer(num_threads=1)
    for number, document in enumerate(documents):
        told = texts(document)
        writer.add_document(tantivy.Document(n=number, parts=document.code, **told))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    fields = [*WEIGHTS]

    def ask(query: str) -> list[int]:
        typed = " ".join(_WORD.findall(query))
        for told in _steps(fields, typed):
            hits = searcher.search(index.parse_query(typed, **told), 10).hits if typed else []
            if hits:
                return [int(searcher.doc(address)["n"][0]) for _score, address in hits]
        return []

    return ask


def _schema(tantivy: Any) -> Any:
    schema = tantivy.SchemaBuilder().add_integer_field("n", stored=True)
    for name in WEIGHTS:
        schema = schema.add_text_field(name, tokenizer_name="french")
    return schema.add_text_field("parts", tokenizer_name="parts").build()


def _steps(fields: list[str], typed: str) -> Iterator[dict[str, Any]]:
    """Every word; words begun or one slip away; two slips away; a part of a code."""
    every = {"default_field_names": fields, "field_boosts": WEIGHTS, "conjunction_by_default": True}
    yield every
    for slips in (1, 2):
        yield every | {"fuzzy_fields": dict.fromkeys(fields, (True, slips, True))}
    if typed.isalnum():
        yield {"default_field_names": ["parts"], "conjunction_by_default": True}
