"""The pages of a generic group and of a listed substance."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.api.catalogue import DEARER, GENERIC, GROUP, PRINCEPS, SLASHED
from tests.site.test_medicament import page, words


def test_a_group_lists_its_members_cheapest_first(client: FlaskClient) -> None:
    text = page(client, f"/groupes-generiques/{GROUP}")
    places = [text.index(f"/medicaments/{code}") for code in (GENERIC, PRINCEPS, DEARER)]
    assert places == sorted(places)
    assert "Princeps" in text
    assert "Générique" in text


def test_a_group_says_the_rule_and_its_act(client: FlaskClient) -> None:
    told = words(page(client, f"/groupes-generiques/{GROUP}"))
    assert "générique le plus proche" in told
    assert "Guide 06-23" in told


def test_a_group_without_members_and_with_a_slash_in_its_code(client: FlaskClient) -> None:
    assert "Aucune présentation de ce groupe" in page(client, f"/groupes-generiques/{SLASHED}")


def test_members_are_those_of_the_day(client: FlaskClient) -> None:
    assert "40,00" in words(page(client, f"/groupes-generiques/{GROUP}?as_of=2026-12-25"))
    assert "40,00" not in words(page(client, f"/groupes-generiques/{GROUP}"))


def test_a_substance_lists_what_answers_to_it(client: FlaskClient) -> None:
    text = page(client, "/substances/GLICLAZIDE%2080%20MG")
    assert f"/medicaments/{PRINCEPS}" in text
    assert "inscrite" in text
    assert "Guide 06-23" in text


def test_a_substance_that_nothing_answers_to_says_so(client: FlaskClient) -> None:
    assert "Aucune présentation de cette DCI" in page(client, "/substances/AMOXICILLINE%20+%20ACIDE")


@pytest.mark.parametrize("address", [f"groupes-generiques/{GROUP}", "substances/GLICLAZIDE%2080%20MG"])
def test_the_arabic_pages_are_arabic(client: FlaskClient, address: str) -> None:
    text = page(client, f"/ar/{address}")
    assert 'dir="rtl"' in text
    own = re.sub(r'<bdi lang="fr".*?</bdi>', "", text, flags=re.DOTALL)
    assert not re.search(r"[Pp]résentation|Acte juridique|En vigueur|Base", own)


@pytest.mark.parametrize("address", ["groupes-generiques/INCONNU", "substances/INCONNUE"])
def test_an_unknown_code_is_not_found(client: FlaskClient, address: str) -> None:
    assert "Code inconnu" in page(client, f"/{address}", 404)


@pytest.mark.parametrize("address", ["groupes-generiques/%3Cb%3E", "substances/%22%3E%3Cscript%3E"])
def test_a_hostile_code_is_refused_and_not_echoed(client: FlaskClient, address: str) -> None:
    text = page(client, f"/{address}", 400)
    assert "<script>" not in text.replace('<script type="application/ld+json">', "")


@pytest.mark.parametrize(
    ("address", "named"),
    [(f"/groupes-generiques/{GROUP}", "GLICLAZIDE"), ("/substances/GLICLAZIDE%2080%20MG", "GLICLAZIDE")],
)
def test_what_is_not_yet_in_force_tells_its_history_and_leads_to_its_first_day(
    client: FlaskClient, address: str, named: str
) -> None:
    answer = client.get(address, query_string={"as_of": "1999-01-01"})
    assert answer.status_code == 404
    assert named in answer.text
    assert "rien n’est en vigueur sous ce code le 1er janvier 1999" in words(answer.text)
    nearest = re.search(r'href="([^"]*as_of=2\d{3}[^"]*)"', answer.text)
    assert nearest and client.get(nearest[1].replace("&amp;", "&")).status_code == 200
