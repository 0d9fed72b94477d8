"""One Spark on this machine for all its tests, and a catalogue with retroactive releases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from catalog.database import open_engine, writing
from catalog.registry import KINDS
from catalog.snapshots.reading import Snapshot
from catalog.snapshots.store import POINTER, SnapshotStore
from tests.api.golden_catalogue import publish_golden
from tests.databases import copy_sqlite

SETTINGS = {
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.showConsoleProgress": "false",
    # Short work: the second compiler of Java would not pay for itself.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}


@dataclass(frozen=True)
class Published:
    """A catalogue: its snapshot, and the file that holds it."""

    snapshot: Snapshot
    path: Path


@pytest.fixture(scope="session")
def golden(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The bundled pack with its synthetic releases."""
    folder = tmp_path_factory.mktemp("golden")
    engine = open_engine(copy_sqlite(sqlite_template, folder))
    store = SnapshotStore(folder / "snapshots", KINDS)
    with writing(engine) as session:
        publish_golden(session)
        snapshot = store.refresh(session)
    engine.dispose()
    return Published(snapshot, store.directory / (store.directory / POINTER).read_text().strip())


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A Spark of two cores, without its pages."""
    if shutil.which("java") is None:
        pytest.skip("no Spark for the tests: there is no Java (Debian: default-jre-headless)")
    pytest.importorskip("pyspark", reason="no Spark for the tests: pip install 'amo-catalog[spark]'")
    from catalog.pricing.spark.session import open_spark

    session = open_spark("local[2]", SETTINGS)
    yield session
    session.stop()
