"""Acts, devices and mappings over HTTP."""

from __future__ import annotations

import pytest

from tests.api.conftest import Get
from tests.api.families import ASSIMILATED, CCAM, DEVICE, NGAP, NO_CCAM, TARIFFS
from tests.api.golden_catalogue import VALVE
from tests.api.golden_client import Golden

DAY = "2015-07-01"


def test_an_act_is_told_with_its_cotation_and_its_ground(get: Get) -> None:
    told = get(f"/actes/ngap/{NGAP}", as_of=DAY)
    assert (told["code"], told["kind"], told["libelle"]) == (NGAP, "acte_ngap", "Détartrage")
    assert (told["lettre"], told["coefficient"]) == ("D", "12")
    assert told["cotation"] == {
        "acte": NGAP,
        "missing": None,
        "mode": "LETTRE_COEFFICIENT",
        "lettre": "D",
        "variante": None,
        "coefficient": "12",
        "coefficient_anesthesie": None,
        "accord_prealable": False,
    }
    assert (told["acte_juridique"]["id"], told["valid_from"], told["release"]) == (TARIFFS, "2014-06-09", 4)


def test_an_assimilated_act_is_told_with_the_act_that_prices_it(get: Get) -> None:
    told = get(f"/actes/ngap/{ASSIMILATED}", as_of=DAY)
    assert (told["coefficient"], told["assimile_a"]) == (None, NGAP)
    assert (told["cotation"]["acte"], told["cotation"]["coefficient"]) == (NGAP, "12")
    assert [each["code"] for each in told["assimilations"]] == [NGAP]


def test_a_coefficient_that_no_text_gives_is_null(golden: Golden) -> None:
    told = golden.get("/actes/ngap/ASD01", as_of="2020-01-01")
    assert (told["cotation"]["acte"], told["cotation"]["coefficient"]) == ("D510", None)


def test_a_ccam_act_is_told_with_the_headings_above_it(golden: Golden) -> None:
    told = golden.get("/actes/ccam/HBJD001", as_of="2016-07-01")
    assert told["priced_through"]["acte_ngap"] == "D708"
    assert [node["code"] for node in told["arborescence"]] == ["000001", "000648", "000672", "000679", "000683"]
    assert told["arborescence"][1] == {
        "code": "000648",
        "libelle": "APPAREIL DIGESTIF",
        "niveau": 1,
        "strate": "07.00.00.00",
    }


def test_a_ccam_act_without_an_equivalent_says_why_it_has_no_price(golden: Golden) -> None:
    told = golden.get("/actes/ccam/HBLD038", as_of="2016-07-01")["priced_through"]
    assert (told["acte_ngap"], told["correspondance"]) == (None, None)
    assert "No validated mapping" in told["refusal"]


@pytest.mark.parametrize(
    ("code", "status", "price"),
    [("HBJD001", "OK", "210.00"), ("HBJD001-4-0", "NO_TARIFF", None), ("HBLD038", "NO_TARIFF", None)],
)
def test_only_an_equivalent_mapping_carries_a_price(golden: Golden, code: str, status: str, price: str | None) -> None:
    line = {"kind": "acte", "code": code, "as_of": "2016-09-01", "organisme": "cnss", "secteur": "prive"}
    told = golden.price_one(**line)
    assert (told["status"], told["unit_price"]) == (status, price)


def test_a_relation_is_told_from_the_side_asked_and_drafts_are_only_counted(golden: Golden) -> None:
    told = golden.get("/actes/ccam/HBJD001/ngap", as_of="2016-09-01")
    labels = {each["acte_ngap"]: (each["relation"], each["relation_libelle"]) for each in told["correspondances"]}
    assert labels == {
        "D708": ("equivalent", "équivalent"),
        "A115": ("source-is-broader-than-target", "plus précis que"),
    }
    assert told["in_progress"] == 1
    (forward,) = golden.get("/actes/ngap/A115/ccam", as_of="2016-09-01")["correspondances"]
    assert forward["relation_libelle"] == "plus large que"
    assert golden.get("/actes/ngap/A100/ccam", as_of="2016-09-01")["correspondances"] == []


