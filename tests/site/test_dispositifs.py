"""Devices: the list by class, and what is paid of one bought at a price."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.api.golden_catalogue import VALVE
from tests.site.tarif_reading import amounts_of, figure, french_left, price, rows, words

PAYERS = ("cnops", "cnss")


@pytest.mark.parametrize("typed", [None, "19 000", "9000", "10 000,00", "0", "9.999,5", "3 000 DH"])
@pytest.mark.parametrize("day", ["2010-01-01", "2026-11-22"])
def test_what_is_paid_of_a_device_is_what_the_api_answers(
    pack_client: FlaskClient, typed: str | None, day: str
) -> None:
    page = pack_client.get(f"/dispositifs/{VALVE}", query_string={"as_of": day} | ({"prix": typed} if typed else {}))
    if typed == "9.999,5":
        assert page.status_code == 400 and "Ce prix ne se lit pas" in page.text
        return
    billed = {None: None, "19 000": "19000.00", "9000": "9000.00", "10 000,00": "10000.00", "0": "0.00"}.get(
        typed, "3000.00"
    )
    told = {cells[0].lower(): cells[1:] for cells in rows(page.text) if cells[0].lower() in PAYERS}
    for payer in PAYERS:
        answer = price(pack_client, kind="dispositif", code=VALVE, organisme=payer, as_of=day, billed=billed)
        shown = amounts_of(told[payer])
        assert shown[0] == figure(answer["base"])
        assert shown[-2:] == [figure(answer["amo"]), figure(answer["patient"])]


def test_the_base_is_the_smaller_of_purchase_price_and_forfait(pack_client: FlaskClient) -> None:
    told = rows(pack_client.get(f"/dispositifs/{VALVE}", query_string={"as_of": "2010-01-01", "prix": "19000"}).text)
    assert told[1] == ["CNOPS", "17 500,00", "100 %", "17 500,00", "1 500,00"]


def test_a_payer_without_a_rate_pays_nothing_and_the_page_says_why(pack_client: FlaskClient) -> None:
    told = words(pack_client.get(f"/dispositifs/{VALVE}").text)
    assert "CNSS : aucun taux en vigueur n’est enregistré pour ces soins à cette date" in told


def test_the_history_tells_both_forfaits_and_their_acts(pack_client: FlaskClient) -> None:
    _, newest, oldest, _, former = rows(pack_client.get(f"/dispositifs/{VALVE}").text)[-5:]
    assert newest[1] == "10 000,00 DH" and "classe III" in newest[4]
    assert oldest[:2] == ["du 25 décembre 2008 au 17 décembre 2015 exclu hypothèse", "17 500,00 DH"]
    assert former[1] == "17 500,00 DH" and "remplacé par la version" in former[5]


def test_a_condition_that_no_text_gives_is_said_not_to_be_given(client: FlaskClient) -> None:
    told = words(client.get("/dispositifs/VALVE-1").text)
    assert "Quantité maximale non donnée" in told and "Accord préalable non donné" in told


@pytest.mark.parametrize("typed", ["dix mille", "-5", "1e9", "9" * 500, "<script>", "12,345", "\u202e5"])
def test_a_price_that_cannot_be_read_is_refused_beside_its_field(client: FlaskClient, typed: str) -> None:
    page = client.get("/dispositifs/VALVE-1", query_string={"prix": typed})
    assert page.status_code == 400 and "<script>" not in page.text
    assert 'aria-invalid="true" aria-describedby="prix-refus"' in page.text


def test_the_list_is_cut_by_class_and_searched_without_accents(pack_client: FlaskClient) -> None:
    page = words(pack_client.get("/dispositifs", query_string={"classe": "III", "q": "COCHLEAIRE implant"}).text)
    assert "1 dispositif en vigueur à cette date Implant cochléaire" in page and "144 000,00" in page
    assert "Aucun dispositif en vigueur" in pack_client.get("/dispositifs?classe=II&q=cochleaire").text


def test_every_device_of_the_day_is_on_one_of_the_pages_of_the_list(pack_client: FlaskClient) -> None:
    first = pack_client.get("/dispositifs").text
    total = int(re.search(r'<h2 id="liste">(\d+) ', first)[1])  # type: ignore[index]
    pages = [first] + [pack_client.get(f"/dispositifs?page={number}").text for number in range(2, 2 + total // 50)]
    listed = [code for page in pages for code in re.findall(r'<p><a href="/dispositifs/([^"]+)"', page)]
    assert len(listed) == len(set(listed)) == total > 50


def test_a_class_that_does_not_exist_is_refused(client: FlaskClient) -> None:
    assert client.get("/dispositifs?classe=IV").status_code == 400


def test_an_unknown_device_is_not_found_and_one_before_its_act_leads_to_its_day(client: FlaskClient) -> None:
    assert client.get("/dispositifs/NULLE-PART").status_code == 404
    page = client.get("/dispositifs/VALVE-1?as_of=2014-06-08")
    assert page.status_code == 404 and "/dispositifs/VALVE-1?as_of=2014-06-09" in page.text


def test_before_anything_is_published_the_list_says_so(empty_client: FlaskClient) -> None:
    assert "Aucun dispositif n’est en vigueur" in empty_client.get("/dispositifs").text


@pytest.mark.parametrize("address", ["/ar/dispositifs", "/ar/dispositifs/VALVE-1", "/ar/dispositifs/VALVE-1?prix=x"])
def test_the_arabic_pages_leave_no_french_sentence(client: FlaskClient, address: str) -> None:
    page = client.get(address)
    assert page.status_code in (200, 400) and 'dir="rtl"' in page.text and french_left(page) == []
