"""The public pages of the commission's opinions, without JavaScript."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.api.catalogue import PRINCEPS


def test_the_list_shows_the_opinions_of_a_day(client: FlaskClient) -> None:
    page = client.get("/avis").text
    assert "1 avis en vigueur le 22 novembre 2026" in page
    assert 'href="/avis/CT-1"' in page and "15 janvier 2014" in page and "IMPORTANT" in page
    before = client.get("/avis", query_string={"as_of": "2014-01-01"}).text
    assert "Aucun avis n’est en vigueur le 1er janvier 2014." in before


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ({"texte": "diamicron"}, True),
        ({"texte": "ct-1"}, True),
        ({"texte": "aspirine"}, False),
        ({"smr": "IMPORTANT"}, True),
        ({"smr": "FAIBLE"}, False),
        ({"smr": "IMPORTANT", "texte": "aspirine"}, False),
        ({"page": "99"}, True),
        ({"page": "x"}, True),
    ],
)
def test_it_is_searched_by_name_and_level(client: FlaskClient, asked: dict[str, str], is_found: bool) -> None:
    response = client.get("/avis", query_string=asked)
    assert response.status_code == 200
    assert ("/avis/CT-1" in response.text) == is_found
    assert ("ne répond à cette recherche" in response.text) != is_found


def test_an_opinion_has_its_page_with_its_legal_act_and_what_it_concerns(client: FlaskClient) -> None:
    page = client.get("/avis/CT-1").text
    assert "Guide 06-23" in page and "/api/v1/legal-acts/gmr-06-23" in page and "BO 6262 bis" in page
    assert PRINCEPS in page and "1 présentation en vigueur" in page
    assert "Inscription" in page and "depuis le 9 juin 2014" in page


@pytest.mark.parametrize(
    ("url", "status", "expected"),
    [
        ("/avis?as_of=hier", 400, "Cette date ne se lit pas"),
        ("/avis/CT-1?as_of=hier", 400, "Cette date ne se lit pas"),
        ("/avis/CT-9", 404, "Aucun avis n’a été publié sous ce code."),
        ("/avis/<script>alert(1)</script>", 404, "Aucun avis n’a été publié sous ce code."),
        ("/avis/CT-1?as_of=2014-01-01", 404, "n’est pas en vigueur le 1er janvier 2014. Il l’est à partir du 9 juin"),
    ],
)
def test_a_refusal_is_told_in_french(client: FlaskClient, url: str, status: int, expected: str) -> None:
    response = client.get(url)
    assert response.status_code == status
    assert response.headers["Cache-Control"] == "no-store"
    assert expected in response.text
    assert "<script>alert" not in response.text


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get("/avis").headers["ETag"]
    assert client.get("/avis", headers={"If-None-Match": tag}).status_code == 304
