"""Random documents and questions, and their answers: by the adapter over the Whoosh imported, by a linear scan.

``python -m tests.contract.questions FOLDER SEED COUNT`` prints what Whoosh answers, for another distribution than ours.
"""

from __future__ import annotations

import json
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from catalog.search import whoosh_index
from catalog.search.documents import EXACT, FIELDS, Document
from catalog.search.whoosh_index import WhooshIndex

TERMS = [f"t{number}" for number in range(30)]
DOCUMENTS = 1500
THREADS = 8

Group = dict[tuple[str, str], int]


class Asked(NamedTuple):
    """Groups of scored terms, the documents allowed, and how many of the best are wanted."""

    groups: list[Group]
    allowed: set[int]
    limit: int


def documents(seed: int) -> list[Document]:
    chance = random.Random(seed)
    return [_document(chance, number) for number in range(DOCUMENTS)]


def _document(chance: random.Random, number: int) -> Document:
    words = {field: tuple(chance.sample(TERMS, chance.randrange(4))) for field in FIELDS}
    return Document("k", str(number), "", "", (f"whole {number % 7}",), words, {}, ())


def questions(seed: int, count: int) -> list[Asked]:
    chance = random.Random(seed)
    return [_question(chance) for _ in range(count)]


def _question(chance: random.Random) -> Asked:
    groups = [
        {_term(chance): chance.choice((1, 7, 50, 20_000)) for _ in range(chance.randrange(1, 12))}
        for _ in range(chance.randrange(1, 4))
    ]
    return Asked(
        groups, set(chance.sample(range(DOCUMENTS), chance.randrange(1, DOCUMENTS))), chance.choice((1, 10, 99))
    )


def _term(chance: random.Random) -> tuple[str, str]:
    if chance.random() < 0.1:
        return (EXACT, f"whole {chance.randrange(9)}")
    return (chance.choice(FIELDS), chance.choice([*TERMS, "absent"]))


def scan(held: list[Document], asked: Asked) -> list[int]:
    """The answer by looking at every document."""
    scored = []
    for number in asked.allowed:
        words = {**held[number].words, EXACT: held[number].exact}
        scores = [sum(s for (field, term), s in group.items() if term in words[field]) for group in asked.groups]
        if all(scores):
            scored.append((-sum(scores), number))
    return [number for _score, number in sorted(scored)[: asked.limit]]


def answer(folder: Path, held: list[Document], asked: list[Asked]) -> list[list[int]]:
    """The answers of the adapter, put by several threads at once to one index written into a folder."""
    whoosh_index.write(folder, held)
    index = WhooshIndex(folder)
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(lambda one: index.best(*one), asked))


def main(folder: str, seed: str, count: str) -> None:
    import whoosh

    found = answer(Path(folder), documents(int(seed)), questions(int(seed), int(count)))
    told = {"version": whoosh.versionstring(), "from": whoosh.__file__, "answers": found}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
