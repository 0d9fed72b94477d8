"""The journal over the API: to whom holds a key, from the entry after the last one had."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from admin.accounts.keys import issue_key, keys, revoke_key
from catalog.database import open_engine, reading, writing
from service import create_app
from service.settings import Settings
from tests.api.catalogue import NOW
from tests.databases import copy_sqlite


class Journal:
    """A service over a catalogue with a key, and a clock that the test moves."""

    def __init__(self, url: str, folder: Path) -> None:
        self.at: datetime = NOW
        settings = Settings(database_url=url, data_dir=folder, log_level="ERROR")
        self.client: FlaskClient = create_app(settings, clock=lambda: self.at).test_client()
        self.engine = open_engine(url)
        with writing(self.engine) as session:
            self.key, self.text = issue_key(
                session, label="x", scopes=["journal:lecture"], at=NOW, by="admin", expires_at=NOW + timedelta(days=1)
            )

    def get(self, query: str = "", key: str | None = None) -> tuple[int, list[dict[str, object]]]:
        headers = {"Authorization": f"Bearer {self.text if key is None else key}"}
        answer = self.client.get(f"/api/v1/journal{query}", headers=headers)
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.status_code, [
            json.loads(line) for line in answer.text.splitlines()
        ] if answer.status_code == 200 else []


@pytest.fixture
def journal(sqlite_template: Path, tmp_path: Path) -> Iterator[Journal]:
    made = Journal(copy_sqlite(sqlite_template, tmp_path), tmp_path)
    yield made
    made.engine.dispose()


def test_entries_come_oldest_first_after_the_one_had(journal: Journal) -> None:
    with writing(journal.engine) as session:
        for label in ("b", "c"):
            issue_key(session, label=label, scopes=["journal:lecture"], at=NOW, by="admin")
    status, told = journal.get()
    assert (status, [entry["seq"] for entry in told]) == (200, [1, 2, 3])
    assert told[0]["action"] == "key.issued" and told[1]["prev_digest"] == told[0]["digest"]
    assert [entry["seq"] for entry in journal.get("?after=1&limit=1")[1]] == [2]
    assert journal.get("?after=3") == (200, [])
    assert journal.get("?after=-1")[0] == journal.get("?limit=0")[0] == journal.get("?colour=blue")[0] == 400


def test_without_a_good_key_nothing_is_told(journal: Journal) -> None:
    bare = journal.client.get("/api/v1/journal")
    assert bare.status_code == 401 and bare.headers["WWW-Authenticate"] == "Bearer"
    assert bare.get_json(force=True)["type"].endswith("#problem-key-needed")
    with writing(journal.engine) as session:
        other, narrow = issue_key(session, label="narrow", scopes=["journal:lecture"], at=NOW, by="admin")
        other.scopes = "lecture"  # as keys of former versions hold it
    for key in ("", "amo_x_y", journal.text[:-1], narrow):
        assert journal.get(key=key)[0] == 401, key
    journal.at = NOW + timedelta(days=1)
    assert journal.get()[0] == 401, "expired"
    journal.at = NOW
    assert journal.get()[0] == 200
    with writing(journal.engine) as session:
        revoke_key(session, journal.key.prefix, at=NOW, by="admin")
    assert journal.get()[0] == 401, "revoked"


def test_the_use_of_a_key_is_noted(journal: Journal) -> None:
    journal.get()
    with reading(journal.engine) as session:
        assert keys(session)[0].last_used_at == NOW
