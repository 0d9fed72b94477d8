"""Accounts in a database of either make."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from admin.accounts import passwords
from admin.accounts.models import Account
from admin.accounts.verbs import add_account
from tests.integration.accounts.people import NOW, PASSWORD


@pytest.fixture(autouse=True)
def quick_digests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Digests that are slow on purpose are tried in the unit tests."""
    quick = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", quick)
    monkeypatch.setattr(passwords, "_nobody", quick.hash("nobody"))


@pytest.fixture
def amina(session: Session) -> Account:
    return add_account(session, "amina", password=PASSWORD, roles=["redacteur"], at=NOW)


@pytest.fixture
def admin(session: Session) -> Account:
    return add_account(session, "admin", password=PASSWORD, roles=["administrateur"], at=NOW)
