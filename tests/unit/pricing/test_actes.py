"""Acts: codes and cotations, what prices them, and everything that leaves one without a price."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from catalog.releases.changes import Change
from tests.unit.pricing.asking import act, sentence, shares, warned
from tests.unit.pricing.shelf import act as legal_act
from tests.unit.pricing.shelf import change, pack, snapshot
from tests.unit.pricing.world import ACTE, CCAM, START, acte, forfait, lettre, rate, world

DAY = "2015-06-01"


def priced(*changes: Change, code: str = ACTE, **line: Any) -> dict[str, Any]:
    """An act at cnops, in private practice in 2015, these facts added to the world."""
    return act(snapshot(world(), changes), code, line.pop("as_of", DAY), line.pop("organisme", "cnops"), **line)


@pytest.mark.parametrize("code", ["D708", " d708 ", "K50", "K 50", "k50", "K50,00"])
def test_a_code_and_its_cotation_have_one_price(code: str) -> None:
    assert shares(priced(code=code)) == ("500.00", "350.00", "150.00")


def test_an_act_wins_over_the_cotation_that_it_looks_like() -> None:
    # K50 is the act, paid K 10; the letter K with the coefficient 50 would be 500.00.
    assert priced(acte("K50", coefficient="10"), code="K50")["unit_price"] == "100.00"


@pytest.mark.parametrize(("coefficient", "price"), [("37.5", "41.25"), ("0.5", "0.55"), ("12.05", "13.26")])
def test_coefficients_are_exact_and_the_price_half_up(coefficient: str, price: str) -> None:
    assert priced(lettre("1.10"), acte(coefficient=coefficient))["unit_price"] == price


def test_a_flat_act_has_the_value_of_its_letter() -> None:
    flat = acte("C100", mode="ACTE_FORFAITAIRE", lettre="C", coefficient=None)
    assert priced(flat, lettre("80.00", name="C"), code="C100")["unit_price"] == "80.00"


def test_a_letter_used_alone_takes_no_coefficient_and_the_reverse() -> None:
    flat = acte("C100", mode="ACTE_FORFAITAIRE", lettre="C", coefficient=None)
    told = priced(flat, lettre("80.00", name="C"), code="C50")
    assert sentence(told) == "code: The letter C is paid without a coefficient: write it alone."
    assert sentence(priced(code="K")) == "code: The letter K is paid by its coefficient: write both, such as K50."


def test_an_act_paid_by_a_forfait_has_the_amount_of_its_name() -> None:
    dialysis = acte("DIAL1", mode="FORFAIT", lettre=None, coefficient=None)
    assert priced(dialysis, forfait("850.00", "DIAL1"), code="DIAL1")["amo"] == "595.00"
    assert priced(dialysis, code="DIAL1")["status"] == "NO_TARIFF"


class TestWithoutPrice:
    def test_a_coefficient_is_never_guessed(self) -> None:
        told = priced(acte(coefficient=None, coefficient_anesthesie="25"))
        assert (told["status"], told["amo"]) == ("NO_TARIFF", None)
        assert (
            sentence(told) == "code: No text gives a coefficient for D708, and none is guessed: the act has no price."
        )

    def test_nor_is_a_letter(self) -> None:
        assert "gives a key letter for D708" in sentence(priced(acte(lettre=None)))

    def test_a_letter_known_elsewhere_has_no_value_here(self) -> None:
        told = priced(secteur="public")
        assert (told["status"], sentence(told)) == (
            "NO_TARIFF",
            "code: The key letter K has no value in force on 2015-06-01 for cnops, secteur public.",
        )

    def test_two_values_for_one_letter_are_told_not_chosen(self) -> None:
        twin = change("convention", "jumelle", START, libelle="Jumelle", secteur="prive")
        value = change(
            "lettre_cle", "K:jumelle", START, lettre="K", convention="jumelle", secteur="prive", valeur="11.00"
        )
        told = priced(twin, value)
        assert told["status"] == "NO_TARIFF"
        assert "has several values" in sentence(told)

    def test_a_value_that_is_only_signed_is_told(self) -> None:
        signed = change("convention", "signee", START, act="accord", libelle="Signée", secteur="prive")
        value = change(
            "lettre_cle",
            "Z:signee",
            START,
            act="accord",
            lettre="Z",
            convention="signee",
            secteur="prive",
            valeur="12.00",
        )
        told = priced(legal_act("accord", "SIGNE"), signed, value, code="Z10")
        assert (told["status"], told["reasons"]) == ("NO_TARIFF", ["SIGNED_NOT_IN_FORCE"])

    @pytest.mark.parametrize("code", ["X50", "ZZ100", "XYZ"])
    def test_a_code_that_nobody_published_is_unknown(self, code: str) -> None:
        assert priced(code=code)["status"] == "UNKNOWN_CODE"

    def test_an_act_has_no_tariff_before_its_first_day(self) -> None:
        assert priced(as_of="2009-12-31")["status"] == "NO_TARIFF"

    @pytest.mark.parametrize("code", ["K-50", "K50.555", "50", "K 0"])
    def test_a_code_that_is_none_is_invalid(self, code: str) -> None:
        assert priced(code=code)["status"] == "INVALID"


class TestAssimilation:
    def test_an_act_may_be_priced_as_another(self) -> None:
        told = priced(acte("ASD01", assimile_a=ACTE, lettre=None, coefficient=None), code="ASD01", explain=True)
        assert told["unit_price"] == "500.00"
        assert [step["rule"] for step in told["explanation"]][:3] == ["ACT", "ASSIMILATION", "TARIFF"]

    def test_to_an_act_that_is_only_signed_has_no_price(self) -> None:
        signed = replace(acte("D510"), legal_act="accord")
        told = priced(
            legal_act("accord", "SIGNE"),
            signed,
            acte("ASD01", assimile_a="D510", lettre=None, coefficient=None),
            code="ASD01",
        )
        assert (told["status"], told["reasons"]) == ("NO_TARIFF", ["SIGNED_NOT_IN_FORCE"])

    def test_that_leads_nowhere_has_no_price(self) -> None:
        told = priced(acte("ASD01", assimile_a="D510", lettre=None, coefficient=None), code="ASD01")
        assert sentence(told) == "code: The act ASD01 is priced through D510, which gives no price on 2015-06-01."


class TestMapping:
    CCAM_ACT = change("acte_ccam", CCAM, START, libelle="Détartrage")

    def mapped(self, relation: str = "equivalent", statut: str = "PUBLISHED", activite: str = "1") -> Change:
        return change(
            "correspondance", f"{ACTE}>{CCAM}-{activite}-0", START, acte_ngap=ACTE, acte_ccam=CCAM, activite=activite,
            phase="0", relation=relation, statut=statut, version_ngap="177-06", version_ccam="V1", decide_par="x",
            decide_le="2010-01-01", preuve="x",
        )  # fmt: skip

    def test_an_equivalent_validated_mapping_carries_the_price(self) -> None:
        told = priced(self.CCAM_ACT, self.mapped(), code=CCAM, explain=True)
        assert (told["status"], told["unit_price"]) == ("OK", "500.00")
        assert told["explanation"][0]["rule"] == "MAPPING"

    @pytest.mark.parametrize(
        ("relation", "statut"),
        [("source-is-broader-than-target", "PUBLISHED"), ("related-to", "PUBLISHED"), ("equivalent", "TEAM_DONE")],
    )
    def test_no_other_does(self, relation: str, statut: str) -> None:
        told = priced(self.CCAM_ACT, self.mapped(relation, statut), code=CCAM)
        assert (told["status"], told["amo"]) == ("NO_TARIFF", None)
        assert sentence(told).startswith("code: HBJD001 has no tariff of its own.")

    def test_anaesthesia_is_paid_by_its_own_coefficient_or_not_at_all(self) -> None:
        with_anaesthesia = acte(coefficient_anesthesie="25")
        code = f"{CCAM}-4-0"
        told = priced(self.CCAM_ACT, self.mapped(activite="4"), with_anaesthesia, code=code)
        assert told["unit_price"] == "250.00"
        assert priced(self.CCAM_ACT, self.mapped(activite="4"), code=code)["status"] == "NO_TARIFF"

    def test_a_flat_act_is_no_price_of_its_anaesthesia(self) -> None:
        flat = acte(mode="ACTE_FORFAITAIRE", coefficient=None)
        told = priced(self.CCAM_ACT, self.mapped(activite="4"), flat, code=f"{CCAM}-4-0")
        assert (told["status"], told["amo"]) == ("NO_TARIFF", None)

    def test_a_ccam_act_that_nobody_published_is_unknown(self) -> None:
        assert priced(code=CCAM)["status"] == "UNKNOWN_CODE"


class TestAgreement:
    def test_nothing_is_paid_without_an_agreement_that_is_needed(self) -> None:
        told = priced(acte(accord_prealable=True), billed="600.00")
        assert (told["status"], told["unit_price"], *shares(told)) == (
            "PRIOR_AGREEMENT_MISSING", "500.00", "500.00", "0.00", "600.00",
        )  # fmt: skip

    def test_with_it_the_act_is_paid(self) -> None:
        assert priced(acte(accord_prealable=True), accord_prealable=True)["amo"] == "350.00"


class TestDental:
    LETTERS = (lettre("17.50", name="D", variante="soins"), lettre("12.50", name="D", variante="prothese"))
    RATES = (rate("DENTAIRE_SOINS", "0.70"), rate("DENTAIRE_PROTHESE", "0.70"))

    @pytest.mark.parametrize(("variante", "price"), [("soins", "210.00"), ("prothese", "150.00")])
    def test_the_act_says_which_value_is_meant(self, variante: str, price: str) -> None:
        dental = acte(lettre="D", coefficient="12", variante=variante)
        assert priced(*self.LETTERS, *self.RATES, dental)["unit_price"] == price

    def test_the_letter_alone_does_not_and_none_is_guessed(self) -> None:
        told = priced(*self.LETTERS, *self.RATES, code="D12")
        assert (told["status"], told["amo"]) == ("INVALID", None)
        assert sentence(told).endswith("and D 12 does not say which: send the code of the act, such as D708.")

    def test_two_rates_for_one_value_are_not_guessed_either(self) -> None:
        rates = (rate("DENTAIRE_SOINS", "0.70"), rate("DENTAIRE_PROTHESE", "0.50"))
        public = lettre("10.00", name="D", secteur="public")
        assert priced(*self.LETTERS, *rates, public, code="D12", secteur="public")["status"] == "INVALID"

    def test_care_that_is_not_covered_needs_no_price(self) -> None:
        told = act(pack(), "D708", "2014-06-01", "cnss", billed="300.00")
        assert (told["status"], told["amo"], told["patient"]) == ("NOT_COVERED", "0.00", "300.00")
        assert "DENTAIRE_SOINS" in told["warnings"][0]["message"]


def test_cnss_covers_ambulatory_care_from_february_2010_only() -> None:
    before, after = (act(pack(), "C", day, "cnss") for day in ("2010-01-31", "2010-02-01"))
    assert (before["status"], before["unit_price"], before["amo"], before["patient"]) == (
        "NOT_COVERED", "80.00", "0.00", "80.00",
    )  # fmt: skip
    assert (after["status"], after["amo"]) == ("OK", "56.00")


def test_a_payer_that_does_not_apply_the_convention_is_told() -> None:
    refused = change(
        "adherence_organisme", "medecins-2010:cnops", START, date(2016, 1, 1), convention="medecins-2010",
        organisme="cnops", applique=False,
    )  # fmt: skip
    told = priced(refused)
    assert (told["status"], told["reasons"], warned(told)) == (
        "NO_TARIFF", ["PAYER_APPLICATION_DATE"], ["PAYER_APPLICATION_DATE"],
    )  # fmt: skip
