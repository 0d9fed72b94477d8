"""What the adapter of Whoosh promises; random questions are put to it in tests/contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.search import whoosh_index
from catalog.search.whoosh_index import WhooshIndex
from tests.contract import questions


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    folder: Path = tmp_path_factory.mktemp("random")
    whoosh_index.write(folder, questions.documents(3))
    return WhooshIndex(folder)


def test_a_sample_of_random_questions_is_answered_as_by_a_scan(index: WhooshIndex) -> None:
    held = questions.documents(3)
    for asked in questions.questions(11, 100):
        assert index.best(*asked) == questions.scan(held, asked)


def test_where_nothing_is_allowed_nothing_is_found(index: WhooshIndex) -> None:
    assert index.best([{("names", "t1"): 1}], set(), 10) == []


def test_it_holds_every_document(index: WhooshIndex) -> None:
    assert len(index) == questions.DOCUMENTS
