"""Every synonym says why it is one, and leads to words that the lists print."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from catalog.search.folding import STOP_WORDS, words
from catalog.search.synonyms import Synonyms, groups, meant_by_typed, phrases_in
from tests.databases import ROOT

GROUPS = [pytest.param(group, id=(group.typed or group.mutual)[0]) for group in groups()]


def texts(shared: Path) -> Iterator[str]:
    """What the lists print: medicines, acts and devices of every file read, and the project's own pack."""
    book = CalamineWorkbook.from_path(str(shared / "gmr" / "ref-des-medicaments-cnops-2014.xlsx"))
    yield from (str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row)
    for folder in (shared, ROOT / "catalog" / "reference_pack" / "releases"):
        for path in sorted(folder.rglob("*.csv")):
            yield path.read_text(encoding="utf-8", errors="replace")
    for path in sorted((shared / "bdpm").rglob("CIS_bdpm.txt.gz")):
        yield gzip.decompress(path.read_bytes()).decode("cp1252", errors="replace")
    for act in json.loads(gzip.decompress((shared / "ngap_ccam" / "ccam_actes.json.gz").read_bytes())):
        yield act["libelle_long"]
    for path in sorted((shared / "dispositifs").glob("*.json.gz")):
        yield json.dumps(json.loads(gzip.decompress(path.read_bytes())), ensure_ascii=False)


@lru_cache(maxsize=1)
def printed(shared: Path) -> frozenset[str]:
    return frozenset(word.text for text in texts(shared) for word in words(text))


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_says_why_and_where_that_is_read(group: Synonyms) -> None:
    assert len(group.why) > 20
    assert group.why.endswith(".")
    assert group.source
    assert bool(group.mutual) != bool(group.typed and group.meant)


@pytest.mark.parametrize("group", GROUPS)
def test_words_are_written_as_the_index_folds_them(group: Synonyms) -> None:
    told = [*group.typed, *group.mutual, *(word for meant in group.meant for word in meant.split(" "))]
    assert [word for word in told if [read.text for read in words(word)] != [word] or word in STOP_WORDS] == []


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS)
def test_what_is_meant_is_printed_somewhere_or_says_why_it_is_kept(group: Synonyms, shared_data: Path) -> None:
    meant = {word for text in (*group.meant, *group.mutual) for word in text.split(" ")}
    missing = meant - printed(shared_data)
    assert bool(missing) == bool(group.absent), f"printed nowhere: {sorted(missing)}"


def test_no_word_stands_for_itself() -> None:
    assert [typed for typed, meant in meant_by_typed().items() if typed in meant] == []


def test_both_words_of_a_phrase_stand_in_the_text() -> None:
    assert phrases_in({"solution", "injectable"}) == []
    assert phrases_in({"poudre", "suspension", "buvable"}) == ["suspension_buvable"]
