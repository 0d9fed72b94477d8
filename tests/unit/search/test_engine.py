"""What people type leads to the entry they mean, and only to what was in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from catalog.search.engine import Engine
from catalog.search.question import Question
from catalog.temporal import Moment
from tests.unit.search.conftest import FIRST, LEFT, MOMENT

BEFORE, AFTER = Moment(LEFT - timedelta(days=1), 1), Moment(LEFT, 1)


def codes(engine: Engine, text: str, moment: Moment = MOMENT) -> list[str]:
    return [one.code for one in engine.search(Question(text), moment).documents]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("diamicron", "6118000100058"),
        ("DIAMI", "6118000100058"),
        ("diamicorn", "6118000100058"),
        ("diamikron", "6118000100058"),
        ("diamicron 30", "6118000100065"),
        ("doliprane 0,5 g", "6118000040026"),
        ("doliprane 500mg", "6118000040026"),
        ("doliprane 1000 mg", "6118000040033"),
        ("doliprane ١ g", "6118000040033"),
        ("دوليبران 500", "6118000040026"),
        ("aspirine", "6118000040057"),
        ("amoxiciline sirop", "6118000040040"),
        ("6118 0001 00065", "6118000100065"),
        ("100065", "6118000100065"),
        ("hhfa001", "HHFA001"),
        ("scanner coeur", "ZZQK024"),
        ("fractures clavicules", "MCCA001"),
        ("osteosynthese", "MCCA001"),
    ],
)
def test_the_entry_meant_comes_first(engine: Engine, typed: str, code: str) -> None:
    assert codes(engine, typed)[0] == code


def test_a_syrup_is_swallowed_and_never_injected(engine: Engine) -> None:
    assert codes(engine, "amoxicilline sirop") == ["6118000040040"]
    assert codes(engine, "amoxicilline inj") == ["6118000040071"]
    assert codes(engine, "sirop") == ["6118000040040"]


def test_an_entry_that_left_is_found_the_day_before_and_not_that_day(engine: Engine) -> None:
    assert codes(engine, "radiex", BEFORE) == ["6118000040064"]
    assert "6118000040064" not in codes(engine, "radiex", AFTER)
    assert codes(engine, "6118000040064", BEFORE) == ["6118000040064"]
    assert "6118000040064" not in codes(engine, "6118000040064", AFTER)


def test_nothing_is_found_at_a_release_that_knew_nothing(engine: Engine) -> None:
    assert codes(engine, "diamicron", Moment(MOMENT.as_of, 0)) == []
    assert engine.suggest("diamicron", Moment(MOMENT.as_of, 0)) == []


def test_a_further_gtin_leads_to_its_presentation_while_it_stands_for_it(engine: Engine) -> None:
    assert codes(engine, "6118010001154", BEFORE) == ["6118000100058"]
    assert codes(engine, "6118010001154", AFTER) == []


def test_only_a_query_not_found_as_typed_is_told_what_it_was_taken_for(engine: Engine) -> None:
    assert engine.search(Question("diamicron"), MOMENT).suggestion is None
    assert engine.search(Question("diamicorn"), MOMENT).suggestion == "diamicron"


def test_facets_count_all_that_match_and_filters_keep_what_they_count(engine: Engine) -> None:
    asked = Question("6118", kind="medicament")
    found = engine.search(replace(asked, text="comprime", per_page=1), MOMENT)
    assert len(found.documents) == 1
    assert found.facets["remboursable"] == {"oui": 4, "non": 1}
    for value, count in found.facets["remboursable"].items():
        kept = engine.search(replace(asked, text="comprime", facets={"remboursable": value}), MOMENT)
        assert kept.total == len(kept.documents) == count


def test_pages_follow_each_other_without_gap(engine: Engine) -> None:
    whole = codes(engine, "comprime")
    pages = [engine.search(Question("comprime", page=page, per_page=2), MOMENT).documents for page in (1, 2, 3)]
    assert [one.code for page in pages for one in page] == whole


def test_titles_are_offered_once_as_they_are_typed(engine: Engine) -> None:
    assert [one.title for one in engine.suggest("d", MOMENT, "medicament")] == [
        "DIAMICRON",
        "DIAMICRON LM",
        "DOLIPRANE",
    ]
    assert [one.title for one in engine.suggest("dolipr", MOMENT)] == ["DOLIPRANE"]


def test_what_left_comes_before_what_has_not_begun(engine: Engine) -> None:
    (left,) = engine.search(Question("Radiex"), AFTER).left
    assert (left.document.code, left.period.end, left.legal_act) == ("6118000040064", LEFT, None)
    told = engine.search(Question("doliprane"), Moment(FIRST - timedelta(days=1), 1)).left
    assert [one.period.start for one in told] == [FIRST, FIRST]
    assert engine.search(Question("doliprane"), Moment(FIRST, 0)).left == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [("دياميكرون 30", "6118000100065"), ("ديمكرون", "6118000100058"), ("diamicorn zz", "6118000100058")],
)
def test_vowels_that_arabic_writes_and_long_words_decide(engine: Engine, typed: str, code: str) -> None:
    assert codes(engine, typed)[0] == code
