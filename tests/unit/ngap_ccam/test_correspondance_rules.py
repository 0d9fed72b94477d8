"""Rules on mappings: what each stage and each relation demands (DOMAIN 2.3, 8.7)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from catalog.errors import PayloadError
from catalog.ngap_ccam.correspondance_rules import (
    MappedActIsNotInForce,
    MappingCodeDiffers,
    NoMapNamesATarget,
    NoMapWithoutReason,
    StageWentBack,
    TargetIncomplete,
    TwoEquivalentsForOneTarget,
    ValidationWithoutDecision,
    carries_price,
)
from catalog.ngap_ccam.schemas import RELATIONS, STATUTS
from catalog.validation import Severity
from tests.unit.ngap_ccam.builders import acte, candidate, check, mapping, payload, standing

D708 = "D708>HBJD001-1-0"
NO_MAP = {"relation": "no-map", "motif": "acte sans équivalent"}
BOTH_SIDES = standing(acte("D708"), acte("D709"), candidate("acte_ccam", "HBJD001"))


class TestMappingCodeDiffers:
    @pytest.mark.parametrize("field", ["acte_ngap", "acte_ccam", "activite", "phase"])
    def test_a_row_that_says_something_else_than_its_code_is_refused(self, field: str) -> None:
        other = {"acte_ngap": "D709", "acte_ccam": "HBJD002", "activite": "4", "phase": "1"}[field]
        (found,) = check(MappingCodeDiffers(), mapping(D708, **{field: other}))
        assert found.severity is Severity.ERROR
        assert other in found.message

    def test_its_own_code_is_right(self) -> None:
        assert check(MappingCodeDiffers(), mapping(D708), mapping("A100>AUCUN", **NO_MAP)) == []


@pytest.mark.parametrize("field", ["acte_ccam", "activite", "phase"])
def test_a_mapping_points_at_a_whole_target(field: str) -> None:
    found = check(TargetIncomplete(), mapping(D708, **{field: None}), mapping(D708), mapping("A100>AUCUN", **NO_MAP))
    assert [(violation.field, violation.severity) for violation in found] == [(field, Severity.ERROR)]


@pytest.mark.parametrize(("field", "value"), [("activite", "0"), ("activite", "6"), ("phase", "4"), ("phase", "x")])
def test_an_activity_and_a_phase_are_those_of_the_ccam(field: str, value: str) -> None:
    with pytest.raises(PayloadError, match=field):
        mapping(D708, **{field: value})


class TestNoMap:
    def test_it_names_no_target(self) -> None:
        found = check(NoMapNamesATarget(), mapping(D708, **NO_MAP))
        assert [violation.field for violation in found] == ["acte_ccam", "activite", "phase"]
        assert check(NoMapNamesATarget(), mapping("A100>AUCUN", **NO_MAP), mapping(D708)) == []

    def test_it_gives_its_reason(self) -> None:
        (found,) = check(NoMapWithoutReason(), mapping("A100>AUCUN", relation="no-map"))
        assert (found.severity, found.field) == (Severity.ERROR, "motif")
        assert check(NoMapWithoutReason(), mapping("A100>AUCUN", **NO_MAP), mapping(D708)) == []


class TestValidationWithoutDecision:
    @pytest.mark.parametrize("statut", ["EXPERT_VALIDATED", "PUBLISHED"])
    @pytest.mark.parametrize("field", ["decide_par", "decide_le", "preuve"])
    def test_a_validated_mapping_names_its_decision(self, statut: str, field: str) -> None:
        found = check(ValidationWithoutDecision(), mapping(D708, statut=statut, **{field: None}))
        assert [(violation.field, violation.severity) for violation in found] == [(field, Severity.ERROR)]

    @pytest.mark.parametrize("statut", ["DRAFT", "TEAM_DONE", "WORKSHOP_REVIEWED", "REJECTED", "SUPERSEDED"])
    def test_other_stages_need_none(self, statut: str) -> None:
        undecided = mapping(D708, statut=statut, decide_par=None, decide_le=None, preuve=None)
        assert check(ValidationWithoutDecision(), undecided) == []


class TestMappedActIsNotInForce:
    @pytest.mark.parametrize(("code", "field"), [("D999>HBJD001-1-0", "acte_ngap"), ("D708>HBJD999-1-0", "acte_ccam")])
    def test_either_side_must_be_in_force(self, code: str, field: str) -> None:
        (found,) = check(MappedActIsNotInForce(), mapping(code), standing=BOTH_SIDES)
        assert (found.severity, found.field) == (Severity.ERROR, field)

    def test_both_in_force_is_right_and_a_no_map_has_one_side(self) -> None:
        sides = (mapping(D708), mapping("D708>AUCUN", **NO_MAP))
        assert check(MappedActIsNotInForce(), *sides, standing=BOTH_SIDES) == []

    @pytest.mark.parametrize("statut", ["REJECTED", "SUPERSEDED"])
    def test_a_mapping_that_has_ended_needs_neither(self, statut: str) -> None:
        assert check(MappedActIsNotInForce(), mapping("D999>HBJD999-1-0", statut=statut)) == []


class TestTwoEquivalentsForOneTarget:
    def test_a_second_equivalent_act_is_refused(self) -> None:
        (found,) = check(
            TwoEquivalentsForOneTarget(), mapping("D709>HBJD001-1-0"), standing=standing(mapping("D708>HBJD001-1-0"))
        )
        assert (found.code, found.severity) == ("D709>HBJD001-1-0", Severity.ERROR)
        assert "D708>HBJD001-1-0" in found.message

    def test_what_stands_is_not_at_fault_whatever_its_place_in_the_alphabet(self) -> None:
        (found,) = check(TwoEquivalentsForOneTarget(), mapping(D708), standing=standing(mapping("D900>HBJD001-1-0")))
        assert found.code == D708

    def test_two_in_one_draft_are_refused_once(self) -> None:
        found = check(TwoEquivalentsForOneTarget(), mapping("D709>HBJD001-1-0"), mapping(D708))
        assert [violation.code for violation in found] == ["D709>HBJD001-1-0"]

    @pytest.mark.parametrize(
        "other", [{"relation": "related-to"}, {"statut": "SUPERSEDED"}, {"statut": "WORKSHOP_REVIEWED"}]
    )
    def test_one_that_carries_no_price_is_no_second(self, other: dict[str, str]) -> None:
        there = standing(mapping("D709>HBJD001-1-0", **other))
        assert check(TwoEquivalentsForOneTarget(), mapping(D708), standing=there) == []

    def test_another_activity_is_another_target(self) -> None:
        assert check(TwoEquivalentsForOneTarget(), mapping(D708), mapping("D708>HBJD001-4-0")) == []


class TestStageWentBack:
    def test_a_return_is_warned_of(self) -> None:
        (found,) = check(StageWentBack(), mapping(D708, statut="DRAFT", before={"statut": "PUBLISHED"}))
        assert found.severity is Severity.WARNING
        assert "It was PUBLISHED." in found.message

    def test_going_on_staying_and_beginning_are_right(self) -> None:
        steps = [mapping(D708, statut=to, before={"statut": since}) for since, to in pairwise(STATUTS)]
        assert check(StageWentBack(), *steps, mapping(D708, before={}), mapping(D708)) == []


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("statut", STATUTS)
def test_only_a_validated_equivalent_carries_a_price(relation: str, statut: str) -> None:
    found = carries_price(payload("correspondance", acte_ngap="D708", relation=relation, statut=statut))
    assert found is (relation == "equivalent" and statut in ("EXPERT_VALIDATED", "PUBLISHED"))
