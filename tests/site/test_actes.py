"""The page of an act: the same centimes as the API, what is not known said, and mappings in both directions."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.site.tarif_reading import french_left, rows, shares_answered, shares_told, words

PRICED = ("D708", "D702", "D706", "D629", "D726")
UNPRICED = ("D722", "D713", "ASD01")


@pytest.mark.parametrize("code", PRICED)
@pytest.mark.parametrize("care", [{}, {"mode": "hospitalisation"}, {"mutuelle": True}])
def test_an_act_is_shown_at_the_prices_and_shares_of_the_api(
    pack_client: FlaskClient, code: str, care: dict[str, Any]
) -> None:
    query = {name: "oui" if value is True else value for name, value in care.items()}
    page = pack_client.get(f"/actes/ngap/{code}", query_string=query)
    expected = shares_answered(pack_client, code, **care)
    assert page.status_code == 200 and expected
    assert shares_told(page) == expected


@pytest.mark.parametrize("day", ["2010-01-01", "2013-12-31", "2014-01-01", "2015-01-01"])
def test_the_shares_are_those_of_the_day_asked(pack_client: FlaskClient, day: str) -> None:
    page = pack_client.get("/actes/ngap/D708", query_string={"as_of": day})
    assert shares_told(page) == shares_answered(pack_client, "D708", as_of=day) != {}


def test_a_payers_own_value_stands_beside_that_of_the_convention(pack_client: FlaskClient) -> None:
    told = shares_told(pack_client.get("/actes/ngap/D708"))
    assert told["prive", "cnops"] == ("156,00", "156,00", "124,80", "31,20")
    assert told["prive", "cnss"] == ("210,00", "210,00", "147,00", "63,00")


@pytest.mark.parametrize("code", UNPRICED)
def test_an_act_without_a_coefficient_has_no_price_and_says_so(pack_client: FlaskClient, code: str) -> None:
    page = pack_client.get(f"/actes/ngap/{code}")
    assert shares_told(page) == {} == shares_answered(pack_client, code)
    assert "Aucun texte ne donne de coefficient" in words(page.text)


def test_a_letter_of_two_values_gives_no_price_where_nothing_says_which(pack_client: FlaskClient) -> None:
    page = pack_client.get("/actes/ngap/D702")
    assert ("prive", "cnss") not in shares_told(page)
    assert "une valeur pour les soins et une autre pour les prothèses" in words(page.text)


def test_an_act_that_needs_an_agreement_says_that_nothing_is_paid_without_it(pack_client: FlaskClient) -> None:
    assert "sans lui, rien n’est payé" in words(pack_client.get("/actes/ngap/D629").text)
    assert "sans lui, rien n’est payé" not in words(pack_client.get("/actes/ngap/D708").text)


def test_an_assimilated_act_names_the_act_it_is_paid_as(client: FlaskClient) -> None:
    page = client.get("/actes/ngap/ASD01")
    assert "Acte assimilé : il est payé comme D708 Détartrage" in words(page.text)
    assert shares_told(page) == shares_answered(client, "ASD01") != {}


def test_what_rests_on_an_assumption_is_marked(pack_client: FlaskClient) -> None:
    assert ">hypothèse<" in pack_client.get("/actes/ngap/D708").text
    assert ">hypothèse<" not in pack_client.get("/conventions/medecins-prive-2020").text


def test_a_validated_mapping_tells_who_decided_it_when_and_where_it_is_written(client: FlaskClient) -> None:
    told = words(client.get("/actes/ngap/D708").text)
    assert "équivalent HBJD001 Détartrage des dents · activité 1, phase 0 · porte le prix" in told
    assert "Décidé par groupe d'experts , le 15 janvier 2014. Preuve : compte rendu ." in told


def test_no_correspondence_is_an_answer_with_its_reason(client: FlaskClient) -> None:
    assert "sans correspondance Motif : Aucun acte de même portée" in words(client.get("/actes/ngap/D510").text)


def test_a_mapping_still_worked_on_is_counted_and_never_shown(pack_client: FlaskClient) -> None:
    told = words(pack_client.get("/actes/ngap/D708").text)
    assert "Aucune correspondance validée" not in told
    told = words(pack_client.get("/actes/ccam/HBJD001").text)
    assert "1 correspondance est à l’étude" in told and "A100" not in told


def test_where_nothing_is_mapped_the_page_says_so(pack_client: FlaskClient) -> None:
    page = pack_client.get("/actes/ngap/D702")
    assert "Aucune correspondance validée n’est publiée pour cet acte." in words(page.text)


def test_the_history_names_the_release_and_the_act_of_each_value(pack_client: FlaskClient) -> None:
    (row,) = rows(pack_client.get("/actes/ngap/D722").text)[1:]
    assert row[0].startswith("depuis le 20 avril 2006") and "version" in row[-1]
    assert "NGAP" in row[-2] and row[3:5] == ["aucun", "25"]


def test_an_act_asked_before_its_time_leads_to_its_first_day(pack_client: FlaskClient) -> None:
    page = pack_client.get("/actes/ngap/D708", query_string={"as_of": "2006-04-19"})
    assert page.status_code == 404
    assert 'href="/actes/ngap/D708?as_of=2006-04-20"' in page.text
    assert pack_client.get("/actes/ngap/D708", query_string={"as_of": "2006-04-20"}).status_code == 200


@pytest.mark.parametrize(
    "query", [{}, {"as_of": "2007-01-01"}, {"mode": "hospitalisation"}, {"as_of": "2006-04-19"}], ids=str
)
def test_the_arabic_page_leaves_no_french_sentence(pack_client: FlaskClient, query: dict[str, str]) -> None:
    for address in ("/ar/actes/ngap/D708", "/ar/actes/ngap/D629", "/ar/actes/ccam/HBJD001"):
        page = pack_client.get(address, query_string=query)
        assert page.status_code in (200, 404)
        assert 'dir="rtl"' in page.text and french_left(page) == []


@pytest.mark.parametrize("query", [{"mode": "<script>"}, {"mutuelle": "1"}, {"mode": "x" * 10_000}])
def test_a_question_that_cannot_be_read_is_refused(pack_client: FlaskClient, query: dict[str, str]) -> None:
    page = pack_client.get("/actes/ngap/D708", query_string=query)
    assert page.status_code == 400 and "<script>" not in page.text


@pytest.mark.parametrize(("code", "status"), [("ZZ99", 404), ("HBJD001", 400), ("%00", 400), ("D708/..", 400)])
def test_a_code_that_names_no_act_is_refused(pack_client: FlaskClient, code: str, status: int) -> None:
    assert pack_client.get(f"/actes/ngap/{code}").status_code == status
