"""Loaders and commands on a fresh database of either make."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.integration.imports.catalogues import Commands, Loader


@pytest.fixture
def loader(engine: sa.Engine) -> Loader:
    return Loader(engine)


@pytest.fixture
def commands(database_url: str, tmp_path: Path) -> Commands:
    return Commands(database_url, tmp_path / "data")
