"""A workshop over a small published catalogue, on either database."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from catalog.registry import KINDS
from catalog.snapshots.building import build
from catalog.snapshots.reading import Snapshot
from tests.api.catalogue import publish_all


@pytest.fixture
def published(database_url: str) -> None:
    publish_all(database_url, upto=1)


@pytest.fixture
def snapshot(published: None, session: Session) -> Snapshot:
    return Snapshot(build(session, KINDS), KINDS)
