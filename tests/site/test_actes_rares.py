"""What the other catalogues do not hold: acts on a signed text, Arabic labels, devices without a forfait."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalog.database import open_engine, writing
from catalog.releases.changes import Change
from service import create_app
from service.settings import Settings
from tests.api.catalogue import LIST, NOW, publish_all, publish_changes
from tests.api.families import CCAM, DOCTORS, LISTED, SIGNED, tariff
from tests.databases import copy_sqlite
from tests.site.tarif_reading import shares_answered, shares_told, words

ARABIC_LABEL = "تقليح الأسنان"


def further() -> Iterator[Change]:
    dental = {"mode": "LETTRE_COEFFICIENT", "lettre": "D", "coefficient": "12"}
    yield tariff("acte_ngap", "D900", SIGNED, libelle="Acte d'un texte signé", **dental)
    yield tariff("acte_ngap", "D901", libelle="Détartrage", libelle_ar=ARABIC_LABEL, **dental)
    yield tariff("acte_ngap", "D902", libelle="Consultation", mode="ACTE_FORFAITAIRE", lettre="C")
    yield tariff("acte_ngap", "STAY1", libelle="Acte au forfait", mode="FORFAIT")
    stay = {"forfait": "STAY1", "libelle": "Acte au forfait", "unite": "ACTE", "secteur": "prive"}
    yield tariff("forfait", f"STAY1:{DOCTORS}", **stay, convention=DOCTORS, montant="300.00")
    yield tariff("dispositif", "SANS-FORFAIT", libelle="Sans forfait", classe="I")
    yield tariff("dispositif", "VALVE-1", libelle="Valve", classe="III", forfait="17500.00", accord_prealable="oui")
    yield Change("acte_ccam", CCAM, LISTED, None, LIST)


@pytest.fixture(scope="module")
def rare_app(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("rare")
    url = copy_sqlite(sqlite_template, folder)
    publish_all(url, 1)
    engine = open_engine(url)
    with writing(engine) as session:
        at = datetime(2014, 7, 3, 9, tzinfo=UTC)
        publish_changes(session, further(), label=None, legal_act=LIST, published_at=at)
    engine.dispose()
    settings = Settings(database_url=url, data_dir=folder, log_level="ERROR")
    return create_app(settings, clock=lambda: NOW)


@pytest.fixture
def rare(rare_app: Flask) -> FlaskClient:
    reader = rare_app.test_client()
    reader.environ_base["HTTP_ACCEPT"] = "text/html"
    return reader


def test_an_act_on_a_signed_text_has_no_price(rare: FlaskClient) -> None:
    page = rare.get("/actes/ngap/D900")
    assert shares_told(page) == {} == shares_answered(rare, "D900")
    assert "l’acte repose sur un texte qui n’est pas en vigueur" in words(page.text)


def test_an_act_of_a_letter_alone_is_worth_the_letter(rare: FlaskClient) -> None:
    page = rare.get("/actes/ngap/D902")
    assert shares_told(page) == shares_answered(rare, "D902") != {}
    assert "signé 150,00 DH — non applicable" in words(page.text)


def test_an_act_paid_by_a_forfait_is_worth_the_forfait(rare: FlaskClient) -> None:
    page = rare.get("/actes/ngap/STAY1")
    assert shares_told(page) == shares_answered(rare, "STAY1") != {}


def test_the_arabic_label_comes_first_on_the_arabic_page(rare: FlaskClient) -> None:
    arabic, french = rare.get("/ar/actes/ngap/D901").text, rare.get("/actes/ngap/D901").text
    assert arabic.index(f"<h1><span>{ARABIC_LABEL}") < arabic.index('<bdi lang="fr" dir="ltr">Détartrage</bdi>')
    assert f"<title>D901 · {ARABIC_LABEL}" in arabic and ARABIC_LABEL not in french


def test_a_device_without_a_forfait_has_no_price(rare: FlaskClient) -> None:
    told = words(rare.get("/dispositifs/SANS-FORFAIT?prix=100").text)
    assert "Aucun texte ne donne de forfait" in told and "0,00" not in told


def test_a_device_that_needs_an_agreement_says_so(rare: FlaskClient) -> None:
    told = words(rare.get("/dispositifs/VALVE-1").text)
    assert "Accord préalable demandé" in told and "sans lui, rien n’est payé" in told


def test_a_withdrawn_act_names_the_act_that_withdrew_it(rare: FlaskClient) -> None:
    page = rare.get(f"/actes/ccam/{CCAM}")
    assert page.status_code == 404
    assert "Il a été retiré par : Guide 06-23" in words(page.text)
    assert "retrait à partir du 9 juin 2014" in words(page.text)
    assert "Aucune correspondance validée" in words(rare.get("/actes/ngap/D708").text)
