"""What is told of a medicine over HTTP."""

from __future__ import annotations

import pytest

from tests.api.catalogue import (
    DEARER,
    DELISTED,
    DELISTING,
    ERRATUM,
    ERRATUM_ACT,
    GENERIC,
    GROUP,
    HOSPITAL,
    LIST,
    PRINCEPS,
    SECOND_GTIN,
    SLASHED,
    WITHDRAWN,
)
from tests.api.conftest import Get


def test_a_presentation_is_told_with_its_prices_its_ground_and_its_clocks(get: Get) -> None:
    told = get(f"/medicaments/{PRINCEPS}", as_of="2014-07-01", release=1)
    expected = {
        "code": PRINCEPS,
        "kind": "medicament",
        "nom": "DIAMICRON",
        "dci": ["GLICLAZIDE"],
        "dosage": "80 MG",
        "forme": "COMPRIME",
        "presentation": "1 BOITE 20 COMPRIME",
        "princeps_generique": "P",
        "groupe_generique": GROUP,
        "ppv": "37.20",
        "ph": "24.60",
        "pbr": "29.70",
        "admis_remboursement": True,
        "statut": "ADMIS",
        "smr": "IMPORTANT",
        "asmr": None,
        "tiers_payant": [],
        "valid_from": "2014-06-09",
        "valid_to": None,
        "acte_juridique": {
            "id": LIST,
            "type": "guide",
            "numero": "06-23",
            "signed_on": None,
            "published_on": "2014-06-06",
            "bo_numero": "6262 bis",
            "title": "Guide 06-23",
        },
        "source": "liste imprimée",
        "confidence": "H",
        "upcoming": [],
        "warnings": [],
        "as_of": "2014-07-01",
        "known_at": "2014-06-06T16:00:00Z",
        "release": 1,
    }
    assert {name: told[name] for name in expected} == expected


@pytest.mark.parametrize("spelling", [SECOND_GTIN, "6118-0001 00058", f"0{PRINCEPS}"])
def test_every_spelling_of_a_code_finds_the_presentation(get: Get, spelling: str) -> None:
    told = get(f"/medicaments/{spelling}", as_of="2014-07-01")
    assert told["code_presentation"] == PRINCEPS


def test_a_hospital_medicine_has_no_public_price_rather_than_zero(get: Get) -> None:
    told = get(f"/medicaments/{HOSPITAL}", as_of="2014-07-01")
    assert (told["ppv"], told["ph"], told["statut"]) == (None, "58465.00", "HOSPITALIER")


def test_g11_a_delisted_medicine_is_reimbursable_the_day_before_and_names_the_arrete_that_day(get: Get) -> None:
    before = get(f"/medicaments/{DELISTED}", as_of="2015-02-28")
    after = get(f"/medicaments/{DELISTED}", as_of="2015-03-01")
    assert (before["statut"], before["admis_remboursement"]) == ("ADMIS", True)
    assert (after["statut"], after["admis_remboursement"]) == ("RETIRE", False)
    assert after["acte_juridique"]["id"] == DELISTING
    assert [version["statut"] for version in get(f"/medicaments/{DELISTED}/history")["versions"]][:1] == ["RETIRE"]


def test_g11_nobody_knew_of_the_delisting_before_it_was_published(get: Get) -> None:
    assert get(f"/medicaments/{DELISTED}", as_of="2015-03-01", release=2)["statut"] == "ADMIS"


@pytest.mark.parametrize(
    ("day", "known_at", "price"),
    [("2014-06-20", "2014-06-25T12:00:00Z", "120.00"), ("2014-06-20", "2014-07-10T12:00:00Z", "102.00")],
)
def test_g35_a_correction_of_the_past_leaves_what_was_known_before(
    get: Get, day: str, known_at: str, price: str
) -> None:
    assert get(f"/medicaments/{ERRATUM}", as_of=day, known_at=known_at)["ppv"] == price


