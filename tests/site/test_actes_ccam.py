"""Acts of the CCAM, and the way down to them and to those of the NGAP."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.site.tarif_reading import french_left, rows, shares_answered, shares_told, words


def test_an_equivalent_mapping_gives_the_price_of_the_api(pack_client: FlaskClient) -> None:
    page = pack_client.get("/actes/ccam/HBJD001")
    assert shares_told(page) == shares_answered(pack_client, "HBJD001-1-0") != {}
    assert "Payé comme D708 Détartrage" in words(page.text)


def test_a_mapping_that_is_not_equivalent_carries_no_price(pack_client: FlaskClient) -> None:
    told = words(pack_client.get("/actes/ccam/HBJD001").text)
    assert "Activité 4, phase 0 (anesthésie) aucun tarif Les correspondances de cet acte ne sont pas" in told
    assert "plus précis que A115" in told
    assert shares_answered(pack_client, "HBJD001-4-0") == {}


def test_without_a_mapping_there_is_no_tariff(pack_client: FlaskClient) -> None:
    page = pack_client.get("/actes/ccam/HBJD001", query_string={"as_of": "2016-06-29"})
    assert shares_told(page) == {}
    assert "aucun tarif Aucune correspondance validée ne mène à cet acte." in words(page.text)


def test_the_headings_above_an_act_lead_down_to_it(client: FlaskClient) -> None:
    assert 'href="/actes?noeud=000648"' in client.get("/actes").text
    assert 'href="/actes/ccam/HBJD001"' in client.get("/actes?noeud=000648").text
    assert 'href="/actes?noeud=000648"' in client.get("/actes/ccam/HBJD001").text


def test_every_act_stands_below_some_heading(pack_client: FlaskClient) -> None:
    seen, left = set(), ["/actes"]
    while left:
        page = pack_client.get(left.pop()).text
        seen |= {part.split('"')[0] for part in page.split('href="/actes/ccam/')[1:]}
        left += [f"/actes?noeud={part[:6]}" for part in page.split('<li><a href="/actes?noeud=')[1:]]
    exported = pack_client.get("/api/v1/releases/glossaire-2026/export?kind=acte_ccam&format=jsonl").text
    assert len(seen) == exported.count('"code":') > 0


def test_a_chapter_lists_its_acts_with_their_cotation(pack_client: FlaskClient) -> None:
    page = pack_client.get("/actes", query_string={"chapitre": "Chirurgie dentaire"})
    told = {cells[0]: cells[2] for cells in rows(page.text)[1:]}
    assert told["D708"] == "D 12 (soins)" and told["D722"] == "D sans coefficient"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("nomenclature=nabm", 400),
        ("noeud=%3Cscript%3E", 400),
        ("noeud=999999", 404),
        ("nomenclature=ngap&page=99999999999", 200),
        ("nomenclature=ngap&page=-1", 200),
        ("chapitre=Nulle%20part", 200),
    ],
)
def test_hostile_questions_have_an_answer(client: FlaskClient, query: str, status: int) -> None:
    page = client.get(f"/actes?{query}")
    assert page.status_code == status and "<script>" not in page.text


def test_an_empty_chapter_is_told(client: FlaskClient) -> None:
    assert "Aucun acte de ce chapitre" in words(client.get("/actes?chapitre=Nulle%20part").text)


def test_before_anything_is_published_the_way_in_says_so(empty_client: FlaskClient) -> None:
    page = empty_client.get("/actes")
    assert page.status_code == 200
    assert "Aucun acte de la NGAP n’est en vigueur" in page.text and "Aucun acte de la CCAM n’est" in page.text


@pytest.mark.parametrize("address", ["/ar/actes", "/ar/actes?nomenclature=ngap", "/ar/actes?noeud=000648"])
def test_the_arabic_way_in_leaves_no_french_sentence(client: FlaskClient, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 200 and 'dir="rtl"' in page.text and french_left(page) == []
