"""Texts are brought to one spelling, and a word keeps its place in the text it comes from."""

from __future__ import annotations

import pytest

from catalog.search.folding import fold, words
from catalog.search.highlighting import highlight
from catalog.search.spelling import skeleton, sound, stem, voiced


@pytest.mark.parametrize(
    ("text", "folded"), [("Œdème", "oedeme"), ("µG", "ug"), ("٥٠٠", "500"), ("۵", "5"), ("ÇÀ", "ca"), ("ÆON", "aeon")]
)
def test_marks_ligatures_and_figures_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["0,5 g", "500 mg", "500MG", "0.5G", "500000 µg"])
def test_one_dose_is_one_word_however_written(text: str) -> None:
    assert [word.text for word in words(text)] == ["500mg"]


@pytest.mark.parametrize("text", ["1 MUI", "1.000.000 UI", "1 000 000 U.I.", "1M UI"])
def test_millions_of_units_are_one_word(text: str) -> None:
    assert [word.text for word in words(text)] == ["1000000ui"]


def test_what_matches_is_marked_in_the_title_as_published() -> None:
    parts = highlight("Scanographie du Cœur", frozenset({"coeur"}))
    assert [(part.text, part.is_match) for part in parts] == [("Scanographie du ", False), ("Cœur", True)]


def test_near_spellings_share_a_key() -> None:
    assert stem("fractures") == stem("fracture")
    assert sound("amoxiciline") == sound("amoxicilline")
    assert skeleton("دوليبران") == skeleton("doliprane")


def test_arabic_vowels_are_heard_alike() -> None:
    assert voiced("ستاربين") == voiced("starpin")
    assert voiced("ستاربين") != voiced("cytarabine")
