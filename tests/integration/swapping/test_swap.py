"""Two workers are asked without a pause while five releases are published: every answer is whole, and none fails."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from threading import Event

import pytest

from catalog.database import open_engine, reading, writing
from catalog.registry import KINDS
from catalog.releases.changes import Change
from catalog.snapshots.store import SnapshotStore
from service.settings import Settings
from tests.api.catalogue import PRINCEPS, PUBLISHED, RISE, RISES_ON, publish_all, publish_changes, rise
from tests.databases import copy_sqlite
from tests.integration.deployment.machines import GRANIAN, free_port, running

RELEASES = 5
LONGEST = 60.0
WITHIN = 5.0
"""Seconds: what a machine that is busy with other tests is given. `benchmarks` measures how long it takes."""
ASKED = f"/api/v1/medicaments/{PRINCEPS}?as_of={RISES_ON}"

pytestmark = pytest.mark.slow


@pytest.fixture
def settings(sqlite_template: Path, tmp_path: Path) -> Settings:
    own = Settings(database_url=copy_sqlite(sqlite_template, tmp_path), data_dir=tmp_path, log_level="ERROR")
    publish_all(own.database_url, 1)
    publish(own, 2)
    return own


def publish(settings: Settings, release: int) -> None:
    """A release, whose number is the price in centimes over 3000, and its snapshot: as another worker would."""
    at = PUBLISHED[0] + timedelta(days=release)
    changes = [one for one in rise() if release == 2 or one.kind == "medicament"]
    last = changes.pop()
    priced = Change(last.kind, last.code, last.period, {**(last.payload or {}), "ppv": 3000 + release})
    engine = open_engine(settings.database_url)
    with writing(engine) as session:
        publish_changes(session, [*changes, priced], label=None, legal_act=RISE, published_at=at)
    with reading(engine) as session:
        SnapshotStore(settings.snapshot_dir, KINDS).refresh(session)
    engine.dispose()


def ask(port: int) -> tuple[int, int, str]:
    """Status, release and price, on a connection of its own: any worker may answer it."""
    connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    try:
        connection.request("GET", ASKED)
        answered = connection.getresponse()
        body = json.loads(answered.read())
        return answered.status, body.get("release", 0), str(body.get("ppv"))
    finally:
        connection.close()


def test_no_answer_fails_or_is_torn_and_all_workers_come_along(settings: Settings) -> None:
    seen: list[tuple[int, int, str]] = []
    done = Event()

    def keep_asking(port: int) -> None:
        while not done.is_set():
            seen.append(ask(port))

    port = free_port()
    workers = running(
        (*GRANIAN, "--port", str(port), "--workers", "2"),
        port,
        settings.data_dir,
        AMO_DATABASE_URL=settings.database_url,
    )
    with workers, ThreadPoolExecutor(3) as readers:
        asking = [readers.submit(keep_asking, port) for _ in range(3)]
        try:
            for release in range(3, 3 + RELEASES):
                publish(settings, release)
                end = time.monotonic() + WITHIN
                while {ask(port)[1] for _ in range(20)} != {release}:
                    assert time.monotonic() < end, f"release {release} has not reached all workers"
        finally:
            done.set()
        for reader in asking:
            reader.result(LONGEST)
    assert {release for _, release, _ in seen} >= set(range(3, 3 + RELEASES))
    assert [told for told in seen if told != (200, told[1], f"30.{told[1]:02d}")] == []
