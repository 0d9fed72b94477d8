"""A draft of the redacteur, open."""

from __future__ import annotations

import pytest

from tests.admin.desk import Desk
from tests.admin.drafts.working import Work, open_work


@pytest.fixture
def work(desk: Desk) -> Work:
    return open_work(desk)
