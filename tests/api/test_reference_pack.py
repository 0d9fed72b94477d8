"""The bundled pack over HTTP: what the contract shows is what is answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from catalog.database import open_engine, writing
from catalog.reference_pack.loading import publish_pack
from catalog.registry import KINDS
from service import create_app
from service.settings import Settings
from tests.api.catalogue import NOW
from tests.databases import copy_sqlite


@pytest.fixture(scope="module")
def pack_client(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("pack")
    url = copy_sqlite(sqlite_template, folder)
    with writing(open_engine(url)) as session:
        publish_pack(session, KINDS, at=NOW)
    return create_app(Settings(database_url=url, data_dir=folder, log_level="ERROR"), clock=lambda: NOW).test_client()


def test_diamicron_is_answered_as_in_the_contract(pack_client: FlaskClient) -> None:
    told = pack_client.get("/api/v1/medicaments/6118000100058?as_of=2014-07-01").get_json()
    expected = {
        "code": "6118000100058",
        "kind": "medicament",
        "nom": "DIAMICRON",
        "dci": ["GLICLAZIDE"],
        "dosage": "80 MG",
        "presentation": "1 BOITE 20 COMPRIME",
        "princeps_generique": "P",
        "ppv": "37.20",
        "pbr": "29.70",
        "admis_remboursement": True,
        "statut": "ADMIS",
        "smr": None,
        "asmr": None,
        "valid_from": "2014-06-09",
        "valid_to": None,
        "upcoming": [],
        "warnings": [],
        "as_of": "2014-07-01",
    }
    assert {name: told[name] for name in expected} == expected
    assert told["forme"].startswith("COMPRIME")
    assert told["groupe_generique"] and told["ph"] and told["classe_therapeutique"]
    assert told["acte_juridique"]["type"] == "arrete"


@pytest.mark.parametrize(
    ("case", "code", "ppv", "pbr", "statut"),
    [
        ("G01", "6118000190462", "29.70", "29.70", "ADMIS"),
        ("G02", "6118000100058", "37.20", "29.70", "ADMIS"),
        ("G04", "6118000250555", "98.90", "98.90", "ADMIS"),
        ("G05", "6118000100256", "232.40", "105.00", "ADMIS"),
        ("G07", "6118001070169", "440.00", None, "NON_ADMIS"),
    ],
)
def test_golden_prices_bases_and_statuses(
    pack_client: FlaskClient, case: str, code: str, ppv: str, pbr: str | None, statut: str
) -> None:
    told = pack_client.get(f"/api/v1/medicaments/{code}?as_of=2014-07-20").get_json()
    assert (told["ppv"], told["statut"]) == (ppv, statut)
    assert pbr is None or told["pbr"] == pbr


def test_the_pack_shows_history_and_differences_at_once(pack_client: FlaskClient) -> None:
    releases = pack_client.get("/api/v1/releases").get_json()
    assert releases["total"] >= 5
    list_of_2026 = pack_client.get("/api/v1/releases/9/diff").get_json()
    assert list_of_2026["counts"]["total"]["changed"] > 0
    glossary = pack_client.get(f"/api/v1/releases/{releases['release']}/diff").get_json()
    assert glossary["counts"]["total"]["added"] > 20
