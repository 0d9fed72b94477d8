"""The page of a medicine says what the API answers, in both languages, and what is missing."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from catalog.gmr.codes import has_valid_check_digit
from tests.api.catalogue import DEARER, DELISTED, ERRATUM, GENERIC, HOSPITAL, PRINCEPS, SECOND_GTIN, WITHDRAWN

GOLDEN_DAY = "2014-07-01"


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.text


def words(text: str) -> str:
    """What is read of a page: no tags, no marks of direction, plain spaces."""
    bare = re.sub(r"<script.*?</script>|<[^>]*>", " ", text, flags=re.DOTALL)
    return " ".join(re.sub(r"[\u2066-\u2069\u200f]", "", bare).replace("&nbsp;", " ").split())


def tiles(text: str) -> list[str]:
    found = re.findall(r'<div class="tile[^"]*">(.*?)</div>', text, flags=re.DOTALL)
    return [words(each) for each in found]


def linked_data(text: str) -> Any:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, flags=re.DOTALL)
    return json.loads(found)


def api_price(client: FlaskClient, **line: Any) -> Any:
    asked = {"kind": "medicament", **line}
    answer = client.post("/api/v1/tarifications", json={"lines": [asked]})
    assert answer.status_code == 200
    return answer.get_json()["lines"][0]


def french_amount(amount: str) -> str:
    return amount.replace(".", ",") + " DH"


def test_diamicron_in_july_2014(pack_client: FlaskClient) -> None:
    told = tiles(page(pack_client, f"/medicaments/{PRINCEPS}?as_of={GOLDEN_DAY}"))
    assert told[0] == "Prix public (PPV) 37,20 DH"
    assert told[1] == "Base de remboursement 29,70 DH"


@pytest.mark.parametrize("day", [GOLDEN_DAY, "2019-01-01", "2026-11-22"])
@pytest.mark.parametrize("case", [{}, {"exoneration": True}, {"mutuelle": True}])
@pytest.mark.parametrize("organisme", ["cnops", "cnss"])
def test_what_the_patient_pays_is_what_the_api_answers(
    pack_client: FlaskClient, organisme: str, case: dict[str, bool], day: str
) -> None:
    priced = api_price(pack_client, code=PRINCEPS, organisme=organisme, as_of=day, **case)
    text = page(pack_client, f"/medicaments/{PRINCEPS}?as_of={day}")
    bodies = re.findall(r'<tr role="row" class="payer">(.*?)</tbody>', text, flags=re.DOTALL)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", bodies[["cnops", "cnss"].index(organisme)], flags=re.DOTALL)
    if case.get("mutuelle") and not any("avec mutuelle" in row for row in rows):
        assert "NO_COMPLEMENTARY_RATE" in {each["code"] for each in priced["warnings"]} or priced["status"] != "OK"
        return
    named = "avec mutuelle" if "mutuelle" in case else "exonéré" if case else "Cas général"
    row = words(next(row for row in rows if named in row))
    assert (
        f"{french_amount(priced['patient'])} {french_amount(priced['amo'])} {french_amount(priced['mutuelle'])}" in row
    )


def test_the_description_gives_the_prices(client: FlaskClient) -> None:
    text = page(client, f"/medicaments/{PRINCEPS}")
    (found,) = re.findall(r'<meta name="description" content="([^"]*)"', text)
    assert words(found).startswith("DIAMICRON 80 MG : prix public 37,20 DH, base de remboursement 29,70 DH")


def test_equivalents_are_those_of_the_api_in_their_order(client: FlaskClient) -> None:
    members = client.get(f"/api/v1/medicaments/{PRINCEPS}/equivalents").get_json()["equivalents"]
    text = page(client, f"/medicaments/{PRINCEPS}")
    table = text[text.index('id="equivalents"') : text.index('id="historique"')]
    assert [each["code"] for each in members] == [GENERIC, PRINCEPS, DEARER]
    assert table.index("GLYAZID") < table.index("DIAMICRON") < table.index("=GLIC")
    assert "7,50 DH" in words(table)
    assert "plus cher de 1,80 DH" in words(table)
    assert "ce médicament" in table


def test_a_medicine_without_a_group_says_so(client: FlaskClient) -> None:
    assert "aucun groupe générique n’est publié" in page(client, f"/medicaments/{ERRATUM}")


def test_a_rise_to_come_is_told_with_its_day_and_act(client: FlaskClient) -> None:
    told = words(page(client, f"/medicaments/{PRINCEPS}"))
    assert "Change le 22 décembre 2026 : Prix public de vente 37,20 DH → 40,00 DH" in told
    assert "Arrêté de hausse" in told


def test_a_pinned_release_knows_nothing_of_what_came_later(client: FlaskClient) -> None:
    told = words(page(client, f"/medicaments/{PRINCEPS}?as_of=2026-11-22&release=1"))
    assert "Change le" not in told
    assert "37,20 DH" in told


def test_a_corrected_price_stays_in_the_history(client: FlaskClient) -> None:
    told = words(page(client, f"/medicaments/{ERRATUM}"))
    assert "120,00 DH" in told
    assert "corrigée par la version 2" in told
    assert tiles(page(client, f"/medicaments/{ERRATUM}"))[0] == "Prix public (PPV) 102,00 DH"
    assert tiles(page(client, f"/medicaments/{ERRATUM}?release=1"))[0] == "Prix public (PPV) 120,00 DH"


def test_a_further_code_leads_to_the_same_presentation(client: FlaskClient) -> None:
    text = page(client, f"/medicaments/{SECOND_GTIN}")
    assert tiles(text)[0] == "Prix public (PPV) 37,20 DH"
    assert f"/medicaments/{SECOND_GTIN}" in re.findall(r'rel="canonical" href="([^"]*)"', text)[0]
    assert f">{PRINCEPS}<" in text


def test_a_delisted_medicine_names_the_act(client: FlaskClient) -> None:
    told = words(page(client, f"/medicaments/{DELISTED}"))
    assert "Ce médicament est radié" in told
    assert "depuis le 1er mars 2015" in told
    priced = api_price(client, code=DELISTED, organisme="cnops", as_of="2026-11-22")
    assert priced["status"] == "DELISTED"
    assert (
        f"Cas général radié Le médicament est radié : plus rien n’en est remboursé. {french_amount(priced['patient'])}"
        in told
    )


def test_a_medicine_withdrawn_from_the_guide_has_a_page_of_its_own(client: FlaskClient) -> None:
    told = page(client, f"/medicaments/{WITHDRAWN}", 404)
    assert "RETIRE DU GUIDE" in told
    assert "Retiré à partir du 1er mars 2015 par" in words(told)
    assert "Arrêté de retrait" in told
    assert "du 9 juin 2014 au 1er mars 2015 exclu" in words(told)
    assert f"/medicaments/{WITHDRAWN}?as_of=2015-02-28" in told
    assert page(client, f"/medicaments/{WITHDRAWN}?as_of=2015-02-28")


def test_a_medicine_not_yet_in_force_leads_to_its_first_day(client: FlaskClient) -> None:
    told = page(client, f"/medicaments/{PRINCEPS}?as_of=2010-01-01", 404)
    assert "pas encore en vigueur" in told
    assert f"/medicaments/{PRINCEPS}?as_of=2014-06-09" in told


def test_a_hospital_medicine_has_no_public_price(client: FlaskClient) -> None:
    text = page(client, f"/medicaments/{HOSPITAL}")
    assert tiles(text)[0] == "Prix hospitalier (PH) 58 465,00 DH aucun prix public"
    assert "Cas général réservé à l’hôpital" in words(text)
    assert "n’a pas de prix public" in text
    assert "offers" not in linked_data(text)


@pytest.mark.parametrize("code", ["6110000000013", "3400000000017"])
def test_an_unknown_code_offers_a_search_for_it(client: FlaskClient, code: str) -> None:
    text = page(client, f"/medicaments/{code}", 404)
    assert 'action="/recherche"' in text
    assert f'value="{code}"' in text


@pytest.mark.parametrize(
    "code", ["%3Cscript%3Ealert(1)%3C%2Fscript%3E", "..%2F..%2Fetc", "1", "6118000100058%00", "9" * 400]
)
def test_a_code_that_cannot_be_one_is_refused(client: FlaskClient, code: str) -> None:
    text = page(client, f"/medicaments/{code}", 400)
    assert "<script>alert" not in text


def test_the_arabic_page_is_right_to_left_and_without_french_sentences(client: FlaskClient) -> None:
    text = page(client, f"/ar/medicaments/{PRINCEPS}")
    told = words(text)
    assert '<html lang="ar" dir="rtl">' in text
    assert "37,20 درهم" in told
    for left in ("Prix public", "Base de", "Ce que paie", "Historique", "Aucun", "depuis", "organisme", "générique"):
        assert left not in re.sub(r'<bdi lang="fr".*?</bdi>', "", text, flags=re.DOTALL)


def test_both_languages_show_the_same_amounts(client: FlaskClient) -> None:
    def amounts(address: str) -> list[str]:
        return re.findall(r"\d+,\d\d", " ".join(tiles(page(client, address))))

    assert amounts(f"/medicaments/{PRINCEPS}") == amounts(f"/ar/medicaments/{PRINCEPS}")


def test_linked_data_is_a_drug_with_its_price(client: FlaskClient) -> None:
    found = linked_data(page(client, f"/medicaments/{PRINCEPS}"))
    assert (found["@type"], found["name"], found["gtin13"]) == ("Drug", "DIAMICRON 80 MG", PRINCEPS)
    assert found["offers"]["price"] == "37.20"
    assert found["offers"]["priceCurrency"] == "MAD"
    assert found["isAvailableGenerically"] is True
    assert "isAvailableGenerically" not in linked_data(page(client, f"/medicaments/{ERRATUM}"))


def test_the_bars_are_an_image_that_may_be_kept(client: FlaskClient) -> None:
    assert has_valid_check_digit(PRINCEPS)
    text = page(client, f"/medicaments/{PRINCEPS}")
    assert f'src="/medicaments/{PRINCEPS}/code-barres.svg"' in text
    answer = client.get(f"/medicaments/{PRINCEPS}/code-barres.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["ETag"]
    assert "style" not in answer.text


def test_a_code_with_a_wrong_check_digit_has_no_bars(client: FlaskClient) -> None:
    wrong = PRINCEPS[:-1] + "1"
    assert client.get(f"/medicaments/{wrong}/code-barres.svg").status_code == 404
    assert client.get("/medicaments/AMO-0123456789/code-barres.svg").status_code == 404


def test_nothing_published_is_an_unknown_code(empty_client: FlaskClient) -> None:
    assert "Médicament inconnu" in page(empty_client, f"/medicaments/{PRINCEPS}", 404)


def test_the_clocks_and_the_same_question_to_the_api_are_linked(client: FlaskClient) -> None:
    text = page(client, f"/medicaments/{PRINCEPS}?as_of=2020-01-01")
    assert f"/medicaments/{PRINCEPS}?as_of=2020-01-01&amp;release=4" in text
    assert f"/api/v1/medicaments/{PRINCEPS}?as_of=2020-01-01&amp;release=4" in text


def test_opinions_give_their_level_in_words_and_lead_to_their_page(client: FlaskClient) -> None:
    text = page(client, f"/medicaments/{PRINCEPS}")
    assert "/avis/CT-1" in text
    assert "Service médical rendu (SMR) Important" in words(text)


def test_the_payers_whose_list_has_it_are_linked(client: FlaskClient) -> None:
    payers = client.get(f"/api/v1/medicaments/{GENERIC}").get_json()["tiers_payant"]
    text = page(client, f"/medicaments/{GENERIC}")
    assert payers
    for payer in payers:
        assert f"/tiers-payant/listes/{payer}" in text
        assert f"/tiers-payant?code={GENERIC}&amp;organisme={payer}" in text
    assert "sur aucune liste de tiers payant" in page(client, f"/medicaments/{ERRATUM}")


def test_every_step_of_the_calculation_is_told(client: FlaskClient) -> None:
    told = words(page(client, f"/medicaments/{PRINCEPS}"))
    priced = api_price(client, code=PRINCEPS, organisme="cnops", as_of="2026-11-22")
    for sentence in (
        "Prix de référence d’une boîte : 37,20 DH.",
        "Taux de l’AMO : 70 %.",
        f"Le patient paie ce qui reste du prix : {french_amount(priced['patient'])}.",
    ):
        assert sentence in told
