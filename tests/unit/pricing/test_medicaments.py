"""Medicines: the base each payer pays on, and the states in which none is paid."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from catalog.releases.changes import Change
from catalog.temporal import Period
from tests.unit.pricing.asking import medicine, sentence, shares, warned
from tests.unit.pricing.shelf import act, change, snapshot, withdrawal
from tests.unit.pricing.world import BOX, medicament, rate, rule, world

DAY = "2015-06-01"


def priced(*changes: Change, code: str = BOX, **line: Any) -> dict[str, Any]:
    """The box on a day of 2015, these facts added to the world."""
    return medicine(snapshot(world(), changes), code, line.pop("as_of", DAY), **line)


def test_the_smaller_of_price_and_base_is_paid_on() -> None:
    assert shares(priced(medicament("100.00", pbr="80.00"))) == ("80.00", "56.00", "44.00")
    assert shares(priced(medicament("100.00", pbr="80.00"), billed="60.00")) == ("60.00", "42.00", "18.00")
    assert shares(priced(medicament("100.00", pbr="80.00"), billed="120.00", quantity=2)) == (
        "80.00",
        "112.00",
        "128.00",
    )


def test_a_base_that_nobody_published_is_not_computed() -> None:
    told = priced(medicament("100.00", pbr=None))
    assert (told["status"], told["amo"]) == ("NO_TARIFF", None)
    assert sentence(told) == f"code: No reimbursement base is published for {BOX}, and none is computed in its place."


def test_before_its_rule_a_payer_pays_on_the_public_price_even_without_a_base() -> None:
    told = priced(medicament("100.00", pbr=None), rule("BASE_GENERIQUE", date(2016, 1, 1)))
    assert (*shares(told), told["reasons"]) == ("100.00", "70.00", "30.00", ["PAYER_APPLICATION_DATE"])


def test_a_base_that_is_the_public_price_owes_nothing_to_the_rule() -> None:
    assert priced(rule("BASE_GENERIQUE", date(2016, 1, 1)))["reasons"] == []
    assert priced()["reasons"] == []


def test_a_payer_without_any_rule_pays_on_the_published_base() -> None:
    told = priced(medicament("100.00", pbr="80.00"))
    assert (told["base"], told["reasons"]) == ("80.00", ["BASE_IS_GENERIC"])


def test_a_medicine_without_price_is_paid_on_what_was_billed() -> None:
    unpriced = medicament(None, pbr="80.00")
    assert shares(priced(unpriced, billed="70.00")) == ("70.00", "49.00", "21.00")
    assert sentence(priced(unpriced)) == f"billed: No price of {BOX} is published that day: say what was billed."


class TestHospital:
    HOSPITAL = medicament(None, ph="500.00", pbr="500.00")

    def test_a_medicine_of_hospitals_has_no_public_price(self) -> None:
        told = priced(self.HOSPITAL)
        assert (told["status"], told["unit_price"], told["amo"], told["patient"]) == (
            "HOSPITAL_ONLY",
            None,
            "0.00",
            None,
        )

    def test_in_hospital_it_has_its_hospital_price(self) -> None:
        inpatient = rate("MEDICAMENT", "0.90", mode="hospitalisation", assiette="PBR")
        told = priced(self.HOSPITAL, inpatient, mode="hospitalisation")
        assert (told["unit_price"], *shares(told)) == ("500.00", "500.00", "450.00", "50.00")

    def test_a_rate_on_the_hospital_price_is_paid_on_it(self) -> None:
        inpatient = rate("MEDICAMENT", "1.00", mode="hospitalisation", assiette="PH")
        told = priced(medicament("100.00", ph="65.00"), inpatient, mode="hospitalisation", billed="65.00")
        assert (told["unit_price"], *shares(told)) == ("65.00", "65.00", "65.00", "0.00")

    def test_a_rate_by_sector_needs_the_sector(self) -> None:
        inpatient = rate("MEDICAMENT", "0.90", mode="hospitalisation", secteur="prive", assiette="PBR")
        told = priced(inpatient, mode="hospitalisation")
        assert (told["status"], told["errors"][0]["field"]) == ("INVALID", "secteur")
        assert priced(inpatient, mode="hospitalisation", secteur="prive")["amo"] == "90.00"
        assert priced(inpatient, mode="hospitalisation", secteur="public")["status"] == "NOT_COVERED"


def test_a_medicine_that_is_not_admitted_is_billed_to_the_patient() -> None:
    told = priced(medicament("100.00", admis_remboursement=False), quantity=2)
    assert (told["status"], told["rate"], told["amo"], told["patient"]) == (
        "NOT_REIMBURSABLE",
        "0.00",
        "0.00",
        "200.00",
    )


def test_withdrawn_from_the_catalogue_it_is_delisted_by_the_act_that_did_it() -> None:
    told = priced(
        act("arrete-retrait"), withdrawal("medicament", BOX, date(2015, 1, 1), "arrete-retrait"), billed="90.00"
    )
    assert (told["status"], told["amo"], told["patient"]) == ("DELISTED", "0.00", "90.00")
    assert told["acte_juridique"]["id"] == "arrete-retrait"
    assert "errors" not in told


def test_before_its_first_day_a_medicine_has_no_tariff() -> None:
    told = priced(as_of="2009-12-31")
    assert (told["status"], told["amo"]) == ("NO_TARIFF", None)
    assert "is not in force on 2009-12-31. It is in force from 2010-01-01" in sentence(told)


def test_a_code_that_nobody_published_is_unknown() -> None:
    assert priced(code="6118000999999")["status"] == "UNKNOWN_CODE"


def test_a_second_code_stands_for_the_presentation_in_its_days_only() -> None:
    second = change("gtin", "6118010999999", date(2015, 1, 1), date(2016, 1, 1), presentation=BOX)
    assert priced(second, code="6118010999999")["amo"] == "70.00"
    assert priced(second, code="6118010999999", as_of="2016-01-01")["status"] == "NO_TARIFF"


def test_a_payer_without_rate_covers_nothing() -> None:
    told = priced(organisme="cnss")
    assert (told["status"], told["unit_price"], told["amo"], told["patient"]) == (
        "NOT_COVERED",
        "100.00",
        "0.00",
        "100.00",
    )
    assert warned(told) == ["NOT_COVERED"]


def test_an_exempt_patient_has_the_rate_of_exemption_or_is_told_that_there_is_none() -> None:
    exempt = rate("MEDICAMENT", "1.00", situation="EXONERATION", assiette="PBR")
    assert priced(exempt, exoneration=True)["amo"] == "100.00"
    told = priced(exoneration=True)
    assert (told["amo"], warned(told)) == ("70.00", ["EXONERATION_RATE_UNKNOWN"])


class TestMutuelle:
    @pytest.mark.parametrize(("assiette", "mutuelle"), [("PBR", "12.80"), ("PPV", "16.00")])
    def test_what_it_is_paid_on_is_data(self, assiette: str, mutuelle: str) -> None:
        complement = rate("MEDICAMENT", "0.16", regime="MUTUELLE", assiette=assiette)
        told = priced(medicament("100.00", pbr="80.00"), complement, mutuelle=True)
        assert (told["amo"], told["mutuelle"]) == ("56.00", mutuelle)

    def test_without_a_rate_it_pays_nothing_and_says_so(self) -> None:
        told = priced(mutuelle=True)
        assert (told["mutuelle"], warned(told)) == ("0.00", ["NO_COMPLEMENTARY_RATE"])


def test_a_price_that_rests_on_an_act_that_is_only_signed_does_not_price() -> None:
    signed = Change("medicament", BOX, Period(date(2015, 1, 1)), medicament("60.00").payload, "accord")
    told = priced(act("accord", "SIGNE"), signed)
    assert (told["status"], told["reasons"]) == ("NO_TARIFF", ["SIGNED_NOT_IN_FORCE"])


def test_each_step_of_the_explanation_names_its_act() -> None:
    told = priced(medicament("100.00", pbr="80.00"), rule("BASE_GENERIQUE"), explain=True)
    steps = [(step["rule"], step["acte_juridique"] and step["acte_juridique"]["id"]) for step in told["explanation"]]
    assert steps == [
        ("PRICE", "texte"), ("BASE", "texte"), ("PAYER_RULE", "texte"), ("RATE", "texte"), ("AMO", None),
        ("PATIENT", None),
    ]  # fmt: skip
    assert told["explanation"][-2]["text"] == "AMO: 0.70 of a base of 80.00 a unit, half-up to the centime: 56.00."
    assert "explanation" not in priced()
