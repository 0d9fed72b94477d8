"""What is answered about acts and mappings at a moment. The mappings here are made up: no Moroccan one was seen."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.errors import CodeError, NotInForceError, UnknownCodeError
from catalog.ngap_ccam.lookups import (
    Refusal,
    acte_ngap,
    ccam_path,
    correspondances_ccam,
    correspondances_ngap,
    find_acte_ccam,
    find_acte_ngap,
    price_target,
)
from catalog.temporal import Period
from tests.unit.ngap_ccam.builders import SPRING, SUMMER, Fact, at, fact, mapped, snapshot, void

D708 = fact("acte_ngap", "D708")
D709 = fact("acte_ngap", "D709", libelle="Autre")
HBJD001 = fact("acte_ccam", "HBJD001")
SIDES = (D708, D709, HBJD001)
NO_MAP = {"relation": "no-map", "motif": "acte sans équivalent"}


def assimilated(code: str, to: str, **fields: object) -> Fact:
    return fact("acte_ngap", code, coefficient=None, lettre=None, assimile_a=to, **fields)


class TestActeNgap:
    def test_an_act_prices_itself(self) -> None:
        found = acte_ngap(snapshot([D708]), "D708", at(SPRING))
        assert found is not None
        assert (found.lettre, found.coefficient, found.assimilations) == ("D", 12_00, ())
        assert found.tarifant is found.acte

    def test_an_assimilated_act_is_priced_by_the_end_of_its_chain(self) -> None:
        acts = [
            assimilated("ASD01", "ASD02"),
            assimilated("ASD02", "D510"),
            fact("acte_ngap", "D510", coefficient="80"),
        ]
        found = acte_ngap(snapshot(acts), "ASD01", at(SPRING))
        assert found is not None and found.tarifant is not None
        assert [step.code for step in found.assimilations] == ["ASD02", "D510"]
        assert (found.acte.code, found.tarifant.code, found.coefficient) == ("ASD01", "D510", 80_00)

    def test_an_absent_coefficient_stays_absent(self) -> None:
        hole = fact("acte_ngap", "D722", coefficient=None, coefficient_anesthesie="25")
        found = find_acte_ngap(snapshot([hole]), "d722", at(SPRING))
        assert (found.coefficient, found.coefficient_anesthesie) == (None, 25_00)

    def test_the_act_behind_must_be_in_force_that_day(self) -> None:
        d510 = fact("acte_ngap", "D510", Period(date(2006, 4, 20), SUMMER))
        world = snapshot([assimilated("ASD01", "D510"), d510])
        before, after = (find_acte_ngap(world, "ASD01", at(day)) for day in (SPRING, SUMMER))
        assert (before.coefficient, before.manquant) == (12_00, None)
        assert (after.tarifant, after.coefficient, after.lettre, after.manquant) == (None, None, None, "D510")

    def test_a_loop_prices_nothing_and_ends(self) -> None:
        world = snapshot([assimilated("ASD01", "ASD02"), assimilated("ASD02", "ASD01")])
        found = find_acte_ngap(world, "ASD01", at(SPRING))
        assert (found.tarifant, found.manquant) == (None, None)

    def test_prior_agreement_is_asked_for_by_any_act_on_the_way(self) -> None:
        world = snapshot([assimilated("ASD01", "D629"), fact("acte_ngap", "D629", accord_prealable=True), D708])
        assert find_acte_ngap(world, "ASD01", at(SPRING)).accord_prealable
        assert not find_acte_ngap(world, "D708", at(SPRING)).accord_prealable

    def test_unknown_out_of_force_and_misspelt_are_three_answers(self) -> None:
        world = snapshot([D708])
        assert acte_ngap(world, "D708", at(date(2006, 4, 19))) is None
        with pytest.raises(NotInForceError, match="in force from 2006-04-20"):
            find_acte_ngap(world, "D708", at(date(2006, 4, 19)))
        with pytest.raises(UnknownCodeError, match="NGAP act with code D999"):
            find_acte_ngap(world, "D999", at(SPRING))
        with pytest.raises(CodeError):
            find_acte_ngap(world, "HBJD001", at(SPRING))

    def test_what_was_known_before_stays_answerable(self) -> None:
        world = snapshot([D708], [fact("acte_ngap", "D708", coefficient="15")])
        answers = [find_acte_ngap(world, "D708", at(SPRING, release)).coefficient for release in (1, 2)]
        assert answers == [12_00, 15_00]


class TestCorrespondances:
    def test_both_directions_give_the_same_mapping_with_its_pinned_versions(self) -> None:
        world = snapshot([*SIDES, mapped("D708>HBJD001-1-0", relation="source-is-broader-than-target")])
        (there,) = correspondances_ngap(world, "D708", at(SPRING))
        (back,) = correspondances_ccam(world, "HBJD001", at(SPRING))
        assert there.version.code == back.version.code == "D708>HBJD001-1-0"
        assert (there.version.payload["version_ngap"], there.version.payload["version_ccam"]) == ("177-06", "V1")
        assert (there.acte_ngap.code, there.acte_ccam and there.acte_ccam.code) == ("D708", "HBJD001")
        assert (there.libelle, there.libelle_inverse) == ("plus large que", "plus précis que")

    @pytest.mark.parametrize(
        ("relation", "libelle", "inverse"),
        [
            ("equivalent", "équivalent", "équivalent"),
            ("source-is-narrower-than-target", "plus précis que", "plus large que"),
            ("related-to", "apparenté", "apparenté"),
            ("not-related-to", "sans correspondance", "sans correspondance"),
        ],
    )
    def test_relations_have_french_labels(self, relation: str, libelle: str, inverse: str) -> None:
        world = snapshot([*SIDES, mapped("D708>HBJD001-1-0", relation=relation)])
        (found,) = correspondances_ngap(world, "D708", at(SPRING))
        assert (found.relation, found.libelle, found.libelle_inverse) == (relation, libelle, inverse)

    def test_an_absence_is_told_with_its_reason(self) -> None:
        (found,) = correspondances_ngap(snapshot([D708, mapped("D708>AUCUN", **NO_MAP)]), "D708", at(SPRING))
        assert (found.acte_ccam, found.libelle, found.carries_price) == (None, "sans correspondance", False)
        assert found.version.payload["motif"] == "acte sans équivalent"

    @pytest.mark.parametrize("statut", ["DRAFT", "TEAM_DONE", "WORKSHOP_REVIEWED", "REJECTED", "SUPERSEDED"])
    def test_only_validated_ones_are_answered_unless_others_are_asked_for(self, statut: str) -> None:
        world = snapshot([*SIDES, mapped("D708>HBJD001-1-0", statut=statut)])
        assert correspondances_ngap(world, "D708", at(SPRING)) == []
        assert correspondances_ccam(world, "HBJD001", at(SPRING)) == []
        assert len(correspondances_ngap(world, "D708", at(SPRING), statuts=(statut,))) == 1

    @pytest.mark.parametrize(("kind", "code"), [("acte_ngap", "D708"), ("acte_ccam", "HBJD001")])
    def test_a_mapping_ends_with_either_of_its_sides(self, kind: str, code: str) -> None:
        world = snapshot([*SIDES, mapped("D708>HBJD001-1-0")], [void(kind, code, SUMMER)])
        assert len(correspondances_ngap(world, "D708", at(SPRING, 2))) == 1
        assert correspondances_ngap(world, "D708", at(SUMMER, 2)) == []
        assert correspondances_ccam(world, "HBJD001", at(SUMMER, 2)) == []
        assert len(correspondances_ngap(world, "D708", at(SUMMER, 1))) == 1

    def test_one_act_has_many_targets_in_order_of_code(self) -> None:
        codes = ["D708>HBJD001-1-0", "D708>HBJD001-4-0", "D708>HBJD002-1-0"]
        world = snapshot(
            [*SIDES, fact("acte_ccam", "HBJD002"), *map(mapped, reversed(codes)), mapped("D709>HBJD001-2-0")]
        )
        assert [found.version.code for found in correspondances_ngap(world, "D708", at(SPRING))] == codes
        led = [found.version.code for found in correspondances_ccam(world, "HBJD001", at(SPRING))]
        assert led == ["D708>HBJD001-1-0", "D708>HBJD001-4-0", "D709>HBJD001-2-0"]


class TestPriceTarget:
    def test_an_equivalent_mapping_leads_to_the_act_that_prices(self) -> None:
        world = snapshot([*SIDES, mapped("D708>HBJD001-1-0")])
        for asked in ("HBJD001", "hbjd001-1-0"):
            target = price_target(world, asked, at(SPRING))
            assert target.acte is not None and target.correspondance is not None
            assert (target.acte.acte.code, target.coefficient, target.refusal) == ("D708", 12_00, None)
            assert target.correspondance.version.code == "D708>HBJD001-1-0"

    def test_anaesthesia_is_priced_by_its_own_coefficient(self) -> None:
        a115 = fact("acte_ngap", "A115", lettre="K", coefficient="80", coefficient_anesthesie="30")
        world = snapshot([a115, HBJD001, mapped("A115>HBJD001-1-0"), mapped("A115>HBJD001-4-0")])
        prices = [price_target(world, f"HBJD001-{activite}-0", at(SPRING)).coefficient for activite in "14"]
        assert prices == [80_00, 30_00]

    @pytest.mark.parametrize(
        "relation",
        ["source-is-narrower-than-target", "source-is-broader-than-target", "related-to", "not-related-to"],
    )
    def test_no_other_relation_carries_a_price(self, relation: str) -> None:
        world = snapshot([*SIDES, mapped("D708>HBJD001-1-0", relation=relation)])
        target = price_target(world, "HBJD001", at(SPRING))
        assert (target.acte, target.coefficient, target.refusal) == (None, None, Refusal.NOT_EQUIVALENT)

    def test_one_not_yet_validated_carries_none(self) -> None:
        world = snapshot([*SIDES, mapped("D708>HBJD001-1-0", statut="WORKSHOP_REVIEWED")])
        assert price_target(world, "HBJD001", at(SPRING)).refusal is Refusal.NO_MAPPING

    def test_the_price_of_one_activity_is_not_that_of_another(self) -> None:
        world = snapshot([*SIDES, mapped("D708>HBJD001-4-0")])
        assert price_target(world, "HBJD001", at(SPRING)).refusal is Refusal.NO_MAPPING

    def test_between_two_equivalents_none_is_chosen(self) -> None:
        world = snapshot([*SIDES, mapped("D708>HBJD001-1-0"), mapped("D709>HBJD001-1-0")])
        assert price_target(world, "HBJD001", at(SPRING)).refusal is Refusal.SEVERAL

    def test_a_mapping_prices_from_its_first_day(self) -> None:
        world = snapshot([*SIDES, mapped("D708>HBJD001-1-0", Period(SUMMER))])
        refusals = [price_target(world, "HBJD001", at(day)).refusal for day in (SPRING, SUMMER)]
        assert refusals == [Refusal.NO_MAPPING, None]


class TestCcamPath:
    TREE = (
        fact("noeud_ccam", "000001", libelle="ARBORESCENCE"),
        fact("noeud_ccam", "000602", parent="000001"),
        fact("noeud_ccam", "000683", parent="000602", libelle="Détartrage"),
        fact("acte_ccam", "HBJD001", noeud="000683"),
    )

    def test_it_goes_from_the_top_down_to_what_is_asked(self) -> None:
        world = snapshot(self.TREE)
        assert [step.code for step in ccam_path(world, "HBJD001", at(SPRING))] == ["000001", "000602", "000683"]
        assert [step.code for step in ccam_path(world, "000683", at(SPRING))] == ["000001", "000602"]
        assert ccam_path(world, "000001", at(SPRING)) == ccam_path(world, "HBJD999", at(SPRING)) == []

    def test_it_is_cut_at_a_heading_that_is_gone(self) -> None:
        world = snapshot(self.TREE, [void("noeud_ccam", "000602", SUMMER)])
        assert [step.code for step in ccam_path(world, "HBJD001", at(SUMMER, 2))] == ["000683"]

    def test_it_ends_in_a_tree_that_turns_round(self) -> None:
        loop = [fact("noeud_ccam", "000001", parent="000002"), fact("noeud_ccam", "000002", parent="000001")]
        assert (
            len(ccam_path(snapshot([*loop, fact("acte_ccam", "HBJD001", noeud="000001")]), "HBJD001", at(SPRING))) == 2
        )


def test_a_ccam_act_is_found_in_force() -> None:
    world = snapshot([fact("acte_ccam", "HBJD001", Period(SPRING, SUMMER))])
    assert find_acte_ccam(world, "hbjd001", at(SPRING)).period == Period(SPRING, SUMMER)
    with pytest.raises(NotInForceError):
        find_acte_ccam(world, "HBJD001", at(SUMMER))
