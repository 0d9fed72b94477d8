"""One-time links: how a person takes possession of an account, or sets a forgotten password."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from admin.accounts.errors import LinkSpentError
from admin.accounts.models import Account, SignInFailure, SignInLink
from admin.accounts.roles import Role
from admin.accounts.tokens import digest_of, new_token
from admin.accounts.verbs import FIRST, add_account, check_signs_in_here, find_account, note, set_password

LIFETIME = timedelta(hours=24)


def make_link(session: Session, name: str, *, at: datetime, by: str) -> str:
    """A token that is good once, for a day; those given before are spent.

    Raises UnknownAccountError, SignsInElsewhereError.
    """
    account = find_account(session, name)
    check_signs_in_here(account)
    session.execute(sa.delete(SignInLink).where(SignInLink.account == name))
    token = new_token()
    session.add(SignInLink(digest=digest_of(token), account=name, created_at=at, expires_at=at + LIFETIME))
    session.flush()
    note(session, account, "account.link", at=at, by=by)
    return token


def find_link(session: Session, token: str, at: datetime) -> Account:
    """Whose link it is; the link stays good. Raises LinkSpentError."""
    link = session.get(SignInLink, digest_of(token))
    if link is None or link.used_at is not None or at >= link.expires_at:
        raise LinkSpentError
    account = find_account(session, link.account)
    if account.is_disabled:
        raise LinkSpentError
    return account


def use_link(session: Session, token: str, password: str, *, at: datetime) -> Account:
    """Sets the password and spends the link. Raises LinkSpentError, or PasswordError and the link stays good."""
    account = find_link(session, token, at)
    set_password(session, account, password, at=at, by=account.name)
    spent = sa.update(SignInLink).where(SignInLink.digest == digest_of(token), SignInLink.used_at.is_(None))
    if session.execute(spent.values(used_at=at)).rowcount != 1:  # type: ignore[attr-defined]
        raise LinkSpentError
    session.execute(sa.delete(SignInFailure).where(SignInFailure.name == account.name))
    session.flush()
    return account


def offer_first_link(session: Session, *, at: datetime, by: str) -> str | None:
    """A fresh link for the first administrator, whose account is made on a catalogue that has none.

    None as soon as anybody else has an account, or this one was opened.
    """
    if session.scalar(sa.select(Account.name).limit(1)) is None:
        add_account(session, FIRST, roles=[Role.ADMINISTRATEUR], at=at, full_name="Administrateur", by=by)
    first = session.get(Account, FIRST)
    if first is None or first.can_sign_in or first.is_disabled:
        return None
    return make_link(session, FIRST, at=at, by=by)
