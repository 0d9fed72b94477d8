"""What is done with accounts: add, give roles, disable, and ask whether someone may do a thing."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from admin.accounts.models import Account
from catalog.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError

_NAME = re.compile(r"^[a-z0-9][a-z0-9._@-]{1,63}$", re.ASCII)
SHORTEST_PASSWORD = 12
_hasher = PasswordHasher()


class Role(StrEnum):
    """What a person may do; each role is given by name, none includes another but ``administrateur``."""

    LECTEUR = "lecteur"
    REDACTEUR = "redacteur"
    VALIDEUR = "valideur"
    EDITEUR = "editeur"
    ADMINISTRATEUR = "administrateur"


VERBS: dict[str, tuple[Role, ...]] = {
    "write drafts": (Role.REDACTEUR,),
    "submit drafts": (Role.REDACTEUR,),
    "approve drafts": (Role.VALIDEUR,),
    "reject drafts": (Role.VALIDEUR,),
    "publish": (Role.EDITEUR,),
}


class UnknownAccountError(NotFoundError):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is no account named {name!r}.")


class AccountExistsError(ConflictError):
    def __init__(self, name: str) -> None:
        super().__init__(f"An account named {name!r} exists already.")


class AccountDisabledError(ConflictError):
    def __init__(self, name: str) -> None:
        super().__init__(f"The account {name!r} is disabled.")


def add_account(
    session: Session, name: str, *, password: str, roles: Collection[str], at: datetime, full_name: str = ""
) -> Account:
    """A new account. Raises InvalidError for a name, role or password that will not do, AccountExistsError."""
    if not _NAME.match(name):
        raise InvalidError(f"{name!r} is not an account name: 2 to 64 lower-case letters, digits, . _ @ or -.")
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidError(f"A password has at least {SHORTEST_PASSWORD} characters.")
    if session.get(Account, name) is not None:
        raise AccountExistsError(name)
    account = Account(
        name=name,
        full_name=full_name or name,
        roles=" ".join(parse_roles(roles)),
        password_hash=_hasher.hash(password),
        is_disabled=False,
        created_at=at,
    )
    session.add(account)
    session.flush()
    return account


def parse_roles(roles: Collection[str]) -> list[str]:
    """Role names in their canonical order. Raises InvalidError for one that does not exist, or for none."""
    unknown = sorted(set(roles) - {role.value for role in Role})
    if unknown or not roles:
        raise InvalidError(f"Roles are {', '.join(Role)}; found {', '.join(unknown) or 'none'}.")
    return [role.value for role in Role if role.value in roles]


def find_account(session: Session, name: str) -> Account:
    account = session.get(Account, name)
    if account is None:
        raise UnknownAccountError(name)
    return account


def set_roles(session: Session, name: str, roles: Collection[str]) -> Account:
    account = find_account(session, name)
    account.roles = " ".join(parse_roles(roles))
    session.flush()
    return account


def disable(session: Session, name: str) -> Account:
    account = find_account(session, name)
    account.is_disabled = True
    session.flush()
    return account


def accounts(session: Session) -> list[Account]:
    return list(session.scalars(sa.select(Account).order_by(Account.name)))


def check_may(session: Session, name: str, verb: str) -> bool:
    """Raises NotAllowedError or AccountDisabledError when an account of that name may not; False where none exists.

    The command line accepts names without an account, as an operator's record of who decided.
    """
    account = session.get(Account, name)
    if account is None:
        return False
    if account.is_disabled:
        raise AccountDisabledError(name)
    allowed = VERBS[verb]
    if not account.held_roles & {*allowed, Role.ADMINISTRATEUR}:
        raise NotAllowedError(name, verb, [role.value for role in allowed])
    return True
