"""Which presentations are compared, and which generic is the closest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.gmr.groups import (
    closest_generic,
    comparison_group,
    composition,
    expected_base,
    form_family,
    gather,
    pack_size,
    textual_group,
)
from tests.unit.gmr.builders import payload

PRICES = st.lists(st.integers(0, 60), max_size=8)


@pytest.mark.parametrize(
    "together",
    [
        ("COMPRIME", "Comprimé sécable", "COMPRIME PELLICULE", "COMPRIME ENROBE", "COMPRIME QUADRISECABLE", "DRAGEE"),
        ("GELULE", "CAPSULE MOLLE"),
        ("COMPRIME LP", "COMPRIME PELLICULE SECABLE A LP", "COMPRIME OSMOTIQUE LP", "comprimé à libération prolongée"),
        ("COMPRIME GASTRO-RESISTANT", "COMPRIME ENROBE GASTRO-RESISTANT"),
        ("COMPRIME EFFERVESCENT", "COMPRIME SECABLE EFFERVESCENT"),
        ("SOLUTION INJECTABLE", "POUDRE ET SOLVANT POUR SOLUTION INJECTABLE", "SOLUTION POUR PERFUSION"),
        ("SIROP", "SUSPENSION BUVABLE", "POUDRE POUR SUSPENSION BUVABLE"),
    ],
)
def test_forms_of_one_family_are_compared(together: tuple[str, ...]) -> None:
    assert len(set(map(form_family, together))) == 1


def test_forms_of_different_families_are_not_compared() -> None:
    apart = [
        "COMPRIME", "COMPRIME LP", "COMPRIME EFFERVESCENT", "COMPRIME DISPERSIBLE", "COMPRIME ORODISPERSIBLE",
        "COMPRIME SUBLINGUAL", "COMPRIME VAGINAL", "COMPRIME GASTRO-RESISTANT", "GELULE", "GELULE LP", "GELULE INHALEE",
        "CAPSULE VAGINALE", "SUPPOSITOIRE", "SOLUTION INJECTABLE", "SOLUTION INJECTABLE LP", "SIROP", "COLLYRE",
        "SUSPENSION INJECTABLE INTERMEDIAIRE", "SOLUTION BUVABLE ET INJECTABLE", "IMPLANT INJECTABLE",
        "COMPRIME ET GELULE",
    ]  # fmt: skip
    assert len(set(map(form_family, apart))) == len(apart)


@pytest.mark.parametrize(
    "same",
    [
        ("1 BOITE 30 COMPRIME", "1 BOITE 30 COMPRIME PELLICULE", "30 comprimés", "1 FLACON 30 GELULE"),
        ("1 FLACON 60 ML", "1 BOITE 1 FLACON 60 ML", "60ml"),
        ("6 SERINGUE PREREMPLIE .4 ML", "6 SERINGUE 0,40 ML"),
        ("1 FLACON 120 DOSE", "120 DOSES"),
    ],
)
def test_packs_of_one_size_are_compared(same: tuple[str, ...]) -> None:
    assert len(set(map(pack_size, same))) == 1


def test_packs_of_different_sizes_are_not_compared() -> None:
    apart = ["30 COMPRIME", "60 COMPRIME", "1 FLACON 60 ML", "1 FLACON 60 G", "1 FLACON 1 L", "1 FLACON", "FLACON"]
    assert len(set(map(pack_size, apart))) == len(apart)


class TestComposition:
    def test_the_order_of_the_substances_does_not_count(self) -> None:
        printed = payload("medicament", dci="AMOXICILLINE / ACIDE CLAVULANIQUE", dosages="500 / 125", unites="MG / MG")
        turned = payload("medicament", dci="Acide clavulanique / Amoxicilline", dosages="125 / 500", unites="mg / mg")
        assert composition(printed) == composition(turned)

    def test_a_strength_belongs_to_its_substance(self) -> None:
        printed = payload("medicament", dci="AMOXICILLINE / ACIDE CLAVULANIQUE", dosages="500 / 125", unites="MG / MG")
        swapped = payload("medicament", dci="AMOXICILLINE / ACIDE CLAVULANIQUE", dosages="125 / 500", unites="MG / MG")
        assert composition(printed) != composition(swapped)

    @pytest.mark.parametrize(("one", "other"), [("0,5", ".50"), ("10", "10.0"), ("0.625", "0,625")])
    def test_one_number_has_several_spellings(self, one: str, other: str) -> None:
        assert composition(payload("medicament", dosages=one)) == composition(payload("medicament", dosages=other))

    @pytest.mark.parametrize(("one", "other"), [("10", "100"), ("10/10/5", "10/5"), ("1.5", "15")])
    def test_numbers_that_differ_are_not_taken_for_one(self, one: str, other: str) -> None:
        assert composition(payload("medicament", dosages=one)) != composition(payload("medicament", dosages=other))

    def test_a_single_unit_stands_for_all(self) -> None:
        single = payload("medicament", dci="A / B", dosages="500 / 125", unites="MG")
        each = payload("medicament", dci="A / B", dosages="500 / 125", unites="MG / MG")
        assert composition(single) == composition(each)


@pytest.mark.parametrize("missing", ["dci", "dosages", "unites", "forme", "presentation"])
def test_a_text_that_states_too_little_makes_no_group(missing: str) -> None:
    assert textual_group(payload("medicament")) is not None
    assert textual_group(payload("medicament", **{missing: None})) is None


def test_the_explicit_group_goes_before_the_text_and_never_mixes_with_it() -> None:
    explicit, textual = payload("medicament", groupe_generique="G1"), payload("medicament")
    assert comparison_group(explicit) == ("explicit", "G1")
    assert comparison_group(textual) != comparison_group(explicit)


def test_members_without_price_mark_or_listing_are_left_out() -> None:
    members = {
        "P": payload("medicament"),
        "G": payload("medicament", princeps_generique="G", ppv="29.70"),
        "refused": payload("medicament", princeps_generique="G", ppv="20.00", admis_remboursement=False),
        "unpriced": payload("medicament", princeps_generique="G", ppv=None),
        "unmarked": payload("medicament", princeps_generique=None),
        "delisted": payload("medicament", princeps_generique="G", retire=True, admis_remboursement=False),
    }
    (found,) = gather(members.items()).values()
    assert (found.princeps, found.generics) == ([(3720, "P")], [(2970, "G"), (2000, "refused")])


@given(st.integers(0, 60), PRICES)
def test_the_closest_generic_leaves_no_other_between_itself_and_the_princeps(ppv: int, generics: list[int]) -> None:
    closest = closest_generic(ppv, generics)
    if closest is None:
        assert all(price > ppv for price in generics)
    else:
        assert closest in generics and closest <= ppv
        assert not any(closest < price <= ppv for price in generics)


@given(st.integers(0, 60), PRICES, st.integers(0, 60))
def test_raising_the_princeps_never_lowers_its_base(ppv: int, generics: list[int], rise: int) -> None:
    assert expected_base(ppv, generics) <= expected_base(ppv + rise, generics)


@given(st.integers(0, 60), PRICES.filter(bool), st.integers(0, 60), st.data())
def test_raising_a_generic_lowers_the_base_only_by_passing_the_princeps(
    ppv: int, generics: list[int], rise: int, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(generics) - 1))
    raised = [price + rise if index == place else price for index, price in enumerate(generics)]
    if generics[place] > ppv or raised[place] <= ppv:
        assert expected_base(ppv, raised) >= expected_base(ppv, generics)
