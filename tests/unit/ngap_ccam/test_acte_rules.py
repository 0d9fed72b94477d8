"""Rules on acts and on the CCAM tree."""

from __future__ import annotations

import pytest

from catalog.ngap_ccam.acte_rules import (
    AssimilatedActHasOwnCotation,
    AssimilatedActUnknown,
    AssimilationTurnsRound,
    CoefficientIsZero,
    CoefficientMissing,
    CoefficientOfAFlatAct,
    KeyLetterMissing,
)
from catalog.ngap_ccam.ccam_rules import ActivityOutOfRange, HeadingUnknown, PhaseOutOfRange, TreeTurnsRound
from catalog.validation import Candidate, Severity
from tests.unit.ngap_ccam.builders import acte, candidate, check, standing


def assimilated(code: str, to: str) -> Candidate:
    return acte(code, coefficient=None, lettre=None, assimile_a=to)


class TestCoefficientMissing:
    def test_it_is_warned_of_and_never_filled_in(self) -> None:
        hole = acte("D722", coefficient=None, coefficient_anesthesie="25")
        (found,) = check(CoefficientMissing(), hole)
        assert (found.severity, found.field, found.code) == (Severity.WARNING, "coefficient", "D722")
        assert hole.payload["coefficient"] is None

    def test_an_act_that_needs_none_is_right(self) -> None:
        flat = acte("C1", coefficient=None, mode="ACTE_FORFAITAIRE")
        assert check(CoefficientMissing(), acte("D708"), assimilated("ASD01", "D510"), flat) == []


@pytest.mark.parametrize("field", ["coefficient", "coefficient_anesthesie"])
def test_a_coefficient_of_zero_is_refused(field: str) -> None:
    (found,) = check(CoefficientIsZero(), acte("D708", **{field: "0"}))
    assert (found.severity, found.field) == (Severity.ERROR, field)
    assert check(CoefficientIsZero(), acte("D708"), acte("D722", coefficient=None)) == []


class TestKeyLetterMissing:
    def test_a_cotation_without_letter_is_warned_of(self) -> None:
        assert [found.field for found in check(KeyLetterMissing(), acte("D708", lettre=None))] == ["lettre"]

    def test_a_forfait_and_an_assimilated_act_need_none(self) -> None:
        forfait = acte("X1", mode="FORFAIT", lettre=None, coefficient=None)
        assert check(KeyLetterMissing(), acte("D708"), forfait, assimilated("ASD01", "D510")) == []


def test_a_flat_act_has_no_coefficient() -> None:
    found = check(CoefficientOfAFlatAct(), acte("C1", mode="ACTE_FORFAITAIRE"), acte("C2", mode="FORFAIT"), acte("C3"))
    assert [(violation.code, violation.severity) for violation in found] == [
        ("C1", Severity.ERROR),
        ("C2", Severity.ERROR),
    ]


def test_an_assimilated_act_has_no_coefficient_of_its_own() -> None:
    both = acte("ASD01", assimile_a="D510")
    (found,) = check(AssimilatedActHasOwnCotation(), both, assimilated("ASD02", "D510"), acte("D708"))
    assert (found.code, found.severity, found.value) == ("ASD01", Severity.ERROR, "D510")


class TestAssimilatedActUnknown:
    def test_an_act_that_is_not_in_force_is_refused(self) -> None:
        (found,) = check(AssimilatedActUnknown(), assimilated("ASD01", "D510"), standing=standing(acte("D708")))
        assert (found.severity, found.value) == (Severity.ERROR, "D510")
        assert "(D510)" in found.message

    def test_it_may_stand_already_or_come_in_the_same_draft(self) -> None:
        asd01 = assimilated("ASD01", "D510")
        assert check(AssimilatedActUnknown(), asd01, standing=standing(acte("D510"))) == []
        assert check(AssimilatedActUnknown(), asd01, acte("D510")) == []


class TestAssimilationTurnsRound:
    def test_an_act_assimilated_to_itself_is_refused(self) -> None:
        (found,) = check(AssimilationTurnsRound(), assimilated("ASD01", "ASD01"))
        assert found.severity is Severity.ERROR
        assert "(ASD01 -> ASD01)" in found.message

    def test_a_loop_through_what_stands_is_refused_with_its_way(self) -> None:
        there = standing(assimilated("ASD02", "ASD03"), assimilated("ASD03", "ASD01"))
        (found,) = check(AssimilationTurnsRound(), assimilated("ASD01", "ASD02"), standing=there)
        assert "(ASD01 -> ASD02 -> ASD03 -> ASD01)" in found.message

    def test_a_draft_that_opens_a_standing_loop_is_right(self) -> None:
        there = standing(assimilated("ASD01", "ASD02"))
        assert check(AssimilationTurnsRound(), acte("ASD02"), assimilated("ASD03", "ASD01"), standing=there) == []

    def test_a_chain_that_ends_is_right(self) -> None:
        chain = (assimilated("ASD01", "ASD02"), assimilated("ASD02", "D510"), acte("D510"))
        assert check(AssimilationTurnsRound(), *chain) == []


@pytest.mark.parametrize(
    ("rule", "field", "good", "bad"),
    [
        (ActivityOutOfRange(), "activites", ("1", "4", "5"), ("1", "6", "0")),
        (PhaseOutOfRange(), "phases", ("0", "1", "3"), ("0", "4", "12")),
    ],
)
def test_activities_are_1_to_5_and_phases_0_to_3(
    rule: ActivityOutOfRange, field: str, good: tuple[str, ...], bad: tuple[str, ...]
) -> None:
    assert check(rule, candidate("acte_ccam", "HBJD001", **{field: good}), candidate("acte_ccam", "HBJD002")) == []
    found = check(rule, candidate("acte_ccam", "HBJD001", **{field: bad}))
    assert [violation.value for violation in found] == list(bad[1:])
    assert {violation.severity for violation in found} == {Severity.ERROR}


class TestHeadingUnknown:
    def test_a_heading_that_is_not_in_the_tree_is_warned_of(self) -> None:
        (found,) = check(HeadingUnknown("acte_ccam", "noeud"), candidate("acte_ccam", "HBJD001", noeud="000683"))
        assert (found.severity, found.value) == (Severity.WARNING, "000683")

    def test_a_heading_of_the_tree_is_right(self) -> None:
        tree = standing(candidate("noeud_ccam", "000683"))
        assert (
            check(HeadingUnknown("acte_ccam", "noeud"), candidate("acte_ccam", "A", noeud="000683"), standing=tree)
            == []
        )
        top = candidate("noeud_ccam", "000001")
        assert (
            check(HeadingUnknown("noeud_ccam", "parent"), top, candidate("noeud_ccam", "000002", parent="000001")) == []
        )


def test_a_tree_that_turns_round_is_refused() -> None:
    loop = (candidate("noeud_ccam", "000001", parent="000002"), candidate("noeud_ccam", "000002", parent="000001"))
    leaf = candidate("noeud_ccam", "000003", parent="000001")
    found = check(TreeTurnsRound(), *loop, leaf)
    assert [violation.code for violation in found] == ["000001", "000002"]
    assert "000001 -> 000002 -> 000001" in found[0].message
