"""The tables of accounts, of what they sign in with, and of machine keys. Secrets are kept as digests only."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from catalog.orm import Base, Code, Instant


class Account(Base):
    """A person who may act on drafts. ``roles`` is a list of words; a ``password_hash`` of '' opens to nobody.

    ``stamp`` changes with everything that must end the sessions begun before it.
    """

    __tablename__ = "account"
    __table_args__ = (sa.Index("uq_account_oidc_subject", "oidc_issuer", "oidc_subject", unique=True),)

    name: Mapped[str] = mapped_column(Code, primary_key=True)
    full_name: Mapped[str] = mapped_column(sa.Text)
    roles: Mapped[str] = mapped_column(sa.Text)
    password_hash: Mapped[str] = mapped_column(sa.Text)
    is_disabled: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(Instant)
    stamp: Mapped[str] = mapped_column(sa.Text, default="0", server_default="0")
    signed_in_at: Mapped[datetime | None] = mapped_column(Instant)
    totp_secret: Mapped[str | None] = mapped_column(sa.Text)
    totp_pending: Mapped[str | None] = mapped_column(sa.Text)
    """Shown to the person, not yet confirmed by a code."""
    totp_step: Mapped[int] = mapped_column(sa.BigInteger, default=0, server_default="0")
    """The last step of 30 seconds whose code was taken: no code is taken twice."""
    oidc_issuer: Mapped[str | None] = mapped_column(sa.Text)
    oidc_subject: Mapped[str | None] = mapped_column(sa.Text)

    @property
    def held_roles(self) -> frozenset[str]:
        return frozenset(self.roles.split())

    @property
    def can_sign_in(self) -> bool:
        """Whether the person ever took possession of the account."""
        return bool(self.password_hash or self.oidc_subject)

    @property
    def has_totp(self) -> bool:
        return self.totp_secret is not None


class RecoveryCode(Base):
    """One use instead of a code of the telephone; ``digest`` is the SHA-256 of the code."""

    __tablename__ = "recovery_code"

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    account: Mapped[str] = mapped_column(Code, sa.ForeignKey("account.name"), index=True)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class SignInLink(Base):
    """A one-time link with which a person sets the password of an account; ``digest`` is the SHA-256 of its token."""

    __tablename__ = "sign_in_link"

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    account: Mapped[str] = mapped_column(Code, sa.ForeignKey("account.name"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class SignInFailure(Base):
    """Refused attempts by name since the last success, whether or not an account has that name."""

    __tablename__ = "sign_in_failure"

    name: Mapped[str] = mapped_column(Code, primary_key=True)
    failures: Mapped[int] = mapped_column(sa.Integer)
    failed_at: Mapped[datetime] = mapped_column(Instant)
    locked_until: Mapped[datetime | None] = mapped_column(Instant)


class ConsoleSession(Base):
    """A session of the console; it holds as long as its ``stamp`` is the account's."""

    __tablename__ = "console_session"

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    account: Mapped[str] = mapped_column(Code, sa.ForeignKey("account.name"), index=True)
    stamp: Mapped[str] = mapped_column(sa.Text)
    began_at: Mapped[datetime] = mapped_column(Instant)


class MachineKey(Base):
    """A key for a program. ``prefix`` finds it, ``digest`` (SHA-256 of the whole) proves it."""

    __tablename__ = "machine_key"

    prefix: Mapped[str] = mapped_column(Code, primary_key=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    label: Mapped[str] = mapped_column(sa.Text)
    scopes: Mapped[str] = mapped_column(sa.Text)
    made_by: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    last_used_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_by: Mapped[str | None] = mapped_column(sa.Text)

    @property
    def held_scopes(self) -> frozenset[str]:
        return frozenset(self.scopes.split())

    def is_usable(self, at: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)
