"""Search and autocomplete over HTTP: both clocks, refusals in one shape, an index never half built."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from service import create_app
from service.cli import main
from service.settings import Settings
from tests.api.catalogue import DELISTED_ON, DELISTING, NOW, PRINCEPS, SECOND_GTIN, WITHDRAWN, publish_all
from tests.api.conftest import Get
from tests.databases import copy_sqlite


def test_a_slip_leads_to_the_medicine_with_its_ground(get: Get) -> None:
    told = get("/search", q="diamicorn", as_of="2026-11-22")
    (hit,) = told["hits"]
    assert (hit["code"], told["total"], told["suggestion"]) == (PRINCEPS, 1, "diamicron")
    assert hit["acte_juridique"]["id"]
    assert hit["highlight"] == [{"text": "DIAMICRON", "is_match": True}]


def test_a_withdrawn_medicine_is_found_until_the_day_it_left(get: Get) -> None:
    def codes(day: str) -> list[str]:
        return [hit["code"] for hit in get("/search", q=WITHDRAWN, as_of=day)["hits"]]

    assert codes("2015-02-28") == [WITHDRAWN]
    assert codes(DELISTED_ON.isoformat()) == []


def test_an_older_release_finds_what_it_knew(get: Get) -> None:
    later = {"q": WITHDRAWN, "as_of": "2015-03-02"}
    assert get("/search", **later, release="06-23")["total"] == 1
    assert get("/search", **later)["total"] == 0


def test_a_further_gtin_finds_its_presentation(get: Get) -> None:
    assert get("/search", q=SECOND_GTIN)["hits"][0]["code"] == PRINCEPS


def test_titles_are_suggested(get: Get) -> None:
    told = get("/suggest", q="diam", kind="medicaments")
    assert [one["titre"] for one in told["suggestions"]] == ["DIAMICRON"]


@pytest.mark.parametrize("q", ["x" * 10_000, "\x00", "\u202eabc", ""])
def test_what_cannot_be_a_query_is_a_problem_that_names_it(get: Get, q: str) -> None:
    assert get("/search", 400, q=q)["errors"][0]["field"] == "q"


@pytest.mark.parametrize("path", ["/search", "/suggest"])
def test_too_many_words_are_refused_by_both(get: Get, path: str) -> None:
    assert get(path, 400, q="un mot " * 20)["type"].endswith("#problem-query")


def test_a_damaged_index_is_built_again_and_not_served(sqlite_template: Path, tmp_path: Path) -> None:
    settings = Settings(database_url=copy_sqlite(sqlite_template, tmp_path), data_dir=tmp_path, log_level="ERROR")
    publish_all(settings.database_url)
    first: FlaskClient = create_app(settings, clock=lambda: NOW).test_client()
    assert first.get("/api/v1/search?q=diamicron").get_json()["total"] == 1
    (folder,) = settings.index_dir.glob("index-*")
    for path in folder.glob("*.seg"):
        path.write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    second: FlaskClient = create_app(settings, clock=lambda: NOW).test_client()
    assert second.get("/api/v1/search?q=diamicron").get_json()["total"] == 1
    assert len(list(settings.index_dir.glob("index-*"))) == 2
    assert second.get("/readyz").status_code == 200


def test_the_command_tells_what_left_and_by_what_act(published: Settings) -> None:
    environment = {"AMO_DATABASE_URL": published.database_url, "AMO_DATA_DIR": str(published.data_dir)}
    asked = ["search", WITHDRAWN, "--as-of", DELISTED_ON.isoformat()]
    told = CliRunner().invoke(main, asked, env=environment)
    period = f"from 2014-06-09 to {DELISTED_ON} (excluded)"
    assert told.exit_code == 0
    assert f"{WITHDRAWN} RETIRE DU GUIDE, {period} by {DELISTING}." in told.stderr
    (left,) = json.loads(CliRunner().invoke(main, [*asked, "--json"], env=environment).stdout)["not_in_force"]
    assert (left["valid_to"], left["legal_act"]) == (DELISTED_ON.isoformat(), DELISTING)


def test_the_command_proves_the_index_with_the_key_of_the_service(published: Settings, tmp_path: Path) -> None:
    shutil.copytree(published.data_dir, tmp_path / "copy")
    url = f"sqlite:///{tmp_path / 'copy' / Path(published.database_url).name}"
    environment = {"AMO_DATABASE_URL": url, "AMO_DATA_DIR": str(tmp_path / "copy")}
    assert CliRunner().invoke(main, ["verify"], env=environment).exit_code == 0
    other = environment | {"AMO_SECRET_KEY": "another key of 32 letters or more"}
    told = CliRunner().invoke(main, ["verify"], env=other)
    assert (told.exit_code, "not signed with the key" in told.stdout) == (1, True)
    assert CliRunner().invoke(main, ["reindex"], env=other).exit_code == 0
    assert CliRunner().invoke(main, ["verify"], env=other).exit_code == 0
