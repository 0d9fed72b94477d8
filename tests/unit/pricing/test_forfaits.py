"""Forfaits: stays by day and by admission, sessions, surgery by bands, and what a payer decides below the law."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from catalog.releases.changes import Change
from tests.unit.pricing.asking import sentence, shares, stay, warned
from tests.unit.pricing.shelf import change, pack, snapshot
from tests.unit.pricing.world import CONVENTION, START, forfait, rate, rule, world

DAY = "2015-06-01"
ADMISSION = "2020-06-01"


def priced(*changes: Change, code: str = "SEANCE_DIALYSE", **line: Any) -> dict[str, Any]:
    return stay(snapshot(world(), changes), code, line.pop("as_of", DAY), **line)


def test_a_session_is_ambulatory_unless_said_otherwise() -> None:
    assert shares(priced(quantity=3)) == ("800.00", "1680.00", "720.00")
    assert priced(mode="hospitalisation")["amo"] == "720.00"
    assert priced()["pricing_date_basis"] == "ACT"


@pytest.mark.parametrize(("unite", "basis"), [("JOUR", "DAY"), ("SEJOUR", "ADMISSION")])
class TestStays:
    def test_a_stay_is_in_hospital(self, unite: str, basis: str) -> None:
        told = priced(forfait("550.00", "STAY", unite=unite), code="STAY")
        assert (told["rate"], told["amo"], told["pricing_date_basis"]) == ("0.90", "495.00", basis)

    def test_and_is_never_ambulatory(self, unite: str, basis: str) -> None:
        told = priced(forfait("550.00", "STAY", unite=unite), code="STAY", mode="ambulatoire")
        assert sentence(told) == "mode: STAY is a stay in hospital: its mode is hospitalisation, or is left out."


def test_days_over_a_change_of_rate_are_refused() -> None:
    changes = (
        forfait("550.00", "STAY", unite="JOUR"),
        rate("FORFAIT", "0.95", date(2015, 6, 3), mode="hospitalisation"),
    )
    assert priced(*changes, code="STAY", quantity=2)["amo"] == "990.00"
    assert sentence(priced(*changes, code="STAY", quantity=3)).startswith(
        "quantity: These 3 days go beyond 2015-06-02,"
    )


def test_days_beyond_the_payer_s_application_of_the_convention_are_refused() -> None:
    applied = change(
        "adherence_organisme", f"{CONVENTION}:cnops", START, date(2015, 6, 3), convention=CONVENTION, organisme="cnops",
        applique=True,
    )  # fmt: skip
    changes = (forfait("550.00", "STAY", unite="JOUR"), applied)
    assert priced(*changes, code="STAY", quantity=2)["amo"] == "990.00"
    assert sentence(priced(*changes, code="STAY", quantity=3)).startswith(
        "quantity: These 3 days go beyond 2015-06-02,"
    )


def test_a_rule_of_the_payer_may_say_which_date_selects() -> None:
    dated = rule("DATE_TARIFICATION", forfait="STAY", parametre="ADMISSION")
    told = priced(forfait("550.00", "STAY", unite="JOUR"), dated, code="STAY", explain=True)
    assert told["pricing_date_basis"] == "ADMISSION"
    assert "PAYER_RULE" in [step["rule"] for step in told["explanation"]]


class TestSurgery:
    @pytest.mark.parametrize(
        ("code", "secteur", "amount"),
        [
            ("K30", "prive", "1950.00"),
            ("K 39", "prive", "1950.00"),
            ("K40", "prive", "2600.00"),
            ("CHIRURGIE_K030_K039", "prive", "1950.00"),
            ("chirurgie_k30_k39", "prive", "1950.00"),
            ("K310", "prive", "24800.00"),
            ("K319", "prive", "24800.00"),
            ("K320", "prive", "25600.00"),
            ("K19", "public", "400.00"),
        ],
    )
    def test_the_band_of_the_coefficient_is_paid(self, code: str, secteur: str, amount: str) -> None:
        told = stay(pack(), code, ADMISSION, secteur=secteur)
        assert (told["status"], told["unit_price"]) == ("OK", amount)
        assert told["rate"] == ("0.90" if secteur == "prive" else "1.00")

    @pytest.mark.parametrize("code", ["K29", "K39.5"])
    def test_between_bands_there_is_no_tariff(self, code: str) -> None:
        assert stay(pack(), code, ADMISSION)["status"] == "NO_TARIFF"

    def test_an_open_band_needs_the_coefficient(self) -> None:
        assert sentence(stay(pack(), "CHIRURGIE_K310", ADMISSION)) == (
            "code: The amount of CHIRURGIE_K310 depends on the coefficient: send the cotation, such as K315."
        )


class TestUnjustifiedCaesarean:
    def test_the_payer_s_decision_lowers_the_base_and_is_told(self) -> None:
        told = stay(pack(), "CESARIENNE", ADMISSION, justified=False, explain=True)
        assert (told["unit_price"], *shares(told)) == ("8000.00", "3000.00", "2700.00", "5300.00")
        assert warned(told) == ["CESARIENNE_NON_JUSTIFIEE"]
        (step,) = [step for step in told["explanation"] if step["rule"] == "PAYER_RULE"]
        assert step["acte_juridique"]["id"] == "decision-cnops-2019-05-01"
        assert "rank 3: below national law (1) and convention (2)" in step["text"]

    @pytest.mark.parametrize(
        ("organisme", "day", "amo"),
        [("cnops", "2019-04-30", "7200.00"), ("cnops", "2019-05-01", "2700.00"), ("cnss", "2020-06-01", "5600.00")],
    )
    def test_it_holds_for_that_payer_from_its_day(self, organisme: str, day: str, amo: str) -> None:
        assert stay(pack(), "CESARIENNE", day, organisme, justified=False)["amo"] == amo

    def test_a_justified_one_has_its_forfait(self) -> None:
        assert shares(stay(pack(), "CESARIENNE", ADMISSION)) == ("8000.00", "7200.00", "800.00")

    def test_an_amount_that_is_missing_is_not_replaced(self) -> None:
        decision = rule("CESARIENNE_NON_JUSTIFIEE", remplace="CESARIENNE", par="VOIE_BASSE")
        told = priced(forfait("8000.00", "CESARIENNE", unite="SEJOUR"), decision, code="CESARIENNE", justified=False)
        assert (told["status"], told["amo"]) == ("NO_TARIFF", None)

    def test_the_decision_never_raises_the_base(self) -> None:
        decision = rule("CESARIENNE_NON_JUSTIFIEE", remplace="CESARIENNE", par="SEANCE_DIALYSE")
        told = priced(
            forfait("500.00", "CESARIENNE", unite="SEJOUR"),
            decision,
            code="CESARIENNE",
            justified=False,
            billed="900.00",
        )
        assert told["base"] == "500.00"

    def test_other_forfaits_are_not_touched(self) -> None:
        assert stay(pack(), "CHIRURGIE_K050_K059", ADMISSION, justified=False)["base"] == "4000.00"


def test_a_forfait_that_nobody_published_is_unknown() -> None:
    told = priced(code="INCONNU")
    assert (told["status"], sentence(told)) == (
        "UNKNOWN_CODE",
        "code: No forfait with code INCONNU has ever been published.",
    )


def test_a_signed_amount_is_told_beside_the_one_in_force() -> None:
    told = stay(pack(), "HOSPITALISATION_JOUR", ADMISSION)
    assert (told["unit_price"], told["reasons"]) == ("550.00", ["SIGNED_NOT_IN_FORCE"])


def test_before_its_first_day_a_stay_has_no_amount() -> None:
    changes = (forfait("550.00", "STAY", date(2012, 1, 1), unite="JOUR"),)
    told = priced(*changes, code="STAY", as_of="2011-06-01")
    assert (told["status"], told["amo"]) == ("NO_TARIFF", None)
    assert priced(*changes, code="STAY", as_of="2009-06-01", billed="500.00")["status"] == "NOT_COVERED"
