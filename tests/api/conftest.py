"""An application over the small catalogue, with a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalog.database import open_engine, writing
from service import create_app
from service.settings import Settings
from tests.api.catalogue import NOW, publish_all
from tests.api.golden_catalogue import publish_golden
from tests.api.golden_client import Golden
from tests.databases import copy_sqlite

Get = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def published(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a catalogue that holds every release, and that no test may change."""
    folder = tmp_path_factory.mktemp("published")
    url = copy_sqlite(sqlite_template, folder)
    publish_all(url)
    return Settings(database_url=url, data_dir=folder, log_level="ERROR")


@pytest.fixture(scope="session")
def app(published: Settings) -> Flask:
    return create_app(published, clock=lambda: NOW)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def get(client: FlaskClient) -> Get:
    """``get(path, **query)``: the JSON of an answer under /api/v1, which must have the status asked for."""

    def ask(path: str, status: int = 200, **query: Any) -> dict[str, Any]:
        response = client.get(f"/api/v1{path}", query_string=query)
        assert response.status_code == status, response.text
        told: dict[str, Any] = response.get_json(force=True)
        return told

    return ask


@pytest.fixture(scope="session")
def golden_settings(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of the bundled pack with its synthetic releases, that no test may change."""
    folder = tmp_path_factory.mktemp("golden")
    url = copy_sqlite(sqlite_template, folder)
    engine = open_engine(url)
    with writing(engine) as session:
        publish_golden(session)
    engine.dispose()
    return Settings(database_url=url, data_dir=folder, log_level="ERROR")


@pytest.fixture(scope="session")
def golden(golden_settings: Settings) -> Golden:
    """The API over it."""
    return Golden(create_app(golden_settings, clock=lambda: NOW).test_client())
