"""A machine that only reads answers from a standby: it follows its primary, outlives it, and writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from catalog.database import migrate, open_engine, writing
from service.replica import reading_only, replication
from tests.api.catalogue import NOW, RISE, publish_all, publish_changes, rise
from tests.databases import running_postgres
from tests.integration.deployment.machines import GRANIAN, free_port, running, wait_until
from tests.integration.deployment.standby import Standby
from tests.integration.imports.catalogues import Commands
from tests.servers import NoServerError, PostgresServer

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


@pytest.fixture(scope="module")
def primary() -> Iterator[PostgresServer]:
    """A server with a catalogue of one release, that a test may stop."""
    try:
        with running_postgres() as server:
            server.create_database()
            engine = open_engine(server.url("test_1"))
            migrate(engine)
            engine.dispose()
            publish_all(server.url("test_1"), 1)
            yield server
    except NoServerError as error:
        pytest.skip(f"no PostgreSQL for the tests: {error}")


@pytest.fixture(scope="module")
def standby(primary: PostgresServer) -> Iterator[PostgresServer]:
    server = Standby(primary)
    try:
        server.start()
    except NoServerError as error:
        pytest.skip(f"no standby for the tests: {error}")
    yield server
    server.stop()


def test_a_command_that_writes_is_refused_on_a_machine_that_reads(
    standby: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = Commands(standby.url("test_1"), tmp_path)
    monkeypatch.setenv("AMO_READ_ONLY", "yes")
    for words in ("init", "user add amina --roles redacteur --link", "draft submit 1 --as amina"):
        refused = commands.run(*words.split())
        assert refused.exit_code == 1 and "only reads" in refused.stderr, refused.output
    assert commands.json("key", "list") == []


def test_the_server_itself_refuses_to_write_for_a_machine_that_reads(primary: PostgresServer) -> None:
    engine = open_engine(reading_only(primary.url("test_1")))
    with pytest.raises(sa.exc.InternalError, match="read-only"), engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE written (n int)"))
    assert replication(engine) is None
    engine.dispose()


def test_a_machine_that_reads_follows_its_primary_and_outlives_it(
    primary: PostgresServer, standby: PostgresServer, tmp_path: Path
) -> None:
    port = free_port()
    command = (*GRANIAN, "--port", str(port), "--workers", "2", "--threads", "4", "--read-only")
    with running(command, port, tmp_path / "reader", AMO_DATABASE_URL=standby.url("test_1")) as machine:
        assert machine.release() == 1
        ready = machine.json("/readyz")
        assert ready["replica"] == {"streaming": True, "lag_seconds": 0.0}
        status, text = machine.ask("/admin/")
        assert status == 503 and "machine principale" in text
        _publish_rise(primary)
        wait_until(lambda: machine.release() == 2, "the release published on the primary")
        primary.stop()
        told = machine.json("/readyz")
        assert (told["status"], told["release"], told["replica"]["streaming"]) == ("ready", 2, False)
        assert machine.release() == 2


def _publish_rise(primary: PostgresServer) -> None:
    engine = open_engine(primary.url("test_1"))
    with writing(engine) as session:
        publish_changes(session, rise(), label=None, legal_act=RISE, published_at=NOW)
    engine.dispose()
