"""gunicorn serves the application as granian does, workers forked after loading it included."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from catalog.database import open_engine, writing
from tests.api.catalogue import NOW, PRINCEPS, RISE, RISES_ON, publish_all, publish_changes, rise
from tests.integration.deployment.machines import GUNICORN, free_port, running, wait_until

pytestmark = pytest.mark.slow

ASKED = f"/api/v1/medicaments/{PRINCEPS}?as_of={RISES_ON}"


@pytest.mark.parametrize("options", [(), ("--preload",)], ids=["", "preload"])
def test_gunicorn_serves_releases_as_they_are_published(
    database_url: str, tmp_path: Path, options: tuple[str, ...]
) -> None:
    pytest.importorskip("gunicorn", reason="gunicorn is not installed: pip install gunicorn")
    publish_all(database_url, 1)
    port = free_port()
    command = (*GUNICORN, *options, "--bind", f"127.0.0.1:{port}")
    with running(command, port, tmp_path / "data", AMO_DATABASE_URL=database_url) as machine:
        assert machine.json(ASKED)["ppv"] == "37.20"
        _publish_rise(database_url)
        # More in a row than either worker would answer alone.
        wait_until(lambda: all(machine.release() == 2 for _ in range(16)), "the release published meanwhile")
        with ThreadPoolExecutor(8) as askers:
            answers = list(askers.map(lambda _: machine.json(ASKED), range(64)))
    assert [(told["release"], told["ppv"]) for told in answers] == [(2, "40.00")] * 64


def _publish_rise(url: str) -> None:
    engine = open_engine(url)
    with writing(engine) as session:
        publish_changes(session, rise(), label=None, legal_act=RISE, published_at=NOW)
    engine.dispose()
