"""The public site over the small catalogue of the API's tests, and over the bundled pack."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service import create_app
from service.settings import Settings
from tests.api.catalogue import NOW
from tests.api.conftest import app as app
from tests.api.conftest import golden_settings as golden_settings
from tests.api.conftest import published as published
from tests.databases import copy_sqlite


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who reads the pages of the small catalogue."""
    reader = app.test_client()
    reader.environ_base["HTTP_ACCEPT"] = "text/html"
    return reader


@pytest.fixture(scope="session")
def pack_app(golden_settings: Settings) -> Flask:
    return create_app(golden_settings, clock=lambda: NOW)


@pytest.fixture
def pack_client(pack_app: Flask) -> FlaskClient:
    """Somebody who reads the pages of the bundled pack."""
    reader = pack_app.test_client()
    reader.environ_base["HTTP_ACCEPT"] = "text/html"
    return reader


@pytest.fixture
def empty_client(sqlite_template: Path, tmp_path: Path) -> FlaskClient:
    """Somebody who comes before anything was published."""
    settings = Settings(database_url=copy_sqlite(sqlite_template, tmp_path), data_dir=tmp_path, log_level="ERROR")
    reader = create_app(settings, clock=lambda: NOW).test_client()
    reader.environ_base["HTTP_ACCEPT"] = "text/html"
    return reader
