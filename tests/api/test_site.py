"""The first page, without JavaScript."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.api.catalogue import DELISTED, HOSPITAL, PRINCEPS, WITHDRAWN


def test_the_first_page_names_the_newest_release_and_leads_to_the_api(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "4 (07-01)" in page
    assert 'href="/api/docs"' in page
    assert '<html lang="fr">' in page


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        (PRINCEPS, "2014-07-01", ["DIAMICRON 80 MG", "37,20 DH", "29,70 DH", "admis au remboursement", "Guide 06-23"]),
        (PRINCEPS, "", ["Le 22 novembre 2026", "Change le 22 décembre 2026"]),
        (HOSPITAL, "2014-07-01", ["58\u202f465,00 DH", "réservé à l’hôpital", "aucun"]),
        (DELISTED, "2015-03-01", ["radié", "Arrêté de retrait"]),
    ],
)
def test_the_form_answers_on_the_page(client: FlaskClient, code: str, day: str, expected: list[str]) -> None:
    response = client.get("/", query_string={"code": code, "as_of": day})
    assert response.status_code == 200
    assert [words for words in expected if words not in response.text] == []


@pytest.mark.parametrize(
    ("code", "day", "status", "expected"),
    [
        ("12", "", 400, "Ce code ne se lit pas"),
        ("9" * 500, "", 400, "Ce code ne se lit pas"),
        (PRINCEPS, "hier", 400, "Cette date ne se lit pas"),
        ("6118000000006", "", 404, "Aucun médicament n’a été publié sous ce code"),
        (WITHDRAWN, "2020-01-01", 404, "à partir du 9 juin 2014 et jusqu’au 1er mars 2015 exclu"),
        ("<script>alert(1)</script>", "", 400, "Ce code ne se lit pas"),
    ],
)
def test_a_refusal_is_told_in_french(client: FlaskClient, code: str, day: str, status: int, expected: str) -> None:
    response = client.get("/", query_string={"code": code, "as_of": day})
    assert response.status_code == status
    assert response.headers["Cache-Control"] == "no-store"
    assert expected in response.text
    assert "<script" not in response.text


def test_style_and_icon_are_the_service_s_own(client: FlaskClient) -> None:
    assert client.get("/static/site.css").content_type.startswith("text/css")
    assert client.get("/static/icon.svg").content_type.startswith("image/svg+xml")
    assert client.get("/static/../home.py").status_code == 404
