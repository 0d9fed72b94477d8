"""The golden cases, to the centime: the bundled pack where it has the facts, else facts made for the case."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

import pytest

from catalog.pricing.telling_tiers_payant import tiers_payant
from catalog.releases.changes import Change
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment
from tests.unit.pricing.asking import act, device, medicine, shares, stay, warned
from tests.unit.pricing.shelf import act as legal_act
from tests.unit.pricing.shelf import change, pack, pack_and, snapshot

GLYAZID, DIAMICRON, AMLOR, COVERSYL, CIALIS = (
    "6118000190462", "6118000100058", "6118000250555", "6118000100256", "6118001070169",
)  # fmt: skip
EPREX = "6118001181094"
VALVE = "VALVES-CARDIAQUES-A-DOUBLE-AILETTE"
JULY_2014 = "2014-07-01"


@pytest.mark.parametrize(
    ("case", "code", "asked", "base", "amo", "mutuelle", "patient"),
    [
        ("G01", GLYAZID, {"mutuelle": True}, "29.70", "20.79", "4.75", "4.16"),
        ("G02", DIAMICRON, {}, "29.70", "20.79", "0.00", "16.41"),
        ("G02 with mutuelle", DIAMICRON, {"mutuelle": True}, "29.70", "20.79", "4.75", "11.66"),
        ("G04", AMLOR, {}, "98.90", "69.23", "0.00", "29.67"),
        ("G05a", COVERSYL, {}, "105.00", "73.50", "0.00", "158.90"),
        ("G05b", COVERSYL, {"exoneration": True}, "105.00", "105.00", "0.00", "127.40"),
    ],
)
def test_medicines_are_paid_on_the_base_of_the_generic(
    case: str, code: str, asked: dict[str, bool], base: str, amo: str, mutuelle: str, patient: str
) -> None:
    told = medicine(pack(), code, JULY_2014, **asked)
    assert (told["status"], *shares(told), told["mutuelle"]) == ("OK", base, amo, patient, mutuelle), case
    assert ("BASE_IS_GENERIC" in told["reasons"]) == (code in (DIAMICRON, COVERSYL))


def test_g07_a_medicine_that_is_not_admitted_has_a_rate_of_zero() -> None:
    told = medicine(pack(), CIALIS, JULY_2014)
    assert (told["status"], told["rate"], told["amo"], told["patient"]) == (
        "NOT_REIMBURSABLE",
        "0.00",
        "0.00",
        "440.00",
    )


@pytest.mark.parametrize(
    ("day", "base", "amo", "reason"),
    [
        ("2011-04-30", "232.40", "162.68", "PAYER_APPLICATION_DATE"),
        ("2011-05-01", "105.00", "73.50", "BASE_IS_GENERIC"),
    ],
)
def test_g09_cnops_pays_on_the_generic_from_may_2011(day: str, base: str, amo: str, reason: str) -> None:
    told = medicine(pack(), COVERSYL, day)
    assert (told["base"], told["amo"], told["reasons"][0]) == (base, amo, reason)


def test_g11_a_medicine_is_delisted_from_the_day_of_its_arrete() -> None:
    withdrawn = change(
        "medicament", DIAMICRON, date(2015, 3, 1), act="arrete-retrait", nom="DIAMICRON", ppv="37.20", pbr="29.70",
        admis_remboursement=False, retire=True,
    )  # fmt: skip
    found = pack_and([legal_act("arrete-retrait"), withdrawn])
    before, after = (medicine(found, DIAMICRON, day) for day in ("2015-02-28", "2015-03-01"))
    assert (before["status"], before["amo"], before["valid_to"]) == ("OK", "20.79", "2015-03-01")
    assert (after["status"], after["amo"], after["patient"]) == ("DELISTED", "0.00", "37.20")
    assert after["acte_juridique"]["id"] == "arrete-retrait"
    assert len(found.versions("medicament", DIAMICRON, found.head)) == 2


def test_g12_and_g14_the_convention_of_2020_is_told_and_does_not_price() -> None:
    told = act(pack(), "C", "2021-05-10", "cnss", billed="150.00")
    assert (told["unit_price"], *shares(told)) == ("80.00", "80.00", "56.00", "94.00")
    assert told["reasons"] == ["SIGNED_NOT_IN_FORCE"]
    assert "150.00" in told["warnings"][0]["message"]
    assert told["acte_juridique"]["id"] == "arrete-1961-06"


@pytest.mark.parametrize(
    ("code", "day", "base", "amo"),
    [
        ("C", "2013-07-15", "15.00", "12.00"),
        ("C", "2013-08-15", "80.00", "64.00"),
        ("Cs", "2013-07-15", "25.00", "20.00"),
        ("Cs", "2013-08-15", "150.00", "120.00"),
    ],
)
def test_g16_cnops_applies_the_national_tariff_from_august_2013(code: str, day: str, base: str, amo: str) -> None:
    told = act(pack(), code, day, "cnops", billed="150.00")
    assert (told["base"], told["amo"]) == (base, amo)
    assert ("PAYER_APPLICATION_DATE" in told["reasons"]) == (day < "2013-08-01")


@pytest.mark.parametrize(
    ("organisme", "secteur", "price", "amo"),
    [
        ("cnops", "prive", "1125.00", "1012.50"),
        ("cnops", "public", "650.00", "650.00"),
        ("cnss", "prive", "1125.00", "787.50"),
        ("cnss", "public", "650.00", "585.00"),
    ],
)
@pytest.mark.parametrize("code", ["K50", "K 50", "k50"])
def test_g18_k_50_in_hospital(code: str, organisme: str, secteur: str, price: str, amo: str) -> None:
    told = act(pack(), code, "2016-03-01", organisme, secteur=secteur, mode="hospitalisation")
    assert (told["unit_price"], told["amo"]) == (price, amo)


@pytest.mark.parametrize(
    ("organisme", "day", "price", "amo"),
    [
        ("cnss", "2015-06-01", "210.00", "147.00"),
        ("cnops", "2014-06-01", "156.00", "124.80"),
        ("cnops", "2013-06-01", "120.00", "96.00"),
    ],
)
def test_g20_scaling_is_the_act_d708_paid_d_12(organisme: str, day: str, price: str, amo: str) -> None:
    told = act(pack(), "D708", day, organisme)
    assert (told["status"], told["unit_price"], told["amo"]) == ("OK", price, amo)


@pytest.mark.parametrize(
    ("day", "bought", "amo"),
    [
        ("2012-03-01", "19000.00", "17500.00"),
        ("2012-03-01", "15000.00", "15000.00"),
        ("2015-10-15", "19000.00", "17500.00"),
        ("2015-12-17", "19000.00", "10000.00"),
    ],
    ids=["G25 dear", "G25 cheap", "G27 signed", "G27 published"],
)
def test_g25_g27_the_valve_is_paid_the_smaller_of_price_and_forfait(day: str, bought: str, amo: str) -> None:
    told = device(pack(), VALVE, day, billed=bought)
    assert (told["status"], told["rate"], told["base"], told["amo"]) == ("OK", "1.00", amo, amo)


class TestTiersPayant:
    DECLARED: ClassVar = {"exoneration": True, "pec": "PEC-1"}

    @pytest.mark.parametrize(
        ("case", "organisme", "day", "eligibility", "reasons"),
        [
            ("G29", "cnops", date(2016, 6, 7), "NOT_ELIGIBLE", ["PAYER_NOT_APPLYING"]),
            ("G29", "cnops", date(2016, 6, 8), "ELIGIBLE", []),
            ("G31", "cnss", date(2013, 4, 2), "ELIGIBLE", []),
            ("G31", "cnops", date(2013, 4, 2), "NOT_ELIGIBLE", ["PAYER_NOT_APPLYING"]),
        ],
    )
    def test_g29_g31_each_payer_begins_on_its_day(
        self, case: str, organisme: str, day: date, eligibility: str, reasons: list[str]
    ) -> None:
        told = tiers_payant(pack(), EPREX, organisme, Moment(day, pack().head), **self.DECLARED)
        assert (told["eligibility"], told["reasons"]) == (eligibility, reasons), case

    def test_g34_without_an_agreement_the_answer_is_no_silent_yes(self) -> None:
        told = tiers_payant(pack(), EPREX, "cnops", Moment(date(2017, 1, 10), pack().head), exoneration=True)
        assert (told["eligibility"], told["reasons"]) == ("CONDITIONAL", ["PRIOR_AGREEMENT_MISSING"])
        assert (told["amounts"]["unit_price"], told["amounts"]["amo"]) == ("2374.00", "2374.00")
        assert told["list"]["version"] == "2016-06-08"


def test_g35_an_erratum_is_known_from_the_day_it_is_recorded() -> None:
    def listed(ppv: str, start: date) -> Change:
        return change("medicament", COVERSYL, start, nom="X", ppv=ppv, pbr=ppv, admis_remboursement=True)

    rate = change(
        "taux", "cnops:AMO:MEDICAMENT:ambulatoire:*:NORMALE", organisme="cnops", regime="AMO", prestation="MEDICAMENT",
        mode="ambulatoire", situation="NORMALE", taux="0.70", assiette="PBR",
    )  # fmt: skip
    found = snapshot(
        (datetime(2014, 5, 20, tzinfo=UTC), [legal_act(), rate, listed("150.00", date(2010, 1, 1))]),
        (datetime(2014, 6, 6, tzinfo=UTC), [listed("120.00", date(2014, 6, 9))]),
        (datetime(2014, 7, 3, tzinfo=UTC), [listed("102.00", date(2014, 6, 9))]),
    )
    before, after = (
        found.release_at(datetime(2014, 6, 25, tzinfo=UTC)),
        found.release_at(datetime(2014, 7, 10, tzinfo=UTC)),
    )
    assert medicine(found, COVERSYL, "2014-06-20", release=before)["unit_price"] == "120.00"
    assert medicine(found, COVERSYL, "2014-06-20", release=after)["unit_price"] == "102.00"
    assert {medicine(found, COVERSYL, "2014-06-01", release=each)["unit_price"] for each in (before, after)} == {
        "150.00"
    }
    assert warned(medicine(found, COVERSYL, "2014-06-20", release=after)) == ["RETROACTIVE_CHANGE"]


def with_a_dearer_day() -> Snapshot:
    """The day of medical hospitalisation at 600.00 from 2020 on."""
    raised = change(
        "forfait", "HOSPITALISATION_JOUR:medecins-prive-2006", date(2020, 1, 1), act="avenant-2020",
        forfait="HOSPITALISATION_JOUR", libelle="Hospitalisation", convention="medecins-prive-2006", secteur="prive",
        montant="600.00", unite="JOUR",
    )  # fmt: skip
    return pack_and([legal_act("avenant-2020", type="avenant"), raised])


def test_g37_each_day_of_a_stay_has_the_tariff_of_its_day() -> None:
    found = with_a_dearer_day()
    days = [date(2019, 12, 30) + timedelta(days=night) for night in range(4)]
    told = [stay(found, "HOSPITALISATION_JOUR", day.isoformat()) for day in days]
    assert [each["unit_price"] for each in told] == ["550.00", "550.00", "600.00", "600.00"]
    assert sum(round(float(each["amo"]) * 100) for each in told) == 207000
    assert {each["pricing_date_basis"] for each in told} == {"DAY"}


def test_g37_one_line_over_a_change_of_tariff_is_refused_not_guessed() -> None:
    told = stay(with_a_dearer_day(), "HOSPITALISATION_JOUR", "2019-12-30", quantity=4)
    assert (told["status"], told["amo"]) == ("INVALID", None)
    assert told["errors"] == [
        {
            "field": "quantity",
            "message": "These 4 days go beyond 2019-12-31, the last day of this tariff: send one line a day.",
        }
    ]
    assert stay(with_a_dearer_day(), "HOSPITALISATION_JOUR", "2019-12-30", quantity=2)["amo"] == "990.00"


def test_b_is_never_priced_at_the_value_that_was_only_negotiated() -> None:
    told = act(pack(), "B120", "2016-03-01", "cnss")
    assert (told["unit_price"], told["reasons"]) == ("132.00", [])
    assert warned(told) == ["NEGOTIATED_NOT_IN_FORCE"]
