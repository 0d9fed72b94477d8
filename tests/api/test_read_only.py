"""A machine that only reads answers as any other, has no console, and keeps nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from admin.accounts.keys import issue_key
from admin.workplace import EXTENSION
from catalog.database import open_engine, writing
from service import create_app
from service.replica import reading_only, replication
from service.settings import Settings
from tests.api.catalogue import NOW, PRINCEPS
from tests.databases import copy_sqlite

ASKED = f"/api/v1/medicaments/{PRINCEPS}?as_of=2014-07-01&release=4"


@pytest.fixture
def reader(published: Settings) -> FlaskClient:
    return create_app(replace(published, read_only=True), clock=lambda: NOW).test_client()


def test_what_is_read_is_the_same(reader: FlaskClient, client: FlaskClient) -> None:
    for path in (ASKED, "/", f"/medicaments/{PRINCEPS}", "/api/v1/releases", "/api/v1/search?q=diamicron"):
        here, there = reader.get(path), client.get(path)
        assert (here.status_code, here.data) == (there.status_code, there.data), path
        assert here.headers.get("ETag") == there.headers.get("ETag")


@pytest.mark.parametrize(
    "path", ["/admin", "/admin/", "/admin/connexion", "/admin/habillage/console.css", "/administration"]
)
def test_the_console_is_closed_and_says_where_it_is(reader: FlaskClient, path: str) -> None:
    for answer in (reader.get(path), reader.post(path, data={"name": "amina"})):
        assert answer.status_code == 503
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Frame-Options"] == "DENY"
    assert "Ouvrez-la sur la machine principale" in reader.get(path).text


def test_nothing_is_there_to_publish_with(reader: FlaskClient) -> None:
    assert EXTENSION not in reader.application.extensions


def test_the_use_of_a_key_is_not_kept(sqlite_template: Path, tmp_path: Path) -> None:
    own = Settings(database_url=copy_sqlite(sqlite_template, tmp_path), data_dir=tmp_path, log_level="ERROR")
    engine = open_engine(own.database_url)
    with writing(engine) as session:
        _, text = issue_key(
            session,
            label="lecteur",
            scopes=["journal:lecture"],
            at=NOW,
            by="amina",
            expires_at=NOW + timedelta(days=1),
        )
    reader = create_app(replace(own, read_only=True), clock=lambda: NOW).test_client()
    assert reader.get("/api/v1/journal", headers={"Authorization": f"Bearer {text}"}).status_code == 200
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM machine_key WHERE last_used_at IS NOT NULL")) == 0


def test_the_server_is_asked_to_refuse_writing() -> None:
    told = reading_only("postgresql+psycopg://amo:s%40cret@db/amo?options=-c%20work_mem%3D64MB")
    assert "s%40cret" in told
    options = sa.make_url(told).query["options"]
    assert options == "-c work_mem=64MB -c default_transaction_read_only=on"
    assert reading_only("sqlite:///var/catalog.sqlite") == "sqlite:///var/catalog.sqlite"


def test_a_file_is_no_replica(published: Settings) -> None:
    assert replication(open_engine(published.database_url)) is None
