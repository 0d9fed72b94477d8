"""Tiers payant over HTTP: the lists, and the answer for one medicine."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from catalog.gmr.lookups import find_medicament
from catalog.temporal import Moment
from service.telling.listes import payers_naming
from tests.api.golden_catalogue import CORRECTED, COVERSYL, EPREX, MEMBER, NOT_MEMBER, SUSPENDED
from tests.api.golden_client import Golden
from tests.unit.pricing.shelf import pack

ARAVA, ZOLADEX = "6118001080267", "6118001182541"
DAY = "2017-01-10"
DECLARED = {"exoneration": "true", "pec": "PEC-1"}


def asked(golden: Golden, code: str = EPREX, **told: Any) -> dict[str, Any]:
    return golden.get(f"/tiers-payant/{code}", **{"organisme": "cnops", "as_of": DAY} | told)


def test_a_yes_names_list_pharmacy_payer_and_price(golden: Golden) -> None:
    told = asked(golden, inpe=MEMBER, **DECLARED, pec_until="2017-01-10")
    assert (told["eligibility"], told["reasons"], told["nom"]) == ("ELIGIBLE", [], "EPREX 10000 UI/ML")
    assert (told["list"]["version"], told["list"]["acte_juridique"]["id"]) == (
        "2016-06-08",
        "liste-tp-cnops-2016-06-08",
    )
    assert told["pharmacy"] == {"inpe": MEMBER, "etat": "ADHERENTE", "by_default": True, "acte_juridique": None}
    assert told["dates"] == {
        "as_of": DAY,
        "payer_applies_from": "2016-06-08",
        "list_from": "2016-06-08",
        "price_from": "2014-06-09",
        "pharmacy_from": None,
        "pec_until": "2017-01-10",
    }
    assert {condition["met"] for condition in told["conditions"]} == {True}


@pytest.mark.parametrize(
    ("changed", "answer", "reasons"),
    [
        ({}, "CONDITIONAL", ["ALD_NOT_DECLARED", "PRIOR_AGREEMENT_MISSING"]),
        ({"exoneration": True}, "CONDITIONAL", ["PRIOR_AGREEMENT_MISSING"]),
        ({"exoneration": "false", "pec": "P"}, "CONDITIONAL", ["ALD_NOT_DECLARED"]),
        (DECLARED | {"pec_until": "2017-01-09"}, "CONDITIONAL", ["PRIOR_AGREEMENT_EXPIRED"]),
        (DECLARED | {"inpe": NOT_MEMBER}, "NOT_ELIGIBLE", ["PHARMACY_NOT_MEMBER"]),
        (DECLARED | {"inpe": SUSPENDED}, "NOT_ELIGIBLE", ["PHARMACY_SUSPENDED"]),
        ({"inpe": SUSPENDED}, "NOT_ELIGIBLE", ["PHARMACY_SUSPENDED"]),
        (DECLARED | {"inpe": NOT_MEMBER, "release": 7}, "NOT_ELIGIBLE", None),
        (DECLARED | {"organisme": "cnss"}, "ELIGIBLE", []),
        (DECLARED | {"as_of": "2012-01-01"}, "NOT_ELIGIBLE", None),
    ],
)
def test_each_condition_has_its_reason(
    golden: Golden, changed: dict[str, Any], answer: str, reasons: list[str] | None
) -> None:
    told = asked(golden, **changed)
    assert told["eligibility"] == answer
    assert reasons is None or told["reasons"] == reasons


def test_a_medicine_of_no_list_is_not_paid_to_the_pharmacy(golden: Golden) -> None:
    told = asked(golden, COVERSYL, **DECLARED)
    assert (told["eligibility"], told["reasons"], told["list"]) == ("NOT_ELIGIBLE", ["DRUG_NOT_ON_LIST"], None)
    assert told["amounts"]["base"] == "105.00"


def test_a_no_tells_how_many_lines_are_recorded(golden: Golden) -> None:
    told = asked(golden, COVERSYL, organisme="cnss", **DECLARED)
    listed = golden.get("/listes/tiers-payant", organisme="cnss", as_of=DAY)
    unnamed = [each for each in listed["medicaments"] if each["medicament"] is None]
    assert told["recorded_list"] == {
        "versions": listed["versions"],
        "lines": listed["total"],
        "without_presentation": len(unnamed),
    }
    assert asked(golden, as_of="2012-01-01")["recorded_list"] is None


@pytest.mark.parametrize(("code", "named"), [(ARAVA, "ARAVA"), (ZOLADEX, "ZOLADEX")])
def test_a_medicine_that_the_list_names_without_a_presentation_is_neither_yes_nor_no(
    golden: Golden, code: str, named: str
) -> None:
    told = asked(golden, code, organisme="cnss", **DECLARED)
    assert (told["eligibility"], told["reasons"], told["list"]) == ("CONDITIONAL", ["LISTED_BY_NAME_ONLY"], None)
    (line,) = [condition for condition in told["conditions"] if condition["condition"] == "LIST"]
    assert (line["met"], line["acte_juridique"]["id"]) == (None, "liste-tp-cnss-2013-04-01")
    assert f"names {named} without a presentation" in line["text"]
    of_cnops = asked(golden, code, **DECLARED)
    assert (of_cnops["eligibility"], of_cnops["reasons"]) == ("NOT_ELIGIBLE", ["DRUG_NOT_ON_LIST"])


def test_a_medicine_names_the_payers_whose_list_may_hold_it() -> None:
    moment = Moment(date(2017, 1, 10), pack().head)
    naming = {
        code: payers_naming(pack(), find_medicament(pack(), code, moment), moment)
        for code in (ARAVA, ZOLADEX, EPREX, COVERSYL)
    }
    assert naming == {ARAVA: ["cnss"], ZOLADEX: ["cnss"], EPREX: [], COVERSYL: []}
    before = Moment(date(2013, 3, 31), pack().head)
    assert payers_naming(pack(), find_medicament(pack(), ARAVA, moment), before) == []


def test_every_reason_is_in_the_published_description(golden: Golden) -> None:
    schemas = golden.get("/openapi.json")["components"]["schemas"]
    assert "LISTED_BY_NAME_ONLY" in schemas["Eligibility"]["properties"]["reasons"]["items"]["enum"]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"organisme": "ramed"}, "organisme"),
        ({"inpe": "12"}, "inpe"),
        ({"exoneration": "oui"}, "exoneration"),
        ({"pec": ""}, "pec"),
        ({"pec_until": "demain"}, "pec_until"),
        ({"ald": "true"}, "ald"),
    ],
)
def test_parameters_that_cannot_be_read_are_named(golden: Golden, changed: dict[str, str], named: str) -> None:
    told = golden.get(f"/tiers-payant/{EPREX}", 400, **{"organisme": "cnops"} | changed)
    assert [fault["field"] for fault in told["errors"]] == [named]


@pytest.mark.parametrize("path", [f"/tiers-payant/{EPREX}", "/listes/tiers-payant"])
def test_the_payer_must_be_named(golden: Golden, path: str) -> None:
    told = golden.get(path, 400)
    assert told["errors"] == [{"field": "organisme", "message": "This parameter is missing."}]


def test_codes_are_checked(golden: Golden) -> None:
    assert golden.get("/tiers-payant/abc", 400, organisme="cnops")["type"].endswith("malformed-code")
    assert golden.get("/tiers-payant/6118000000006", 404, organisme="cnops")["type"].endswith("unknown-code")


def test_a_medicine_listed_twice_by_mistake_is_listed_and_no_entry_is_chosen_for_it(golden: Golden) -> None:
    assert golden.get(f"/medicaments/{CORRECTED}", as_of=DAY)["tiers_payant"] == ["cnops"]
    told = golden.get(f"/tiers-payant/{CORRECTED}", 409, organisme="cnops", as_of=DAY)
    assert told["type"].endswith("conflict")
    assert "cnops:essai-en-double" in told["detail"]


def test_a_list_holds_what_the_payer_pays_that_day(golden: Golden) -> None:
    told = golden.get("/listes/tiers-payant", organisme="cnss", as_of="2013-04-02")
    assert (told["organisme"], told["versions"], told["reasons"]) == ("cnss", ["2013-04-01"], [])
    assert told["convention"]["code"] == "pharmaciens-2013"
    named = {each["nom"]: each["medicament"] for each in told["medicaments"]}
    assert (named["EPREX"], named["ZOLADEX"]) == (EPREX, None)
    assert told["total"] == len(told["medicaments"]) == 12


def test_a_list_comes_in_pages_by_name(golden: Golden) -> None:
    pages = [
        golden.get("/listes/tiers-payant", organisme="cnss", as_of=DAY, page=page, per_page=5)["medicaments"]
        for page in (1, 2, 3)
    ]
    names = [each["nom"] for page in pages for each in page]
    assert [len(page) for page in pages] == [5, 5, 2]
    assert names == sorted(names)


@pytest.mark.parametrize(("day", "reasons"), [("2016-06-07", ["PAYER_NOT_APPLYING"]), ("2016-06-08", [])])
def test_an_empty_list_says_why(golden: Golden, day: str, reasons: list[str]) -> None:
    told = golden.get("/listes/tiers-payant", organisme="cnops", as_of=day)
    assert (told["reasons"], bool(told["medicaments"])) == (reasons, not reasons)


@pytest.mark.parametrize(
    ("day", "listing"),
    [("2013-04-01", ["cnss"]), ("2016-06-07", ["cnss"]), ("2016-06-08", ["cnops", "cnss"])],
)
def test_a_medicine_names_the_payers_whose_list_holds_it_that_day(golden: Golden, day: str, listing: list[str]) -> None:
    assert golden.get(f"/medicaments/{EPREX}", as_of=day)["tiers_payant"] == listing
    assert golden.get(f"/medicaments/{COVERSYL}", as_of=day)["tiers_payant"] == []