def test_an_equivalent_mapping_carries_the_price_to_the_ccam_act(get: Get) -> None:
    told = get(f"/actes/ccam/{CCAM}", as_of=DAY)["priced_through"]
    assert told == {"acte_ngap": NGAP, "correspondance": f"{NGAP}>{CCAM}-1-0", "refusal": None}


@pytest.mark.parametrize("path", [f"/actes/ngap/{NGAP}/ccam", f"/actes/ccam/{CCAM}/ngap"])
def test_a_mapping_is_read_from_either_side_with_both_versions_pinned(get: Get, path: str) -> None:
    told = get(path, as_of=DAY)
    (mapping,) = told["correspondances"]
    assert (mapping["acte_ngap"], mapping["acte_ccam"]) == (NGAP, CCAM)
    assert (mapping["activite"], mapping["phase"]) == ("1", "0")
    assert (mapping["acte_ngap_libelle"], mapping["acte_ccam_libelle"]) == ("Détartrage", "Détartrage des dents")
    assert (mapping["relation"], mapping["relation_libelle"]) == ("equivalent", "équivalent")
    assert (mapping["version_ngap"], mapping["version_ccam"], mapping["statut"]) == ("2006", "81", "EXPERT_VALIDATED")
    assert mapping["carries_price"]
    assert (told["total"], told["in_progress"]) == (1, 0)


def test_the_absence_of_a_corresponding_act_is_told_with_its_reason(get: Get) -> None:
    (mapping,) = get(f"/actes/ngap/{NO_CCAM}/ccam", as_of=DAY)["correspondances"]
    assert (mapping["relation"], mapping["relation_libelle"]) == ("no-map", "sans correspondance")
    assert (mapping["acte_ccam"], mapping["motif"]) == (None, "Aucun acte de même portée")
    assert not mapping["carries_price"]


def test_mappings_come_in_pages(get: Get) -> None:
    told = get(f"/actes/ngap/{NGAP}/ccam", as_of=DAY, page=2, per_page=1)
    assert (told["total"], told["page"], told["per_page"], told["correspondances"]) == (1, 2, 1, [])


@pytest.mark.parametrize(
    ("path", "refusal", "status"),
    [
        ("/actes/ngap/Z999", "unknown-code", 404),
        ("/actes/ngap/HBJD001", "malformed-code", 400),
        ("/actes/ngap/12", "malformed-code", 400),
        ("/actes/ccam/D708", "malformed-code", 400),
        ("/actes/ccam/ZZZZ999", "unknown-code", 404),
        ("/actes/ngap/Z999/ccam", "unknown-code", 404),
        ("/actes/ccam/ZZZZ999/ngap", "unknown-code", 404),
        ("/dispositifs/JAMAIS", "unknown-code", 404),
        ("/dispositifs/é", "malformed-code", 400),
    ],
)
def test_codes_that_cannot_be_read_or_were_never_published(get: Get, path: str, refusal: str, status: int) -> None:
    assert get(path, status)["type"].endswith(refusal)


@pytest.mark.parametrize(
    "path", [f"/actes/ngap/{NGAP}", f"/actes/ccam/{CCAM}", f"/actes/ngap/{NGAP}/ccam", f"/dispositifs/{DEVICE}"]
)
def test_what_is_not_in_force_that_day_names_its_periods(get: Get, path: str) -> None:
    told = get(path, 404, as_of="2014-06-08")
    assert told["type"].endswith("not-in-force")
    assert "from 2014-06-09" in told["detail"]


@pytest.mark.parametrize(
    ("day", "forfait", "act"),
    [("2012-03-01", "17500.00", "arrete-2314-08"), ("2015-12-17", "10000.00", "arrete-3207-15")],
)
def test_a_device_has_the_forfait_of_the_day_with_its_arrete(golden: Golden, day: str, forfait: str, act: str) -> None:
    told = golden.get(f"/dispositifs/{VALVE}", as_of=day)
    assert (told["kind"], told["forfait"], told["acte_juridique"]["id"]) == ("dispositif", forfait, act)
    assert told["remplacant"] is None


def test_a_forfait_not_yet_known_is_not_answered(golden: Golden) -> None:
    assert golden.get(f"/dispositifs/{VALVE}", as_of="2016-01-01", release=3)["forfait"] == "17500.00"
