"""The index answers what a linear scan does, from several threads at once."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from catalog.search import whoosh_index
from catalog.search.documents import FIELDS, Document
from catalog.search.whoosh_index import WhooshIndex

TERMS = [f"t{number}" for number in range(30)]
COUNT = 1500

Group = dict[tuple[str, str], int]


def random_document(chance: random.Random, number: int) -> Document:
    words = {field: tuple(chance.sample(TERMS, chance.randrange(4))) for field in FIELDS}
    return Document("k", str(number), "", "", (f"whole{number % 7}",), words, {}, ())


def random_question(chance: random.Random) -> tuple[list[Group], set[int], int]:
    groups = [
        {(chance.choice(FIELDS), chance.choice(TERMS)): chance.randrange(1, 50) for _ in range(chance.randrange(1, 9))}
        for _ in range(chance.randrange(1, 4))
    ]
    return groups, set(chance.sample(range(COUNT), chance.randrange(1, COUNT))), chance.choice((1, 10, 100))


def scan(documents: list[Document], groups: list[Group], allowed: set[int], limit: int) -> list[int]:
    scored = []
    for number in allowed:
        words = documents[number].words
        scores = [sum(score for (field, term), score in group.items() if term in words[field]) for group in groups]
        if all(scores):
            scored.append((-sum(scores), number))
    return [number for _score, number in sorted(scored)[:limit]]


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    chance = random.Random(3)
    return [random_document(chance, number) for number in range(COUNT)]


@pytest.fixture(scope="module")
def index(documents: list[Document], tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    folder: Path = tmp_path_factory.mktemp("random")
    whoosh_index.write(folder, documents)
    return WhooshIndex(folder)


def test_random_questions_are_answered_as_by_a_scan(index: WhooshIndex, documents: list[Document]) -> None:
    chance = random.Random(5)
    for _ in range(400):
        groups, allowed, limit = random_question(chance)
        assert index.best(groups, allowed, limit) == scan(documents, groups, allowed, limit)


def test_threads_do_not_disturb_each_other(index: WhooshIndex, documents: list[Document]) -> None:
    chance = random.Random(8)
    questions = [random_question(chance) for _ in range(200)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda asked: index.best(*asked), questions))
    assert answers == [scan(documents, *asked) for asked in questions]


def test_where_nothing_is_allowed_nothing_is_found(index: WhooshIndex) -> None:
    assert index.best([{("names", "t1"): 1}], set(), 10) == []
