"""Whatever is typed is answered, or refused in a sentence, by a bounded amount of work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from catalog.search import lexicon
from catalog.search.engine import Engine
from catalog.search.meaning import BROAD
from catalog.search.question import DEEPEST, LONGEST_QUERY, MOST_WORDS, QueryError, Question
from tests.unit.search.conftest import MOMENT

MOST_TERMS = 600
"""Scored terms of one typed word: those it may stand for, in each field, and the titles it begins."""
ANSWERED = {
    "a star": "*",
    "everything": "*:*",
    "wildcards": "?*%_~" * 40,
    "nested parentheses": "(" * 100 + "a" + ")" * 99,
    "a range": "[a TO b] {a TO b}",
    "operators": "AND OR NOT nom:x +a -b ~2^9",
    "an open quote": '"',
    "backslashes": "\\" * LONGEST_QUERY,
    "NUL": "\x00" * LONGEST_QUERY,
    "right-to-left overrides": "\u202e\u202d" * 99 + "ab",
    "combining marks": "e" + "\u0301" * 199,
    "surrogates": "\ud800\udfff",
    "a word of 200 letters": "a" * LONGEST_QUERY,
    "a word of 200 like a name": ("amoxicilline" * 17)[:LONGEST_QUERY],
    "an Arabic word of 200": "ا" * LONGEST_QUERY,
    "letters that unfold": "㍿" * LONGEST_QUERY,
    "fractions": "½ ¼ ٪ ² ﬁ",
    "twelve broad words": "comprime solution injectable buvable poudre gelule creme par de la avec pour",
    "twelve letters": "a b c d e f g h i j k l",
    "twelve slips": " ".join(f"{word}x" for word in ("diamicrn", "doliprne", "amoxicilne") * 4),
}
REFUSED = {
    "10 kB": "x" * 10_240,
    "10 kB of words": "comprime " * 1_137,
    "500 words": "mot " * 500,
    "40 words": "mot " * 40,
    "200 figures": "9" * LONGEST_QUERY,
    "a ligature of 18 letters": "ﷺ" * LONGEST_QUERY,
}


def cases(told: dict[str, str]) -> list[Any]:
    return [pytest.param(text, id=name) for name, text in told.items()]


@pytest.fixture
def work(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[int]]]:
    """What Whoosh is given to do, and how often the vocabulary is gone through for near words."""
    done: dict[str, list[int]] = {"documents": [], "terms": [], "scans": []}
    best, extract = engine._index.best, lexicon.process.extract

    def watched(every: Any, allowed: Any, limit: int) -> list[int]:
        done["documents"].append(len(allowed))
        done["terms"].extend(map(len, every))
        return best(every, allowed, limit)

    def counted(*told: Any, **more: Any) -> Any:
        done["scans"].append(1)
        return extract(*told, **more)

    monkeypatch.setattr(engine._index, "best", watched)
    monkeypatch.setattr(lexicon.process, "extract", counted)
    engine._reader.forget()
    yield done


@pytest.mark.parametrize("text", cases(ANSWERED))
def test_it_is_answered_with_bounded_work(engine: Engine, work: dict[str, list[int]], text: str) -> None:
    found = engine.search(Question(text), MOMENT)
    assert 0 <= found.total <= len(engine.documents)
    assert len(engine.suggest(text, MOMENT)) <= 10
    assert all(count <= BROAD for count in work["documents"])
    assert all(count <= MOST_TERMS for count in work["terms"])
    assert len(work["scans"]) <= MOST_WORDS


@pytest.mark.parametrize("text", cases(REFUSED))
def test_it_is_refused_in_a_sentence_and_not_read(engine: Engine, work: dict[str, list[int]], text: str) -> None:
    for ask in (lambda: engine.search(Question(text), MOMENT), lambda: engine.suggest(text, MOMENT)):
        with pytest.raises(QueryError, match=r"^A query has at most \d+ (characters|words); this one has \d+\.$"):
            ask()
    assert work == {"documents": [], "terms": [], "scans": []}


def test_no_page_lies_beyond_the_deepest(engine: Engine) -> None:
    with pytest.raises(QueryError, match=f"first {DEEPEST}"):
        engine.search(Question("comprime", page=DEEPEST + 1, per_page=1), MOMENT)
