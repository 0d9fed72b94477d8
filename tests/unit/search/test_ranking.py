"""A broad query is ranked in memory, a narrow one by Whoosh, over the terms that matter alone: with one result."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from catalog.search import meaning, whoosh_index
from catalog.search.documents import Document
from catalog.search.holding import Holding
from catalog.search.meaning import Meant, Reader
from catalog.search.postings import Postings, pack
from catalog.search.suggesting import Titles
from catalog.search.whoosh_index import WhooshIndex
from tests.contract import questions
from tests.contract.questions import Asked


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return questions.documents(3)


@pytest.fixture(scope="module")
def index(documents: list[Document], tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    folder: Path = tmp_path_factory.mktemp("ranking")
    whoosh_index.write(folder, documents)
    return WhooshIndex(folder)


def known(asked: Asked, documents: list[Document]) -> Asked:
    """The question without the terms that no document holds, as a reader makes them."""
    held = {(field, term) for one in documents for field, terms in one.words.items() for term in terms}
    held |= {("exact", one.exact[0]) for one in documents}
    groups = [{term: score for term, score in group.items() if term in held} for group in asked.groups]
    return asked._replace(groups=[group for group in groups if group])


def matching(asked: Asked, documents: list[Document]) -> set[int]:
    return set(questions.scan(documents, asked._replace(limit=len(documents))))


@pytest.mark.parametrize("broad", [0, len(questions.TERMS) * 1000])
def test_both_ways_of_ranking_agree_with_a_scan(
    broad: int, documents: list[Document], index: WhooshIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meaning, "BROAD", broad)
    reader = Reader(Postings(pack(documents)), Titles(documents), Holding(documents))
    asked_all = [known(asked, documents) for asked in questions.questions(21, 150)]
    for asked in (one for one in asked_all if one.groups):
        kept = matching(asked, documents)
        meant = Meant(tuple(asked.groups), kept, None, frozenset())
        assert reader.rank(meant, kept, index, asked.limit) == questions.scan(documents, asked)


def test_what_holds_only_some_words_is_ranked_by_them(
    documents: list[Document], index: WhooshIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(9)
    reader = Reader(Postings(pack(documents)), Titles(documents), Holding(documents))
    group = {("names", "t1"): 5, ("labels", "t2"): 7, ("names", "t3"): 1}
    meant = Meant(tuple({term: score} for term, score in group.items()), frozenset(), None, frozenset(), True)
    holding = matching(Asked([group], set(range(len(documents))), 0), documents)
    kept = set(chance.sample(sorted(holding), 60))
    wanted = questions.scan(documents, Asked([group], kept, 10))
    assert reader.rank(meant, kept, index, 10) == wanted
    monkeypatch.setattr(meaning, "BROAD", 0)
    assert reader.rank(meant, kept, index, 10) == wanted