def test_a_change_to_come_leaves_today_alone_and_shows_as_upcoming(get: Get) -> None:
    told = get(f"/medicaments/{PRINCEPS}")
    assert (told["as_of"], told["ppv"], told["valid_to"]) == ("2026-11-22", "37.20", "2026-12-22")
    (step,) = told["upcoming"]
    assert step["valid_from"] == "2026-12-22"
    assert step["changes"] == [{"field": "ppv", "before": "37.20", "after": "40.00"}]
    assert step["acte_juridique"]["title"] == "Arrêté de hausse"
    assert get(f"/medicaments/{PRINCEPS}", as_of="2026-12-22")["ppv"] == "40.00"


def test_a_code_nobody_published_is_unknown(get: Get) -> None:
    told = get("/medicaments/6118000000006", 404)
    assert told["type"] == "/api/docs#problem-unknown-code"


def test_a_code_out_of_force_names_the_periods_in_which_it_was(get: Get) -> None:
    told = get(f"/medicaments/{WITHDRAWN}", 404, as_of="2020-01-01")
    assert told["type"] == "/api/docs#problem-not-in-force"
    assert "2014-06-09 to 2015-03-01" in told["detail"]


def test_history_tells_which_release_brought_and_closed_each_version(get: Get) -> None:
    versions = get(f"/medicaments/{ERRATUM}/history")["versions"]
    told = [(v["ppv"], v["release"], v["closed_by"], v["acte_juridique"]["id"]) for v in versions]
    assert told == [("102.00", 2, None, ERRATUM_ACT), ("120.00", 1, 2, LIST)]


def test_history_answers_for_a_code_out_of_force(get: Get) -> None:
    (version,) = (v for v in get(f"/medicaments/{WITHDRAWN}/history")["versions"] if v["closed_by"] is None)
    assert version["valid_to"] == "2015-03-01"


def test_equivalents_come_cheapest_first_with_the_saving(get: Get) -> None:
    told = get(f"/medicaments/{PRINCEPS}/equivalents", as_of="2014-07-01")["equivalents"]
    assert [(e["code"], e["saving"]) for e in told] == [(GENERIC, "7.50"), (PRINCEPS, "0.00"), (DEARER, "-1.80")]
    assert {e["acte_juridique"]["id"] for e in told} == {LIST}


def test_opinions_are_told_with_level_and_date(get: Get) -> None:
    (opinion,) = get(f"/medicaments/{PRINCEPS}/avis", as_of="2014-07-01")["avis"]
    assert (opinion["smr"], opinion["date_avis"], opinion["acte_juridique"]["id"]) == ("IMPORTANT", "2014-01-15", LIST)


def test_a_generic_group_names_its_members(get: Get) -> None:
    told = get(f"/groupes-generiques/{GROUP}", as_of="2014-07-01")
    assert [member["code"] for member in told["members"]] == [GENERIC, PRINCEPS, DEARER]
    assert told["acte_juridique"]["id"] == LIST


@pytest.mark.parametrize("spelling", [SLASHED, SLASHED.replace("/", "%2F")])
def test_a_group_code_may_hold_a_slash(get: Get, spelling: str) -> None:
    assert get(f"/groupes-generiques/{spelling}")["members"] == []


def test_a_group_is_unknown_or_not_in_force(get: Get) -> None:
    assert get("/groupes-generiques/AUTRE", 404)["type"].endswith("unknown-code")
    assert get(f"/groupes-generiques/{GROUP}", 404, as_of="2014-06-08")["type"].endswith("not-in-force")


def test_listed_substances_are_found_by_dci_alone_or_combined(get: Get) -> None:
    assert get("/substances")["total"] == 2
    told = get("/substances", dci="acide clavulanique")
    assert [(s["code"], s["dci"]) for s in told["substances"]] == [
        ("AMOXICILLINE + ACIDE", ["AMOXICILLINE", "ACIDE CLAVULANIQUE"])
    ]
    assert get("/substances", as_of="2014-06-08")["total"] == 0
