"""The service notices releases, and says when it is not ready."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from catalog.database import open_engine, writing
from service import create_app, state
from service.settings import Settings
from tests.api.catalogue import NOW, RISE, publish_all, publish_changes, rise
from tests.databases import copy_sqlite


@pytest.fixture
def own(sqlite_template: Path, tmp_path: Path) -> Settings:
    """The settings of an empty, migrated catalogue of this test's own."""
    return Settings(database_url=copy_sqlite(sqlite_template, tmp_path), data_dir=tmp_path, log_level="ERROR")


@pytest.fixture
def own_client(own: Settings, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setattr(state, "LOOK_SECONDS", 0.0)
    monkeypatch.setattr(state, "REREAD_SECONDS", -1.0)
    return create_app(own, clock=lambda: NOW).test_client()


def publish_rise(settings: Settings) -> None:
    with writing(open_engine(settings.database_url)) as session:
        publish_changes(session, rise(), label=None, legal_act=RISE, published_at=NOW)


def test_a_release_published_by_another_is_served_soon(own: Settings, own_client: FlaskClient) -> None:
    publish_all(own.database_url, 1)
    assert own_client.get("/api/v1/releases").get_json()["release"] == 1
    publish_rise(own)
    assert own_client.get("/api/v1/releases").get_json()["release"] == 2


def test_the_database_is_asked_only_now_and_then(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_all(own.database_url, 1)
    client = create_app(own, clock=lambda: NOW).test_client()
    client.get("/api/v1/releases")
    engine = client.application.extensions["catalogue"].engine
    asked: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    for _ in range(5):
        assert client.get("/api/v1/releases").status_code == 200
    assert asked == []


def test_what_was_published_is_served_while_the_database_is_away(own: Settings, own_client: FlaskClient) -> None:
    publish_all(own.database_url, 1)
    assert own_client.get("/api/v1/releases/1").status_code == 200
    client_settings = Settings(database_url="postgresql+psycopg://nobody@127.0.0.1:1/x", data_dir=own.data_dir)
    away = create_app(client_settings, clock=lambda: NOW).test_client()
    assert away.get("/api/v1/releases/1").status_code == 200
    assert away.get("/healthz").status_code == 200
    told = away.get("/readyz")
    assert told.status_code == 503
    assert {fault["field"] for fault in told.get_json(force=True)["errors"]} == {"database", "guards", "snapshot"}


def test_ready_tells_the_release(own: Settings, own_client: FlaskClient) -> None:
    publish_all(own.database_url, 2)
    assert own_client.get("/readyz").get_json() == {"status": "ready", "release": 2}


def test_nothing_published_is_told_as_such(own_client: FlaskClient) -> None:
    told = own_client.get("/api/v1/releases")
    assert (told.status_code, told.get_json(force=True)["type"]) == (404, "/api/docs#problem-nothing-published")
    assert own_client.get("/readyz").status_code == 200
    assert "Rien n’a encore été publié" in own_client.get("/").text


def test_without_a_snapshot_there_is_nothing_to_read_from(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/none.sqlite", data_dir=tmp_path, log_level="ERROR")
    client = create_app(settings).test_client()
    told = client.get("/api/v1/releases")
    assert (told.status_code, told.get_json(force=True)["type"]) == (503, "/api/docs#problem-no-snapshot")
    faults = {fault["field"]: fault["message"] for fault in client.get("/readyz").get_json(force=True)["errors"]}
    assert "amo-catalog init" in faults["database"]


def test_a_missing_guard_is_named(own: Settings, own_client: FlaskClient) -> None:
    publish_all(own.database_url, 1)
    with writing(open_engine(own.database_url)) as session:
        name = session.scalar(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"))
        session.execute(sa.text(f"DROP TRIGGER {name}"))
    told = own_client.get("/readyz")
    assert told.status_code == 503
    assert str(name) in told.get_json(force=True)["detail"]


def test_a_machine_is_ready_while_a_release_is_built(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_all(own.database_url, 1)
    client = create_app(own, clock=lambda: NOW).test_client()
    assert client.get("/readyz").get_json() == {"status": "ready", "release": 1}
    publish_rise(own)
    assert client.get("/readyz").get_json() == {"status": "ready", "release": 1, "building": 2}
    monkeypatch.setattr(state, "LOOK_SECONDS", 0.0)
    assert client.get("/readyz").get_json() == {"status": "ready", "release": 2}


def test_a_snapshot_left_behind_is_named(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "BUILDING_SECONDS", 0.0)
    publish_all(own.database_url, 1)
    client = create_app(own, clock=lambda: NOW).test_client()
    assert client.get("/readyz").status_code == 200
    publish_rise(own)
    (fault,) = client.get("/readyz").get_json(force=True)["errors"]
    assert fault == {"field": "snapshot", "message": "The snapshot holds release 1, the database release 2."}


def test_a_damaged_snapshot_is_built_again(own: Settings, own_client: FlaskClient) -> None:
    publish_all(own.database_url, 1)
    assert own_client.get("/api/v1/releases").status_code == 200
    (path,) = own.snapshot_dir.glob("snapshot-*.bin")
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    fresh = create_app(own, clock=lambda: NOW).test_client()
    assert fresh.get("/api/v1/releases").get_json()["release"] == 1


def test_figures_tell_routes_statuses_and_the_release(own: Settings, own_client: FlaskClient) -> None:
    publish_all(own.database_url, 1)
    own_client.get("/api/v1/releases/1")
    own_client.get("/api/v1/releases/7")
    own_client.open("/nowhere", method="INVENTED")
    page = own_client.get("/metrics").text
    assert 'amo_http_requests_total{method="GET",route="/api/v1/releases/<release>",status="200"} 1.0' in page
    assert 'amo_http_requests_total{method="GET",route="/api/v1/releases/<release>",status="404"} 1.0' in page
    assert 'amo_http_requests_total{method="OTHER",route="unmatched",status="404"} 1.0' in page
    assert "amo_snapshot_release 1.0" in page


@pytest.mark.postgres
def test_the_service_stands_on_postgresql_alike(postgres_url: str, tmp_path: Path) -> None:
    publish_all(postgres_url)
    settings = Settings(database_url=postgres_url, data_dir=tmp_path, log_level="ERROR")
    app = create_app(settings, clock=lambda: NOW)
    client = app.test_client()
    assert client.get("/readyz").get_json() == {"status": "ready", "release": 4}
    assert client.get("/api/v1/medicaments/6118000100058?as_of=2014-07-01").get_json()["pbr"] == "29.70"
    app.extensions["catalogue"].engine.dispose()


def test_a_database_file_that_is_gone_is_told(own: Settings, own_client: FlaskClient) -> None:
    publish_all(own.database_url, 1)
    assert own_client.get("/readyz").status_code == 200
    Path(own.database_url.removeprefix("sqlite:///")).unlink()
    faults = {fault["field"]: fault["message"] for fault in own_client.get("/readyz").get_json(force=True)["errors"]}
    assert "gone" in faults["database"]


def test_a_search_that_cannot_be_built_does_not_keep_prices_from_being_served(
    own: Settings, own_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the index is broken")

    monkeypatch.setattr("catalog.search.store.IndexStore.refresh", fail)
    monkeypatch.setattr("catalog.search.store.IndexStore.mend", fail)
    publish_all(own.database_url, 2)
    assert own_client.get("/api/v1/releases/2").status_code == 200
    assert own_client.get("/medicaments/6118000100058").status_code == 200
    told = own_client.get("/readyz")
    assert told.status_code == 503
    assert [fault["field"] for fault in told.get_json(force=True)["errors"]] == ["index"]
