"""Every golden case, over HTTP, to the centime; each test bears the number of its case."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.golden_catalogue import (
    AMLOR,
    AVENANT,
    CIALIS,
    CORRECTED,
    COVERSYL,
    DIAMICRON,
    EPREX,
    GLYAZID,
    GROUND,
    STAY,
    VALVE,
    WITHDRAWAL,
    WITHDRAWN,
)
from tests.api.golden_client import Golden, shares

CARE = "2014-07-01"


def medicine(code: str, as_of: str = CARE, organisme: str = "cnops", **told: Any) -> dict[str, Any]:
    return {"kind": "medicament", "code": code, "as_of": as_of, "organisme": organisme, **told}


def acte(code: str, as_of: str, organisme: str, secteur: str = "prive", **told: Any) -> dict[str, Any]:
    return {"kind": "acte", "code": code, "as_of": as_of, "organisme": organisme, "secteur": secteur, **told}


def test_g01_a_generic_is_paid_on_its_own_price_and_the_mutuelle_adds_its_share(golden: Golden) -> None:
    told = golden.price_one(**medicine(GLYAZID, mutuelle=True))
    assert (told["status"], told["unit_price"], told["rate"]) == ("OK", "29.70", "0.70")
    assert (*shares(told), told["mutuelle"]) == ("29.70", "20.79", "4.16", "4.75")


def test_g02_the_base_of_a_princeps_is_its_closest_generic_not_the_cheapest(golden: Golden) -> None:
    plain, completed = golden.price(medicine(DIAMICRON), medicine(DIAMICRON, mutuelle=True))
    assert plain["unit_price"] == "37.20"
    assert shares(plain) == ("29.70", "20.79", "16.41")
    assert (completed["mutuelle"], completed["patient"]) == ("4.75", "11.66")
    assert "BASE_IS_GENERIC" in plain["reasons"]


def test_g04_a_generic_at_the_price_of_the_princeps_leaves_its_base_alone(golden: Golden) -> None:
    assert shares(golden.price_one(**medicine(AMLOR))) == ("98.90", "69.23", "29.67")


def test_g05_a_full_rate_is_full_of_the_generic_base(golden: Golden) -> None:
    plain, exempt = golden.price(medicine(COVERSYL), medicine(COVERSYL, exoneration=True))
    assert shares(plain) == ("105.00", "73.50", "158.90")
    assert (exempt["rate"], *shares(exempt)) == ("1.00", "105.00", "105.00", "127.40")


def test_g07_a_rate_of_nought_is_an_answer(golden: Golden) -> None:
    told = golden.price_one(**medicine(CIALIS))
    assert (told["status"], told["rate"], told["amo"], told["patient"]) == (
        "NOT_REIMBURSABLE",
        "0.00",
        "0.00",
        "440.00",
    )


def test_g09_cnops_applies_the_generic_base_from_its_own_day(golden: Golden) -> None:
    before, after = golden.price(medicine(COVERSYL, "2011-04-30"), medicine(COVERSYL, "2011-05-01"))
    assert shares(before)[:2] == ("232.40", "162.68")
    assert shares(after)[:2] == ("105.00", "73.50")
    assert "PAYER_APPLICATION_DATE" in before["reasons"]


def test_g11_a_withdrawn_medicine_is_reimbursable_until_the_eve_of_the_arrete(golden: Golden) -> None:
    before, after = golden.price(medicine(WITHDRAWN, "2015-02-28"), medicine(WITHDRAWN, "2015-03-01"))
    assert (before["status"], before["amo"]) == ("OK", "35.00")
    assert (after["status"], after["amo"], after["patient"]) == ("DELISTED", "0.00", "50.00")
    assert after["acte_juridique"]["id"] == WITHDRAWAL


def test_g11_the_history_of_a_withdrawn_medicine_still_answers(golden: Golden) -> None:
    versions = golden.get(f"/medicaments/{WITHDRAWN}/history", as_of="2020-01-01")["versions"]
    believed = [version for version in versions if version["closed_by"] is None]
    assert [version["statut"] for version in believed] == ["RETIRE", "ADMIS"]


def test_g12_the_printed_example_of_a_consultation(golden: Golden) -> None:
    told = golden.price_one(**acte("C", "2021-05-10", "cnss", billed="150.00"))
    assert (told["unit_price"], *shares(told)) == ("80.00", "80.00", "56.00", "94.00")


def test_g14_a_signed_value_is_a_note_and_never_the_answer(golden: Golden) -> None:
    told = golden.price_one(**acte("C", "2021-05-10", "cnss"))
    assert told["unit_price"] == "80.00"
    assert told["reasons"] == ["SIGNED_NOT_IN_FORCE"]
    (warning,) = told["warnings"]
    assert "150.00 is signed" in warning["message"] and "not in force" in warning["message"]


@pytest.mark.parametrize(
    ("code", "day", "base", "amo"),
    [
        ("C", "2013-07-15", "15.00", "12.00"),
        ("C", "2013-08-15", "80.00", "64.00"),
        ("Cs", "2013-07-15", "25.00", "20.00"),
        ("Cs", "2013-08-15", "150.00", "120.00"),
    ],
)
def test_g16_cnops_pays_its_own_values_until_it_aligns(
    golden: Golden, code: str, day: str, base: str, amo: str
) -> None:
    told = golden.price_one(**acte(code, day, "cnops", billed="150.00"))
    assert (told["base"], told["amo"]) == (base, amo)


@pytest.mark.parametrize(
    ("organisme", "secteur", "price", "rate", "amo"),
    [
        ("cnops", "prive", "1125.00", "0.90", "1012.50"),
        ("cnops", "public", "650.00", "1.00", "650.00"),
        ("cnss", "prive", "1125.00", "0.70", "787.50"),
        ("cnss", "public", "650.00", "0.90", "585.00"),
    ],
)
def test_g18_a_coefficient_is_worth_what_sector_and_payer_say(
    golden: Golden, organisme: str, secteur: str, price: str, rate: str, amo: str
) -> None:
    told = golden.price_one(**acte("K50", "2016-05-10", organisme, secteur, mode="hospitalisation"))
    assert (told["unit_price"], told["rate"], told["amo"]) == (price, rate, amo)


@pytest.mark.parametrize(
    ("organisme", "day", "price", "amo"),
    [
        ("cnss", "2015-06-01", "210.00", "147.00"),
        ("cnops", "2014-06-01", "156.00", "124.80"),
        ("cnops", "2013-06-01", "120.00", "96.00"),
    ],
)
def test_g20_a_dental_act_is_worth_its_letter_at_the_payer_that_day(
    golden: Golden, organisme: str, day: str, price: str, amo: str
) -> None:
    told = golden.price_one(**acte("D708", day, organisme))
    assert (told["unit_price"], told["amo"]) == (price, amo)


@pytest.mark.parametrize(
    ("case", "day", "bought", "amo"),
    [
        ("G25", "2012-03-01", "19000.00", "17500.00"),
        ("G25", "2012-03-01", "15000.00", "15000.00"),
        ("G27", "2015-10-15", "19000.00", "17500.00"),
        ("G27", "2015-12-16", "19000.00", "17500.00"),
        ("G27", "2015-12-17", "19000.00", "10000.00"),
    ],
)
def test_g25_g27_a_device_is_paid_its_price_up_to_the_forfait_published(
    golden: Golden, case: str, day: str, bought: str, amo: str
) -> None:
    line = {"kind": "dispositif", "code": VALVE, "as_of": day, "organisme": "cnops", "billed": bought}
    told = golden.price_one(**line)
    assert (told["amo"], told["base"]) == (amo, amo)


DECLARED = {"exoneration": "true", "pec": "PEC-1"}


def test_g29_cnops_pays_its_list_from_the_day_it_applies_the_convention(golden: Golden) -> None:
    told = [
        golden.get(f"/tiers-payant/{EPREX}", organisme="cnops", as_of=day, **DECLARED)
        for day in ("2016-06-07", "2016-06-08")
    ]
    assert [(each["eligibility"], each["reasons"]) for each in told] == [
        ("NOT_ELIGIBLE", ["PAYER_NOT_APPLYING"]),
        ("ELIGIBLE", []),
    ]


def test_g31_the_first_list_is_applied_by_cnss_alone(golden: Golden) -> None:
    told = [
        golden.get(f"/tiers-payant/{EPREX}", organisme=payer, as_of="2013-04-02", **DECLARED)
        for payer in ("cnss", "cnops")
    ]
    assert [(each["eligibility"], each["reasons"]) for each in told] == [
        ("ELIGIBLE", []),
        ("NOT_ELIGIBLE", ["PAYER_NOT_APPLYING"]),
    ]


def test_g34_without_an_agreement_the_answer_is_conditional_not_a_silent_yes(golden: Golden) -> None:
    told = golden.get(f"/tiers-payant/{EPREX}", organisme="cnops", as_of="2017-01-10", exoneration="true")
    assert (told["eligibility"], told["reasons"]) == ("CONDITIONAL", ["PRIOR_AGREEMENT_MISSING"])
    assert (told["amounts"]["unit_price"], told["amounts"]["base"]) == ("2374.00", "2374.00")
    assert (told["amounts"]["amo"], told["amounts"]["patient"]) == ("2374.00", "0.00")


@pytest.mark.parametrize(
    ("care", "known_at", "price"),
    [
        ("2014-06-20", "2014-06-25T12:00:00Z", "120.00"),
        ("2014-06-20", "2014-07-10T12:00:00Z", "102.00"),
        ("2014-06-01", "2014-06-25T12:00:00Z", "150.00"),
        ("2014-06-01", "2014-07-10T12:00:00Z", "150.00"),
    ],
)
def test_g35_an_erratum_leaves_what_was_known_before(golden: Golden, care: str, known_at: str, price: str) -> None:
    assert golden.get(f"/medicaments/{CORRECTED}", as_of=care, known_at=known_at)["ppv"] == price
    assert golden.price_one(**medicine(CORRECTED, care), known_at=known_at)["unit_price"] == price


def test_g35_an_answer_that_the_erratum_changed_says_so_with_both_values(golden: Golden) -> None:
    told = golden.price_one(**medicine(CORRECTED, "2014-06-20"))
    assert "RETROACTIVE_CHANGE" in told["reasons"]
    (change,) = [warning for warning in told["warnings"] if warning["code"] == "RETROACTIVE_CHANGE"]
    assert (told["amo"], change["known_then"]["amo"]) == ("71.40", "84.00")
    assert "RETROACTIVE_CHANGE" not in golden.price_one(**medicine(CORRECTED, "2014-06-01"))["reasons"]


def test_g37_each_day_of_a_stay_has_its_own_forfait(golden: Golden) -> None:
    days = ("2019-12-30", "2019-12-31", "2020-01-01", "2020-01-02")
    line = {"kind": "forfait", "code": STAY, "organisme": "cnops", "secteur": "prive"}
    told = golden.price(*({**line, "as_of": day} for day in days))
    assert [each["unit_price"] for each in told] == ["550.00", "550.00", "600.00", "600.00"]
    assert [each["amo"] for each in told] == ["495.00", "495.00", "540.00", "540.00"]
    assert {each["pricing_date_basis"] for each in told} == {"DAY"}
    assert [each["acte_juridique"]["id"] for each in told] == [GROUND, GROUND, AVENANT, AVENANT]


def test_g37_days_that_span_two_tariffs_are_not_priced_as_one_line(golden: Golden) -> None:
    line = {"kind": "forfait", "code": STAY, "organisme": "cnops", "secteur": "prive", "as_of": "2019-12-30"}
    whole, within = golden.price({**line, "quantity": 4}, {**line, "quantity": 2})
    assert (whole["status"], [error["field"] for error in whole["errors"]]) == ("INVALID", ["quantity"])
    assert (within["status"], within["amo"]) == ("OK", "990.00")


@pytest.mark.parametrize("code", [CORRECTED, WITHDRAWN, COVERSYL, DIAMICRON])
def test_g39_no_two_values_hold_for_one_day_at_one_release(golden: Golden, code: str) -> None:
    """The refusal itself is the database's; what is told of an entry must show that it held."""
    versions = golden.get(f"/medicaments/{code}/history")["versions"]
    for place, one in enumerate(versions):
        assert not any(_meet(one, other) for other in versions[place + 1 :])


def _meet(one: dict[str, Any], other: dict[str, Any]) -> bool:
    days = _share(one["valid_from"] or "", one["valid_to"], other["valid_from"] or "", other["valid_to"])
    return days and _share(one["release"], one["closed_by"], other["release"], other["closed_by"])


def _share(start: Any, end: Any, other_start: Any, other_end: Any) -> bool:
    return (other_end is None or start < other_end) and (end is None or other_start < end)
