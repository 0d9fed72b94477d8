"""An office on a database of either make."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.api.catalogue import publish_all
from tests.integration.commission.office import Office


@pytest.fixture
def office(database_url: str, session: Session) -> Office:
    publish_all(database_url)
    return Office(session)
