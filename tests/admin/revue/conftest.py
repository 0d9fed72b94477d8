"""A desk with a draft to review: one price falls, one rises by more than a quarter, one medicine comes, one goes."""

from __future__ import annotations

import pytest

from tests.admin.desk import Desk
from tests.admin.revue.drafting import Drafting


@pytest.fixture
def drafting(desk: Desk) -> Drafting:
    return Drafting(desk)
