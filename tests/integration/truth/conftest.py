"""A desk of editors on either database, and readers of what it publishes."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from catalog.snapshots.store import SnapshotStore
from tests.integration.truth.copies import BOTH, Original, empty_original
from tests.integration.truth.desk import ERRATUM, FEW_KINDS, Desk, enacted


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """As everywhere, but PostgreSQL only among the slow tests: these are many, and each needs a database."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(scope="module", params=BOTH)
def original(request: pytest.FixtureRequest) -> Original:
    """A migrated, empty database to derive others from."""
    return empty_original(request, request.param)


@pytest.fixture
def bare_desk(session: Session) -> Desk:
    """Nothing is published yet."""
    return Desk(session)


@pytest.fixture
def desk(bare_desk: Desk) -> Desk:
    """Release 1 has brought the legal acts that later drafts cite."""
    bare_desk.publish(enacted(), enacted(ERRATUM))
    return bare_desk


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path / "snapshots", FEW_KINDS)
