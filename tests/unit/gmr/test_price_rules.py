"""Rules on the prices of one presentation: each is broken by its case, and only by that."""

from __future__ import annotations

import pytest

from catalog.gmr.price_rules import (
    AdmittedWithoutBase,
    GenericBaseIsNotItsPrice,
    HospitalPriceOutOfBand,
    PriceJump,
    PrincepsBaseAbovePrice,
    RetiredYetAdmitted,
)
from catalog.validation import Severity
from tests.unit.gmr.builders import candidate, check, codes, generic, medicament

CODE = "6118000100058"


class TestGenericBaseIsNotItsPrice:
    def test_a_generic_on_another_base_is_told_with_both_amounts(self) -> None:
        (found,) = check(GenericBaseIsNotItsPrice(), generic(CODE, "28.90", pbr="31.10"))
        assert found.message == (
            "The base of a generic is not its own public price. Published base: 31.10 DH; public price: 28.90 DH."
        )
        assert (found.severity, found.field, found.value) == (Severity.WARNING, "pbr", "31.10 DH")

    def test_a_generic_on_its_own_price_is_right(self) -> None:
        assert check(GenericBaseIsNotItsPrice(), generic(CODE, "28.90")) == []

    def test_a_princeps_on_a_lower_base_is_no_matter_of_this_rule(self) -> None:
        assert check(GenericBaseIsNotItsPrice(), medicament(CODE, ppv="28.90", pbr="20.00")) == []

    def test_a_missing_price_or_base_is_not_compared(self) -> None:
        assert (
            check(GenericBaseIsNotItsPrice(), generic(CODE, "28.90", pbr=None), generic(CODE, None, pbr="1.00")) == []
        )


class TestPrincepsBaseAbovePrice:
    def test_a_base_above_the_price_is_told(self) -> None:
        (found,) = check(PrincepsBaseAbovePrice(), medicament(CODE, ppv="37.20", pbr="37.21"))
        assert "Published base: 37.21 DH; public price: 37.20 DH." in found.message

    def test_an_entry_without_its_mark_is_judged_too(self) -> None:
        unmarked = medicament(CODE, princeps_generique=None, ppv="37.20", pbr="40.00")
        assert codes(check(PrincepsBaseAbovePrice(), unmarked)) == [CODE]

    def test_a_base_up_to_the_price_is_right_and_a_generic_has_its_own_rule(self) -> None:
        assert check(PrincepsBaseAbovePrice(), medicament(CODE), generic(CODE, "1.00", pbr="2.00")) == []


class TestAdmittedWithoutBase:
    def test_an_admitted_medicine_without_any_base_is_told(self) -> None:
        (found,) = check(AdmittedWithoutBase(), medicament(CODE, pbr=None))
        assert "Public price: 37.20 DH; hospital price: none." in found.message

    def test_a_hospital_medicine_has_its_base_on_the_hospital_price(self) -> None:
        hospital = medicament(CODE, ppv=None, ph="58465.00", pbr=None, pbr_ph="58465.00")
        assert check(AdmittedWithoutBase(), hospital) == []

    def test_a_medicine_that_is_not_admitted_needs_no_base(self) -> None:
        assert check(AdmittedWithoutBase(), medicament(CODE, pbr=None, admis_remboursement=False)) == []


class TestHospitalPriceOutOfBand:
    @pytest.mark.parametrize("ph", ["55.00", "62.50", "100.00"])
    def test_the_band_holds_both_its_ends(self, ph: str) -> None:
        assert check(HospitalPriceOutOfBand(), medicament(CODE, ppv="100.00", ph=ph)) == []

    @pytest.mark.parametrize("ph", ["54.99", "100.01"])
    def test_one_centime_outside_is_told(self, ph: str) -> None:
        (found,) = check(HospitalPriceOutOfBand(), medicament(CODE, ppv="100.00", ph=ph))
        assert (
            f"Hospital price: {ph} DH; public price: 100.00 DH; expected between 0.55 and 1.00 of it." in found.message
        )

    def test_the_band_is_a_parameter(self) -> None:
        narrow = HospitalPriceOutOfBand(lowest=6_200, highest=6_700)
        assert codes(check(narrow, medicament(CODE, ppv="100.00", ph="61.99"))) == [CODE]

    def test_a_missing_price_is_not_compared(self) -> None:
        assert check(HospitalPriceOutOfBand(), medicament(CODE, ph=None), medicament(CODE, ppv=None, ph="1.00")) == []


class TestPriceJump:
    @pytest.mark.parametrize("now", ["50.00", "150.00", "100.00"])
    def test_a_change_of_half_is_ordinary(self, now: str) -> None:
        assert check(PriceJump(), medicament(CODE, ppv=now, before={"ppv": "100.00"})) == []

    @pytest.mark.parametrize("now", ["49.99", "150.01", "1000.00"])
    def test_a_larger_change_is_told_with_both_prices(self, now: str) -> None:
        (found,) = check(PriceJump(), medicament(CODE, ppv=now, before={"ppv": "100.00"}))
        assert f"Before: 100.00 DH; now: {now} DH, a change of more than 50 %." in found.message

    def test_the_limit_is_a_parameter(self) -> None:
        assert codes(check(PriceJump(largest=1_000), medicament(CODE, ppv="89.00", before={"ppv": "100.00"}))) == [CODE]

    def test_a_new_medicine_or_a_new_price_is_no_jump(self) -> None:
        assert check(PriceJump(), medicament(CODE), medicament(CODE, before={"ppv": None})) == []


class TestRetiredYetAdmitted:
    def test_a_delisted_medicine_cannot_be_admitted(self) -> None:
        (found,) = check(RetiredYetAdmitted(), medicament(CODE, retire=True))
        assert found.severity is Severity.ERROR

    def test_either_alone_is_right(self) -> None:
        delisted = medicament(CODE, retire=True, admis_remboursement=False)
        assert check(RetiredYetAdmitted(), delisted, medicament(CODE)) == []


def test_entries_of_other_kinds_are_passed_over() -> None:
    opinion = candidate("avis", "CT-1")
    assert check(AdmittedWithoutBase(), opinion) == check(RetiredYetAdmitted(), opinion) == []
