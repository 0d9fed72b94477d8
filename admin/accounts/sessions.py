"""Sessions of the console: who is behind a token, and until when."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from admin.accounts.models import Account, ConsoleSession
from admin.accounts.tokens import digest_of, new_token
from admin.accounts.verbs import note

LONGEST = timedelta(hours=12)
"""However busy, a session ends."""
IDLE = timedelta(minutes=30)
"""Without a request for that long, it ends too."""


def begin(session: Session, account: Account, *, at: datetime) -> str:
    """A new session; answers its token, told this once."""
    token = new_token()
    session.execute(sa.delete(ConsoleSession).where(ConsoleSession.began_at <= at - LONGEST))
    session.add(ConsoleSession(digest=digest_of(token), account=account.name, stamp=account.stamp, began_at=at))
    session.flush()
    return token


def find_person(session: Session, token: str, at: datetime) -> Account | None:
    """The account behind a token, unless the session is too old, was ended, or the account changed or is disabled."""
    begun = session.get(ConsoleSession, digest_of(token))
    if begun is None or at >= begun.began_at + LONGEST:
        return None
    account = session.get(Account, begun.account)
    if account is None or account.is_disabled or account.stamp != begun.stamp:
        return None
    return account


def end(session: Session, token: str, *, at: datetime) -> None:
    """Signs out: the token is worth nothing from now on, in whatever browser."""
    begun = session.get(ConsoleSession, digest_of(token))
    if begun is not None:
        account = session.get_one(Account, begun.account)
        session.delete(begun)
        note(session, account, "account.signed_out", at=at, by=account.name)
        session.flush()
