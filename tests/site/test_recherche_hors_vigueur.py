"""Entries that a query names and that are out of force that day, or delisted: since when, and by what act."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.api.catalogue import DELISTED, WITHDRAWN


def told(page: str) -> str:
    """The text of a page, in one line."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


@pytest.mark.parametrize("query", [WITHDRAWN, "retire du guide"])
def test_a_withdrawn_medicine_is_found_the_day_before(client: FlaskClient, query: str) -> None:
    page = client.get("/recherche", query_string={"q": query, "as_of": "2015-02-28"}).text
    assert "60,00\xa0DH" in page
    assert "n’est pas en vigueur" not in page


@pytest.mark.parametrize("query", [WITHDRAWN, "retire du guide"])
def test_and_from_that_day_on_it_is_said_when_and_by_what_act_it_left(client: FlaskClient, query: str) -> None:
    page = client.get("/recherche", query_string={"q": query, "as_of": "2015-03-01"}).text
    text = told(page)
    assert "60,00" not in text
    assert "ce code est connu, mais n’est pas en vigueur le 1er mars 2015" in text
    assert "du 9 juin 2014 au 1er mars 2015 exclu" in text
    assert "Sorti le 1er mars 2015 par l’acte : Arrêté de retrait" in text
    assert f'href="/medicaments/{WITHDRAWN}?as_of=2015-02-28"' in page
    assert client.get(f"/medicaments/{WITHDRAWN}?as_of=2015-02-28").status_code == 200


def test_before_the_release_that_withdrew_it_nobody_knew(client: FlaskClient) -> None:
    page = client.get(f"/recherche?q={WITHDRAWN}&as_of=2015-03-01&release=2").text
    assert "60,00\xa0DH" in page
    assert "n’est pas en vigueur" not in page


def test_what_has_not_begun_yet_says_when_it_will(client: FlaskClient) -> None:
    page = client.get(f"/recherche?q={WITHDRAWN}&as_of=2014-01-01").text
    assert "Il entre en vigueur le 9 juin 2014" in told(page)
    assert f'href="/medicaments/{WITHDRAWN}?as_of=2014-06-09"' in page


def test_a_delisted_medicine_is_shown_as_such_with_the_day_and_the_act(client: FlaskClient) -> None:
    page = client.get(f"/recherche?q={DELISTED}").text
    text = told(page)
    assert "radié" in text
    assert "Radié depuis le 1er mars 2015" in text
    assert "Arrêté de retrait" in text
    assert f'href="/medicaments/{DELISTED}?as_of=2015-02-28"' in page
    assert "Radié depuis" not in told(client.get(f"/recherche?q={DELISTED}&as_of=2015-02-28").text)


def test_it_is_said_in_arabic_as_well(client: FlaskClient) -> None:
    page = client.get(f"/ar/recherche?q={WITHDRAWN}").text
    assert "خرج في 1 مارس 2015" in told(page)
    assert f'href="/ar/medicaments/{WITHDRAWN}?as_of=2015-02-28"' in page
