"""Loaders and commands on a fresh database of either make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from catalog.database import open_engine
from catalog.validation import Report
from tests.databases import copy_sqlite
from tests.integration.imports.catalogues import Commands, Loader
from tests.servers import PostgresServer

CNOPS = "gmr/ref-des-medicaments-cnops-2014.xlsx"


@dataclass(frozen=True)
class Loaded:
    """A catalogue of this test's own that holds the CNOPS list as its first release, and what its import told."""

    loader: Loader
    report: Report


def _load_once(url: str, shared: Path) -> Loaded:
    engine = open_engine(url)
    try:
        loader = Loader(engine)
        return Loaded(loader, loader.load("medicaments", shared / CNOPS))
    finally:
        engine.dispose()


@pytest.fixture(scope="session")
def sqlite_cnops(
    sqlite_template: Path, shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Loaded]:
    """Imported once, to be copied."""
    url = copy_sqlite(sqlite_template, tmp_path_factory.mktemp("cnops"))
    return Path(url.removeprefix("sqlite:///")), _load_once(url, shared_data)


@pytest.fixture(scope="session")
def postgres_cnops(postgres_server: PostgresServer, postgres_template: str, shared_data: Path) -> tuple[str, Loaded]:
    """Imported once, to be copied."""
    name = postgres_server.create_database(postgres_template)
    return name, _load_once(postgres_server.url(name), shared_data)


@pytest.fixture
def sqlite_loaded(sqlite_cnops: tuple[Path, Loaded], tmp_path: Path) -> tuple[str, Loaded]:
    return copy_sqlite(sqlite_cnops[0], tmp_path), sqlite_cnops[1]


@pytest.fixture
def postgres_loaded(
    postgres_server: PostgresServer, postgres_cnops: tuple[str, Loaded]
) -> Iterator[tuple[str, Loaded]]:
    name = postgres_server.create_database(postgres_cnops[0])
    yield postgres_server.url(name), postgres_cnops[1]
    postgres_server.drop_database(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def cnops(request: pytest.FixtureRequest) -> Iterator[Loaded]:
    """The CNOPS list, imported and published, on each make of database."""
    url, loaded = request.getfixturevalue(f"{request.param}_loaded")
    engine = open_engine(url)
    yield replace(loaded, loader=replace(loaded.loader, engine=engine))
    engine.dispose()


@pytest.fixture
def loader(engine: sa.Engine) -> Loader:
    return Loader(engine)


@pytest.fixture
def commands(database_url: str, tmp_path: Path) -> Commands:
    return Commands(database_url, tmp_path / "data")
