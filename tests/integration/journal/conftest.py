"""An editor's desk on either database."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.integration.truth.copies import BOTH
from tests.integration.truth.desk import ERRATUM, Desk, enacted


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """As everywhere, but PostgreSQL only among the slow tests."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def desk(session: Session) -> Desk:
    """Release 1 has brought the legal acts that later drafts cite."""
    made = Desk(session)
    made.publish(enacted(), enacted(ERRATUM))
    return made
