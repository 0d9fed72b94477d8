"""People whom an identity provider (OpenID Connect) vouches for: their account is made and kept from its claims."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from admin.accounts.attempts import welcome
from admin.accounts.errors import AccountDisabledError, AccountNameError, OutsideAccountError
from admin.accounts.models import Account
from admin.accounts.roles import Role
from admin.accounts.verbs import add_account, check_new_name, new_stamp, note


@dataclass(frozen=True)
class Vouched:
    """Who the provider says it is. ``roles`` are those of its words that are roles here."""

    issuer: str
    subject: str
    name: str
    full_name: str
    roles: tuple[str, ...]


def read_claims(claims: Mapping[str, Any], issuer: str, roles_claim: str) -> Vouched:
    """Reads an identity token. Raises OutsideAccountError when it names nobody."""
    subject = str(claims.get("sub") or "")
    if not subject:
        raise OutsideAccountError("The identity provider names nobody.")
    name = str(claims.get("preferred_username") or claims.get("email") or "").strip().lower()
    return Vouched(issuer, subject, name, str(claims.get("name") or name), read_roles(claims.get(roles_claim)))


def read_roles(said: object) -> tuple[str, ...]:
    """The roles among the words of a claim, a list or a text; other words mean nothing here."""
    words: Collection[object] = said.split() if isinstance(said, str) else said if isinstance(said, list) else ()
    return tuple(role.value for role in Role if role.value in words)


def admit(session: Session, vouched: Vouched, *, at: datetime) -> Account:
    """The account of a person vouched for, its roles brought to what the provider says; made when there is none.

    An account of this project with the same name is never taken over. Raises OutsideAccountError,
    AccountDisabledError.
    """
    if not vouched.roles:
        raise OutsideAccountError(f"The identity provider gives {vouched.name or vouched.subject} no role here.")
    known = session.scalar(
        sa.select(Account).where(Account.oidc_issuer == vouched.issuer, Account.oidc_subject == vouched.subject)
    )
    account = known if known is not None else _open(session, vouched, at)
    if account.is_disabled:
        raise AccountDisabledError(account.name)
    _bring_roles(session, account, vouched, at)
    welcome(session, account, at=at, how="oidc")
    return account


def _open(session: Session, vouched: Vouched, at: datetime) -> Account:
    try:
        check_new_name(vouched.name)
    except AccountNameError as error:
        raise OutsideAccountError(f"No account can be opened: {error}") from None
    if session.get(Account, vouched.name) is not None:
        raise OutsideAccountError(f"An account named {vouched.name!r} exists already and is somebody's own.")
    account = add_account(
        session, vouched.name, roles=vouched.roles, at=at, full_name=vouched.full_name, by=vouched.name
    )
    account.oidc_issuer, account.oidc_subject = vouched.issuer, vouched.subject
    session.flush()
    return account


def _bring_roles(session: Session, account: Account, vouched: Vouched, at: datetime) -> None:
    given = " ".join(vouched.roles)
    if given != account.roles:
        before, after = {"roles": account.roles}, {"roles": given, "from": "oidc"}
        note(session, account, "account.roles", at=at, by=account.name, before=before, after=after)
        account.roles, account.stamp = given, new_stamp()
