"""A console over a catalogue of each test's own, with one account a role."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from admin.accounts.verbs import add_account
from catalog.database import open_engine, writing
from catalog.registry import KINDS
from catalog.snapshots.store import SnapshotStore
from service import create_app
from service.settings import Settings
from tests.admin.desk import PASSWORD, PEOPLE, Desk
from tests.api.catalogue import NOW, publish_all
from tests.databases import copy_sqlite


@pytest.fixture(scope="session")
def furnished(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published catalogue with its accounts and its snapshot, to copy."""
    folder = tmp_path_factory.mktemp("furnished")
    url = copy_sqlite(sqlite_template, folder)
    publish_all(url)
    engine = open_engine(url)
    with writing(engine) as session:
        for name, role in PEOPLE.items():
            add_account(session, name, password=PASSWORD, roles=[role], at=NOW, full_name=name.capitalize())
    with writing(engine) as session:
        SnapshotStore(folder / "snapshots", KINDS).refresh(session)
    engine.dispose()
    return folder


@pytest.fixture
def desk(furnished: Path, tmp_path: Path) -> Desk:
    """The console, writable, over a copy that is this test's own."""
    return open_desk(furnished, tmp_path)


@pytest.fixture(scope="module")
def shared_desk(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The same for the tests of a module that only read."""
    return open_desk(furnished, tmp_path_factory.mktemp("desk"))


def open_desk(furnished: Path, folder: Path, clock: Callable[[], object] = lambda: NOW) -> Desk:
    import shutil

    shutil.copytree(furnished, folder, dirs_exist_ok=True)
    (url,) = [f"sqlite:///{path}" for path in folder.glob("*.sqlite")]
    settings = Settings(database_url=url, data_dir=folder, log_level="ERROR")
    return Desk(create_app(settings, clock=clock))  # type: ignore[arg-type]
