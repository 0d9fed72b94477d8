"""What every page of the site does, whatever it tells."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


def test_an_address_that_leads_nowhere_is_told_to_people_in_their_language(client: FlaskClient) -> None:
    french, arabic = client.get("/nulle-part"), client.get("/ar/nulle-part")
    assert (french.status_code, arabic.status_code) == (404, 404)
    assert '<html lang="fr" dir="ltr">' in french.text and "Cette page n’existe pas" in french.text
    assert '<html lang="ar" dir="rtl">' in arabic.text and "Cette page" not in arabic.text


@pytest.mark.parametrize(
    "name", ["_method", "endpoint", "_scheme", "_external", "_anchor", "values", "self", "page", "code"]
)
def test_no_parameter_reaches_the_making_of_links(client: FlaskClient, name: str) -> None:
    for address in ("/", "/ar/conventions", "/recherche"):
        answer = client.get(address, query_string={name: "x" * 5000})
        assert answer.status_code in (200, 302, 400)
        assert "x" * 300 not in answer.text


def test_the_room_of_a_page_is_marked_in_the_menu(client: FlaskClient) -> None:
    assert '<a href="/avis" aria-current="page">Avis</a>' in client.get("/avis").text
    assert 'aria-current="page"' not in client.get("/affiches").text
