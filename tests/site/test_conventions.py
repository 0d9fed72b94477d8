"""Conventions: signed is not in force, the grid is that of the API, and what is pending prices nothing."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.site.tarifs.steps import steps_of
from tests.site.tarif_reading import figure, french_left, rows, words

DOCTORS, SIGNED = "medecins-prive-2006", "medecins-prive-2020"
DATES = {"statut": "EN_VIGUEUR", "signed_on": None, "approved_on": None, "published_on": None, "effective_from": None}


def section(page: TestResponse, name: str) -> str:
    """A section of a page, by the name its heading gives it; '' where there is none."""
    found = re.search(rf'<section aria-labelledby="{name}">.*?</section>', page.text, flags=re.DOTALL)
    return found[0] if found else ""


def lines_told(client: FlaskClient, address: str, name: str) -> dict[str, str]:
    """The amounts of a section by letter or forfait, of all its pages."""
    told: dict[str, str] = {}
    while address:
        page = client.get(address)
        for cells in rows(section(page, name)):
            if len(cells) == 3 and cells[2].endswith("DH"):
                told[cells[0].replace(" ", "")] = cells[2].removesuffix(" DH")
        following = re.search(r'<a rel="next" href="([^"]+)"', section(page, name))
        address = following[1] if following else ""
    return told


def lines_answered(client: FlaskClient, code: str, **query: str) -> dict[str, str]:
    """The same lines from the API."""
    found = client.get(f"/api/v1/conventions/{code}/tarifs", query_string={"per_page": 500, **query}).get_json(
        force=True
    )
    told = {}
    for line in found["tarifs"]:
        variant = {"soins": "(soins)", "prothese": "(prothèse)"}.get(line["variante"], "")
        if not line["palier"] and not line["organisme"]:
            told[f"{line['nom']}{variant}"] = figure(line["montant"])
    return told


@pytest.mark.parametrize(
    "code", [DOCTORS, "hopitaux-etat-2006", "biologistes-prive-2006", "medecins-prive-avenant-2009"]
)
def test_the_grid_is_that_of_the_api(pack_client: FlaskClient, code: str) -> None:
    told, answered = lines_told(pack_client, f"/conventions/{code}", "grille"), lines_answered(pack_client, code)
    assert answered and told == {**told, **answered}


def test_a_signed_convention_has_no_grid_and_its_lines_stand_apart(pack_client: FlaskClient) -> None:
    page = pack_client.get(f"/conventions/{SIGNED}")
    assert "n’est pas en vigueur à cette date : elle ne donne aucun tarif" in words(page.text)
    assert "150,00" not in section(page, "grille") and lines_told(pack_client, f"/conventions/{SIGNED}", "grille") == {}
    pending = lines_answered(pack_client, SIGNED, pending="true")
    assert pending["C"] == "150,00"
    assert lines_told(pack_client, f"/conventions/{SIGNED}", "attente") == pending


def test_the_steps_tell_how_far_a_convention_went(pack_client: FlaskClient) -> None:
    told = words(section(pack_client.get(f"/conventions/{DOCTORS}"), "etapes"))
    assert "signé 28 juillet 2006 approuvé 4 août 2006 publié date non donnée en vigueur 1er septembre 2006" in told
    told = words(section(pack_client.get(f"/conventions/{SIGNED}"), "etapes"))
    assert "signé 13 janvier 2020 approuvé pas encore publié pas encore en vigueur pas encore" in told


def test_before_its_effect_a_convention_is_approved_and_its_force_is_to_come(pack_client: FlaskClient) -> None:
    page = pack_client.get(f"/conventions/{DOCTORS}?as_of=2006-08-15")
    assert "approuvé" in re.findall(r'<span class="badge warn">([^<]+)', page.text)
    assert "en vigueur 1er septembre 2006 (à venir)" in words(page.text)
    assert "Aucun tarif de cette convention n’est en vigueur" in page.text


def test_a_step_without_a_date_is_said_to_have_none() -> None:
    states = [step["state"] for step in steps_of(DATES, date(2020, 1, 1))]
    assert states == ["done", "untold", "untold", "untold", "done"]
    unknown = [step["state"] for step in steps_of(DATES | {"statut": None}, date(2020, 1, 1))]
    assert unknown == ["open"] * 5


def test_payers_declarations_are_told_with_their_acts(pack_client: FlaskClient) -> None:
    told = words(section(pack_client.get(f"/conventions/{SIGNED}"), "organismes"))
    assert "CNOPS : n’applique pas" in told and "CNSS : n’applique pas" in told and "Refus de signer" in told
    told = words(section(pack_client.get("/conventions/pharmaciens-2016"), "organismes"))
    assert "CNOPS : applique première application déclarée le 8 juin 2016" in told
    told = words(section(pack_client.get("/conventions/dentistes-prive-2006"), "organismes"))
    assert "Aucune déclaration d’organisme n’est enregistrée" in told


def test_an_avenant_tells_what_it_sets_in_its_convention(pack_client: FlaskClient) -> None:
    told = section(pack_client.get(f"/conventions/{DOCTORS}"), "avenants")
    assert [rows(told)[1][0], rows(told)[1][2]] == ["CESARIENNE", "8 000,00 DH"]
    pending = pack_client.get(f"/api/v1/conventions/{SIGNED}/tarifs?pending=true").get_json(force=True)
    assert f"{len(pending['tarifs'])} lignes non applicables, qui ne servent à aucun calcul." in words(told)


def test_an_avenant_stands_below_the_convention_it_amends(pack_client: FlaskClient) -> None:
    page = pack_client.get("/conventions").text
    places = [
        page.index(f'id="c-{code}"') for code in ("biologistes-prive-2006", "biologistes-avenant-2015", DOCTORS, SIGNED)
    ]
    assert places == sorted(places)
    everything = pack_client.get("/api/v1/conventions?per_page=100").get_json(force=True)["conventions"]
    assert page.count('id="c-') == len(everything)


def test_a_convention_leads_to_its_poster(client: FlaskClient) -> None:
    page = client.get("/conventions/medecins-essai").text
    assert 'href="/affiches/medecins-essai"' in page and 'href="/telechargements"' in page


@pytest.mark.parametrize(("code", "status"), [("nulle-part", 404), ("%3Cscript%3E", 400), ("a" * 3000, 400)])
def test_a_code_of_no_convention_is_refused(client: FlaskClient, code: str, status: int) -> None:
    page = client.get(f"/conventions/{code}")
    assert page.status_code == status and "<script>" not in page.text


def test_a_convention_asked_before_it_was_recorded_leads_to_its_first_day(client: FlaskClient) -> None:
    page = client.get("/conventions/medecins-essai?as_of=2014-06-08")
    assert page.status_code == 404 and "as_of=2014-06-09" in page.text


def test_before_anything_is_published_the_list_says_so(empty_client: FlaskClient) -> None:
    assert "Aucune convention n’est enregistrée" in empty_client.get("/conventions").text


@pytest.mark.parametrize("code", ["", f"/{DOCTORS}", f"/{SIGNED}", f"/{DOCTORS}?as_of=2006-08-15"])
def test_the_arabic_pages_leave_no_french_sentence(pack_client: FlaskClient, code: str) -> None:
    page = pack_client.get(f"/ar/conventions{code}")
    assert page.status_code == 200 and 'dir="rtl"' in page.text and french_left(page) == []
