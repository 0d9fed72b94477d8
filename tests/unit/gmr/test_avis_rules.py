"""Rules on opinions: the level, the target, what they say at all."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.gmr.avis_rules import (
    LevelIsNotListed,
    OpinionOnUnknownPresentation,
    OpinionWithoutLevelOrDecision,
    OpinionWithoutTarget,
)
from catalog.validation import Candidate, Severity
from tests.unit.gmr.builders import candidate, check, codes, medicament, standing

IMPORTANT = candidate("niveau", "SMR:IMPORTANT", liste="SMR", niveau="IMPORTANT", libelle="Important", rang=2)
FAIBLE = candidate("niveau", "SMR:FAIBLE", liste="SMR", niveau="FAIBLE", libelle="Faible", rang=4)
MINEURE = candidate("niveau", "ASMR:IV", liste="ASMR", niveau="IV", libelle="Mineure", rang=4)
LEVELS = standing(FAIBLE, IMPORTANT, MINEURE)


def opinion(**fields: Any) -> Candidate:
    return candidate("avis", "CT-1", **fields)


class TestLevelIsNotListed:
    def test_a_level_outside_the_list_is_refused_and_the_list_is_shown(self) -> None:
        (found,) = check(LevelIsNotListed(), candidate("avis", "CT-1", smr="SUFFISANT"), standing=LEVELS)
        assert (found.severity, found.field, found.value) == (Severity.ERROR, "smr", "SUFFISANT")
        assert "levels of SMR: IMPORTANT, FAIBLE." in found.message

    def test_each_list_has_its_own_levels(self) -> None:
        swapped = candidate("avis", "CT-1", smr="IV", asmr="IMPORTANT")
        assert [found.field for found in check(LevelIsNotListed(), swapped, standing=LEVELS)] == ["smr", "asmr"]

    def test_a_listed_level_is_right_however_it_is_written(self) -> None:
        assert check(LevelIsNotListed(), candidate("avis", "CT-1", smr="Important", asmr="IV"), standing=LEVELS) == []

    def test_a_level_of_the_same_draft_is_known(self) -> None:
        assert check(LevelIsNotListed(), candidate("avis", "CT-1"), IMPORTANT) == []

    def test_an_opinion_without_a_level_needs_no_list(self) -> None:
        assert check(LevelIsNotListed(), candidate("avis", "CT-1", smr=None)) == []


class TestOpinionWithoutTarget:
    def test_an_opinion_on_nothing_is_refused(self) -> None:
        (found,) = check(OpinionWithoutTarget(), candidate("avis", "CT-1", nom=None, dosages="80", forme="COMPRIME"))
        assert found.severity is Severity.ERROR

    @pytest.mark.parametrize("target", ["medicament", "specialite", "nom", "dci"])
    def test_any_one_target_is_enough(self, target: str) -> None:
        assert check(OpinionWithoutTarget(), opinion(**{"nom": None, target: "X"})) == []


class TestOpinionOnUnknownPresentation:
    def test_a_presentation_that_nobody_knows_is_warned_of(self) -> None:
        (found,) = check(OpinionOnUnknownPresentation(), candidate("avis", "CT-1", medicament="6118000100058"))
        assert (found.severity, found.value) == (Severity.WARNING, "6118000100058")

    def test_a_known_one_is_right(self) -> None:
        named = opinion(medicament="6118000100058")
        assert check(OpinionOnUnknownPresentation(), named, standing=standing(medicament("6118000100058"))) == []


class TestOpinionWithoutLevelOrDecision:
    def test_an_opinion_that_says_nothing_is_warned_of(self) -> None:
        found = check(OpinionWithoutLevelOrDecision(), candidate("avis", "CT-1", smr=None))
        assert (codes(found), found[0].severity) == (["CT-1"], Severity.WARNING)

    @pytest.mark.parametrize(("field", "value"), [("smr", "FAIBLE"), ("asmr", "IV"), ("decision", "FAVORABLE")])
    def test_a_level_or_a_decision_is_enough(self, field: str, value: str) -> None:
        assert check(OpinionWithoutLevelOrDecision(), opinion(**{"smr": None, field: value})) == []
