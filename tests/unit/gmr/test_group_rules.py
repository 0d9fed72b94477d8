"""Rules that compare the members of a generic group, on the figures of the golden cases."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from catalog.gmr.group_rules import (
    ClosestGenericMoves,
    GenericIsDearerThanPrinceps,
    PbrIsNotTheClosestGeneric,
    UnknownGroup,
)
from catalog.gmr.groups import textual_group
from catalog.money import format_dirhams
from catalog.validation import Candidate, Severity
from tests.unit.gmr.builders import candidate, check, codes, generic, medicament, standing

GLICLAZIDE = ["22.00", "22.00", "22.00", "25.50", "26.70", "29.70"]
"""Public prices of the generics of DIAMICRON 80 mg in the 2014 list (G02)."""


def generics(prices: list[str], **fields: Any) -> list[Candidate]:
    return [generic(f"G{place}", price, **fields) for place, price in enumerate(prices)]


class TestPbrIsNotTheClosestGeneric:
    def test_the_dearest_generic_below_the_princeps_sets_the_base(self) -> None:
        princeps = medicament("P1", ppv="37.20", pbr="29.70")
        assert check(PbrIsNotTheClosestGeneric(), princeps, *generics(GLICLAZIDE)) == []

    def test_the_cheapest_generic_does_not(self) -> None:
        princeps = medicament("P1", ppv="37.20", pbr="22.00")
        (found,) = check(PbrIsNotTheClosestGeneric(), princeps, *generics(GLICLAZIDE))
        assert found.message == (
            "The base of a princeps is not the price of its closest generic. Published: 22.00 DH; computed: 29.70 DH, "
            "the price of the generic G5 (same substances, dosages, form and pack)."
        )
        assert (found.code, found.severity, found.value) == ("P1", Severity.WARNING, "22.00 DH")

    def test_a_generic_as_dear_as_the_princeps_is_the_closest(self) -> None:
        princeps = medicament("P1", ppv="98.90", pbr="98.90")
        assert check(PbrIsNotTheClosestGeneric(), princeps, *generics(["59.10", "98.90"])) == []

    def test_where_every_generic_is_dearer_the_base_is_its_own_price(self) -> None:
        princeps = medicament("P1", ppv="30.00", pbr="20.00")
        (found,) = check(PbrIsNotTheClosestGeneric(), princeps, *generics(["30.01"]))
        assert "computed: 30.00 DH, its own price, since every generic is dearer." in found.message

    def test_generics_in_force_that_the_draft_leaves_alone_count(self) -> None:
        princeps = medicament("P1", ppv="37.20", pbr="37.20")
        assert codes(check(PbrIsNotTheClosestGeneric(), princeps, standing=standing(*generics(GLICLAZIDE)))) == ["P1"]

    def test_without_a_priced_generic_there_is_nothing_to_compare(self) -> None:
        princeps = medicament("P1", ppv="37.20", pbr="20.00")
        hospital = generic("G1", None, ph="20.00")
        delisted = generic("G2", "29.70", retire=True, admis_remboursement=False)
        assert check(PbrIsNotTheClosestGeneric(), princeps, hospital, delisted) == []

    def test_only_an_admitted_princeps_is_judged(self) -> None:
        refused = medicament("P1", admis_remboursement=False)
        unmarked = medicament("P2", princeps_generique=None)
        assert check(PbrIsNotTheClosestGeneric(), refused, unmarked, *generics(GLICLAZIDE)) == []

    def test_the_explicit_group_goes_before_the_text(self) -> None:
        princeps = medicament("P1", ppv="37.20", pbr="29.70", groupe_generique="GLICLAZIDE-80")
        elsewhere = generics(["36.00"])
        grouped = generic("G9", "29.70", groupe_generique="GLICLAZIDE-80", presentation="1 BOITE 60 COMPRIME")
        assert check(PbrIsNotTheClosestGeneric(), princeps, grouped, *elsewhere) == []

    def test_a_text_that_states_too_little_makes_no_group(self) -> None:
        princeps = medicament("P1", ppv="37.20", dosages=None)
        assert check(PbrIsNotTheClosestGeneric(), princeps, *generics(GLICLAZIDE, dosages="")) == []

    @given(
        st.lists(st.tuples(st.sampled_from("PG"), st.integers(1, 30), st.integers(1, 30), st.booleans()), max_size=12)
    )
    def test_it_agrees_with_a_slow_reading_of_the_law(self, drawn: list[tuple[str, int, int, bool]]) -> None:
        entries = [
            medicament(
                f"M{place}",
                princeps_generique=side,
                ppv=format_dirhams(ppv),
                pbr=format_dirhams(pbr),
                dosages=str(large),
            )
            for place, (side, ppv, pbr, large) in enumerate(drawn)
        ]
        assert codes(check(PbrIsNotTheClosestGeneric(), *entries)) == [
            entry.code for entry in entries if _breaks_the_law(entry, entries)
        ]


def _breaks_the_law(princeps: Candidate, entries: list[Candidate]) -> bool:
    """DOMAIN 1.3, read word for word and once for each princeps."""
    group = [other.payload for other in entries if textual_group(other.payload) == textual_group(princeps.payload)]
    generics_of_the_group = [other["ppv"] for other in group if other["princeps_generique"] == "G"]
    if princeps.payload["princeps_generique"] == "G" or not generics_of_the_group:
        return False
    not_dearer = [price for price in generics_of_the_group if price <= princeps.payload["ppv"]]
    return bool(princeps.payload["pbr"] != (max(not_dearer) if not_dearer else princeps.payload["ppv"]))


class TestClosestGenericMoves:
    PRINCEPS = medicament("P1", ppv="37.20", pbr="29.70")

    def test_a_new_closest_generic_is_told_with_the_princeps_it_moves(self) -> None:
        dearer = generic("G5", "31.00", before={"ppv": "29.70"})
        (found,) = check(ClosestGenericMoves(), dearer, standing=standing(self.PRINCEPS, generic("G4", "26.70")))
        assert found.code == "G5"
        assert "Princeps P1: published base 29.70 DH; computed from now on: 31.00 DH." in found.message

    def test_a_generic_that_enters_moves_it_too(self) -> None:
        entering = generic("G6", "35.00")
        assert codes(
            check(ClosestGenericMoves(), entering, standing=standing(self.PRINCEPS, generic("G5", "29.70")))
        ) == ["G6"]

    def test_a_generic_that_leaves_the_group_moves_it(self) -> None:
        leaving = generic("G5", "29.70", presentation="1 BOITE 60 COMPRIME", before={"presentation": "20 COMPRIME"})
        found = check(ClosestGenericMoves(), leaving, standing=standing(self.PRINCEPS, generic("G4", "26.70")))
        assert codes(found) == ["G5"]

    def test_a_generic_that_is_not_the_closest_moves_nothing(self) -> None:
        cheaper = generic("G1", "20.00", before={"ppv": "22.00"})
        assert check(ClosestGenericMoves(), cheaper, standing=standing(self.PRINCEPS, generic("G5", "29.70"))) == []

    def test_a_base_that_was_already_odd_is_not_told_again(self) -> None:
        odd = medicament("P1", ppv="37.20", pbr="22.00")
        same = generic("G5", "29.70", before={"nom": "AUTRE NOM"})
        assert check(ClosestGenericMoves(), same, standing=standing(odd)) == []

    def test_a_princeps_in_the_same_draft_has_its_own_rule(self) -> None:
        assert check(ClosestGenericMoves(), self.PRINCEPS, generic("G5", "31.00", before={"ppv": "29.70"})) == []


class TestGenericIsDearerThanPrinceps:
    def test_a_generic_above_its_princeps_is_told_with_both_prices(self) -> None:
        (found,) = check(GenericIsDearerThanPrinceps(), medicament("P1", ppv="30.00"), generic("G1", "30.01"))
        assert (found.code, found.severity) == ("G1", Severity.WARNING)
        assert "Its price: 30.01 DH; princeps P1: 30.00 DH." in found.message

    def test_the_same_price_is_allowed(self) -> None:
        assert check(GenericIsDearerThanPrinceps(), medicament("P1", ppv="30.00"), generic("G1", "30.00")) == []

    def test_among_several_princeps_the_dearest_is_the_cap(self) -> None:
        two = [medicament("P1", ppv="30.00"), medicament("P2", ppv="40.00")]
        assert check(GenericIsDearerThanPrinceps(), *two, generic("G1", "35.00")) == []

    def test_a_princeps_in_force_counts_and_none_caps_nothing(self) -> None:
        found = check(GenericIsDearerThanPrinceps(), generic("G1", "50.00"), standing=standing(medicament("P1")))
        assert codes(found) == ["G1"]
        assert check(GenericIsDearerThanPrinceps(), generic("G1", "50.00")) == []


class TestUnknownGroup:
    MEMBER = medicament("P1", groupe_generique="GLICLAZIDE-80")
    GROUP = candidate("groupe_generique", "GLICLAZIDE-80", libelle="Gliclazide 80 mg")

    def test_a_group_that_nobody_knows_is_refused(self) -> None:
        (found,) = check(UnknownGroup(), self.MEMBER)
        assert (found.severity, found.value) == (Severity.ERROR, "GLICLAZIDE-80")

    def test_a_group_in_force_or_in_the_same_draft_is_known(self) -> None:
        assert check(UnknownGroup(), self.MEMBER, standing=standing(self.GROUP)) == []
        assert check(UnknownGroup(), self.MEMBER, self.GROUP) == []

    def test_an_entry_without_a_group_names_none(self) -> None:
        assert check(UnknownGroup(), medicament("P1")) == []
