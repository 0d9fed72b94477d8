"""What the tests of accounts share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import sqlalchemy as sa
from sqlalchemy.orm import Session

from admin.accounts.attempts import Verdict, settle, weigh
from admin.accounts.models import Account
from admin.accounts.second_factor import begin_totp, confirm_totp
from catalog.journal.models import JournalEntry

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PASSWORD = "une phrase de passe longue"


def knock(session: Session, name: str, password: str, at: datetime = NOW) -> Verdict:
    """An attempt as the sign-in page makes it."""
    return settle(session, weigh(session, name, password), at=at)


def enrol(session: Session, account: Account, at: datetime = NOW) -> tuple[pyotp.TOTP, list[str]]:
    """A telephone for the account, and its recovery codes."""
    telephone = pyotp.TOTP(begin_totp(session, account.name))
    return telephone, confirm_totp(session, account.name, telephone.at(at), at=at)


def actions(session: Session) -> list[str]:
    return list(session.scalars(sa.select(JournalEntry.action).order_by(JournalEntry.seq)))
