"""Queries nobody means: milliseconds of CPU until each is answered, or refused."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.search_corpus import MOMENT
from catalog.search.documents import Document
from catalog.search.engine import Engine
from catalog.search.question import QueryError, Question


def texts(documents: Sequence[Document]) -> dict[str, str]:
    """By name; broad words are the most frequent ones of the index."""
    counted = Counter(word for one in documents for words in one.words.values() for word in words if word.isalpha())
    broad = [word for word, _count in counted.most_common(40)]
    return {
        "10 kB": "a" * 10_240,
        "500 words": "mot " * 500,
        "only wildcards": "*?%_" * 50,
        "`*:*`": "*:*",
        "100 nested parentheses": "(" * 100 + "a" + ")" * 99,
        "NUL": "\x00" * 200,
        "right-to-left overrides": "\u202e\u202d" * 100,
        "a word of 200 letters": ("amoxicilline" * 17)[:200],
        "200 Arabic letters": "ا" * 200,
        "200 letters that unfold": "㍿" * 200,
        "12 broad words": " ".join(broad[:12])[:200],
        "12 other broad words": " ".join(sorted(broad[12:], key=len)[:12]),
        "12 broad words misspelt": " ".join([f"{word[:4]}z{word[4:9]}" for word in broad if len(word) > 5][:12]),
        "12 letters": "a b c d e f g h i j k l",
        "12 numbers": "1 2 3 4 5 6 7 8 9 10 20 100",
        "the most frequent word": broad[0],
    }


def measure(engine: Engine, documents: Sequence[Document]) -> Iterator[tuple[str, float, str]]:
    """Name, milliseconds of CPU, and what was answered."""
    for name, text in texts(documents).items():
        start = time.process_time()
        try:
            told = f"{engine.search(Question(text), MOMENT).total} entries"
        except QueryError as error:
            told = str(error)
        yield name, 1000 * (time.process_time() - start), told
