"""What is done with accounts: add, give roles, disable, and ask whether someone may do a thing."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from admin.accounts.errors import (
    AccountDisabledError,
    AccountExistsError,
    AccountNameError,
    LastAdministratorError,
    ReservedNameError,
    SignsInElsewhereError,
    UnknownAccountError,
)
from admin.accounts.models import Account, SignInFailure
from admin.accounts.passwords import hash_password
from admin.accounts.roles import VERBS, Role, may, parse_roles, roles_for
from catalog.errors import NotAllowedError
from catalog.journal import record

__all__ = ["VERBS", "Role", "accounts", "add_account", "check_may", "disable", "find_account", "set_roles"]

_NAME = re.compile(r"^[a-z0-9][a-z0-9._@-]{1,63}\Z", re.ASCII)
OPERATOR = "cli"
"""Who acts when the command line names nobody: whoever holds the machine."""
PACK = "reference-pack"
"""How the actors begin who publish the reference pack."""
FIRST = "administrateur"
"""The account made with the catalogue, without password."""


def add_account(
    session: Session,
    name: str,
    *,
    roles: Collection[str],
    at: datetime,
    password: str | None = None,
    full_name: str = "",
    by: str = OPERATOR,
) -> Account:
    """A new account, closed until a one-time link opens it when no password is given.

    Raises AccountNameError (ReservedNameError among them), PasswordError, AccountExistsError, InvalidError for roles
    that do not exist.
    """
    check_new_name(name)
    if session.get(Account, name) is not None:
        raise AccountExistsError(name)
    account = Account(
        name=name,
        full_name=" ".join(full_name.split()) or name,
        roles=" ".join(parse_roles(roles)),
        password_hash=hash_password(password, name) if password is not None else "",
        is_disabled=False,
        created_at=at,
        stamp=new_stamp(),
    )
    session.add(account)
    session.flush()
    note(session, account, "account.added", at=at, by=by, after={"roles": account.roles})
    return account


def check_name(name: str) -> None:
    if not _NAME.match(name):
        raise AccountNameError(name)


def check_new_name(name: str) -> None:
    """Raises AccountNameError; ReservedNameError for a name under which the program itself acts in the journal."""
    check_name(name)
    if name == OPERATOR or name.startswith(PACK):
        raise ReservedNameError(name)


def new_stamp() -> str:
    return secrets.token_hex(16)


def note(
    session: Session,
    account: Account,
    action: str,
    *,
    at: datetime,
    by: str,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Records what was done to an account; never a secret."""
    record(session, at=at, actor=by, action=action, subject=f"account {account.name}", before=before, after=after)


def find_account(session: Session, name: str) -> Account:
    account = session.get(Account, name)
    if account is None:
        raise UnknownAccountError(name)
    return account


def set_roles(session: Session, name: str, roles: Collection[str], *, at: datetime, by: str = OPERATOR) -> Account:
    """Gives these roles in place of those held, and ends the sessions. Raises LastAdministratorError."""
    account = find_account(session, name)
    given = " ".join(parse_roles(roles))
    if Role.ADMINISTRATEUR not in given.split():
        _check_not_last(session, account)
    if given != account.roles:
        note(session, account, "account.roles", at=at, by=by, before={"roles": account.roles}, after={"roles": given})
        account.roles, account.stamp = given, new_stamp()
    session.flush()
    return account


def disable(session: Session, name: str, *, at: datetime, by: str = OPERATOR) -> Account:
    """Closes an account and ends its sessions; what it did stays on record. Raises LastAdministratorError."""
    account = find_account(session, name)
    _check_not_last(session, account)
    if not account.is_disabled:
        account.is_disabled, account.stamp = True, new_stamp()
        note(session, account, "account.disabled", at=at, by=by)
    session.flush()
    return account


def enable(session: Session, name: str, *, at: datetime, by: str = OPERATOR) -> Account:
    """Opens a disabled account again."""
    account = find_account(session, name)
    if account.is_disabled:
        account.is_disabled, account.stamp = False, new_stamp()
        note(session, account, "account.enabled", at=at, by=by)
    session.flush()
    return account


def unlock(session: Session, name: str, *, at: datetime, by: str = OPERATOR) -> None:
    """Forgets the refused attempts at this name."""
    account = find_account(session, name)
    failure = session.get(SignInFailure, name)
    if failure is not None:
        session.delete(failure)
        note(session, account, "account.unlocked", at=at, by=by)
    session.flush()


def check_signs_in_here(account: Account) -> None:
    """Raises SignsInElsewhereError: a password here would outlive what the identity provider says."""
    if account.oidc_subject is not None:
        raise SignsInElsewhereError(account.name)


def set_password(session: Session, account: Account, password: str, *, at: datetime, by: str) -> None:
    """A new password; every session of the account ends. Raises PasswordError, SignsInElsewhereError."""
    check_signs_in_here(account)
    account.password_hash = hash_password(password, account.name)
    account.stamp = new_stamp()
    note(session, account, "account.password", at=at, by=by)
    session.flush()


def end_sessions(session: Session, name: str, *, at: datetime, by: str) -> Account:
    """Signs out everywhere."""
    account = find_account(session, name)
    account.stamp = new_stamp()
    note(session, account, "account.signed_out_everywhere", at=at, by=by)
    session.flush()
    return account


def accounts(session: Session) -> list[Account]:
    return list(session.scalars(sa.select(Account).order_by(Account.name)))


def is_peopled(session: Session) -> bool:
    """Whether there is any account beyond the first administrator's, as long as that was never opened."""
    used = sa.or_(Account.name != FIRST, Account.password_hash != "", Account.oidc_subject.is_not(None))
    return session.scalar(sa.select(Account.name).where(used).limit(1)) is not None


def check_may(session: Session, name: str, verb: str) -> bool:
    """Raises UnknownAccountError, AccountDisabledError or NotAllowedError; False where nobody has an account yet.

    Until then the command line takes names as given, an operator's record of who decided.
    """
    account = session.get(Account, name)
    if account is None:
        if is_peopled(session):
            raise UnknownAccountError(name)
        return False
    if account.is_disabled:
        raise AccountDisabledError(name)
    if not may(account.held_roles, verb):
        raise NotAllowedError(name, verb, roles_for(verb))
    return True


def _check_not_last(session: Session, account: Account) -> None:
    """Raises LastAdministratorError when nobody else could administer."""
    if not _administers(account):
        return
    if not any(_administers(other) for other in accounts(session) if other.name != account.name):
        raise LastAdministratorError(account.name)


def _administers(account: Account) -> bool:
    return account.can_sign_in and not account.is_disabled and Role.ADMINISTRATEUR in account.held_roles
