"""A console with a clock to move."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.admin.conftest import open_desk
from tests.admin.desk import Desk
from tests.admin.signing.desks import MovingClock, Visitor, visitor


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def door(furnished: Path, tmp_path: Path, clock: MovingClock) -> Desk:
    return open_desk(furnished, tmp_path, clock)


@pytest.fixture
def guest(door: Desk) -> Visitor:
    """Somebody at the door who has not signed in."""
    return visitor(door)
