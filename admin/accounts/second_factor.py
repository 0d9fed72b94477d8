"""The second factor: codes of a telephone (TOTP, RFC 6238), and recovery codes for when it is lost."""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from hmac import compare_digest

import pyotp
import sqlalchemy as sa
from sqlalchemy.orm import Session

from admin.accounts.errors import SecondFactorOnError, WrongCodeError, WrongPasswordError
from admin.accounts.models import Account, RecoveryCode
from admin.accounts.tokens import digest_of
from admin.accounts.verbs import check_signs_in_here, find_account, new_stamp, note

ISSUER = "Référentiel AMO"
STEP_SECONDS = 30
DRIFT = 1
"""Steps a telephone's clock may be early or late."""
RECOVERY_CODES = 10
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letter that is read as another."""
_GROUPS, _GROUP = 4, 4


def begin_totp(session: Session, name: str) -> str:
    """The secret to enrol, the same until it is confirmed. Raises SecondFactorOnError, SignsInElsewhereError."""
    account = find_account(session, name)
    check_signs_in_here(account)
    if account.has_totp:
        raise SecondFactorOnError(name)
    if account.totp_pending is None:
        account.totp_pending = pyotp.random_base32()
        session.flush()
    return account.totp_pending


def enrolment_address(account: Account) -> str:
    """The ``otpauth://`` address that the telephone reads from the picture."""
    assert account.totp_pending is not None
    return pyotp.TOTP(account.totp_pending).provisioning_uri(name=account.name, issuer_name=ISSUER)


def confirm_totp(session: Session, name: str, code: str, *, at: datetime) -> list[str]:
    """Turns the second factor on; answers the recovery codes, told this once. Raises WrongCodeError."""
    account = find_account(session, name)
    step = _step_of(account.totp_pending, code, at)
    if step is None:
        raise WrongCodeError
    account.totp_secret, account.totp_pending, account.totp_step = account.totp_pending, None, step
    account.stamp = new_stamp()
    note(session, account, "account.totp_on", at=at, by=name)
    return _renew_recovery_codes(session, account)


def drop_totp(session: Session, name: str, *, at: datetime, by: str, is_proved: bool = False) -> Account:
    """Turns it off: by an administrator, or by the person once proved again; else raises WrongPasswordError."""
    account = find_account(session, name)
    if by == name and not is_proved:
        raise WrongPasswordError
    account.totp_secret = account.totp_pending = None
    account.stamp = new_stamp()
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.account == name))
    note(session, account, "account.totp_off", at=at, by=by)
    session.flush()
    return account


def renew_recovery_codes(session: Session, name: str, *, at: datetime) -> list[str]:
    """Ten new ones in place of those left, for a person proved again (``attempts.confirm``)."""
    account = find_account(session, name)
    note(session, account, "account.recovery_codes", at=at, by=name)
    return _renew_recovery_codes(session, account)


def _renew_recovery_codes(session: Session, account: Account) -> list[str]:
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.account == account.name))
    codes = [_new_recovery_code() for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(digest=_digest(account, code), account=account.name) for code in codes)
    session.flush()
    return codes


def recovery_codes_left(session: Session, name: str) -> int:
    unused = sa.select(sa.func.count()).where(RecoveryCode.account == name, RecoveryCode.used_at.is_(None))
    return session.scalar(unused) or 0


def take_code(session: Session, account: Account, code: str, *, at: datetime) -> str | None:
    """How the code proves the person, ``totp`` or ``recovery code``, and spends it; None when it does not."""
    step = _step_of(account.totp_secret, code, at)
    if step is not None:
        return "totp" if _take_step(session, account, step) else None
    return "recovery code" if _take_recovery_code(session, account, code, at) else None


def _step_of(secret: str | None, code: str, at: datetime) -> int | None:
    """The step whose code this is, among those near the instant."""
    digits = re.sub(r"\s", "", code)
    if secret is None or not re.fullmatch(r"[0-9]{6}", digits):
        return None
    now, totp = int(at.timestamp()) // STEP_SECONDS, pyotp.TOTP(secret)
    steps = range(now - DRIFT, now + DRIFT + 1)
    return next((step for step in steps if compare_digest(totp.generate_otp(step), digits)), None)


def _take_step(session: Session, account: Account, step: int) -> bool:
    """Decided by the database, so that two requests cannot use one code."""
    fresh = sa.update(Account).where(Account.name == account.name, Account.totp_step < step).values(totp_step=step)
    return bool(session.execute(fresh).rowcount == 1)  # type: ignore[attr-defined]


def _take_recovery_code(session: Session, account: Account, code: str, at: datetime) -> bool:
    unused = sa.update(RecoveryCode).where(
        RecoveryCode.digest == _digest(account, code),
        RecoveryCode.account == account.name,
        RecoveryCode.used_at.is_(None),
    )
    return bool(session.execute(unused.values(used_at=at)).rowcount == 1)  # type: ignore[attr-defined]


def _new_recovery_code() -> str:
    """79 bits: enough that a plain digest cannot be searched."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))


def _digest(account: Account, code: str) -> str:
    plain = re.sub(r"[^a-z0-9]", "", code.lower())
    return digest_of(f"{account.name} {plain}")
