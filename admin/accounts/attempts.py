"""An attempt at signing in by password: judged in time that tells nothing, counted, and locked out when repeated."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

import sqlalchemy as sa
from sqlalchemy.orm import Session

from admin.accounts.models import Account, SignInFailure
from admin.accounts.passwords import matches, renewed
from admin.accounts.second_factor import take_code
from admin.accounts.verbs import check_name, find_account, note
from catalog.errors import InvalidError

FREE_FAILURES = 5
"""Refusals before the first lock."""
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=1)


class Outcome(Enum):
    """``SECOND_STEP``: the password is right, a code is asked for."""

    SIGNED_IN = auto()
    SECOND_STEP = auto()
    REFUSED = auto()
    LOCKED = auto()


@dataclass(frozen=True)
class Attempt:
    """What was found about a name and a password, before anything is written."""

    name: str
    is_right: bool
    new_hash: str | None = None


@dataclass(frozen=True)
class Verdict:
    """``account`` for SIGNED_IN and SECOND_STEP, ``locked_until`` for LOCKED."""

    outcome: Outcome
    account: Account | None = None
    locked_until: datetime | None = None


def weigh(session: Session, name: str, password: str) -> Attempt:
    """Compares; the same work whether or not the name exists, is disabled, or ever had a password."""
    account = session.get(Account, name)
    usable = account is not None and not account.is_disabled
    password_hash = account.password_hash if account is not None and usable else ""
    is_right = matches(password_hash, password)
    return Attempt(name, is_right, renewed(password_hash, password) if is_right else None)


def settle(session: Session, attempt: Attempt, *, at: datetime) -> Verdict:
    """Counts the attempt and says what it opens. A locked name is refused whatever the password."""
    until = locked_until(session, attempt.name, at)
    if until is not None:
        return Verdict(Outcome.LOCKED, locked_until=until)
    account = session.get(Account, attempt.name)
    if not attempt.is_right or account is None or account.is_disabled:
        return count_failure(session, attempt.name, at=at)
    if attempt.new_hash is not None:
        account.password_hash = attempt.new_hash
    if account.has_totp:
        return Verdict(Outcome.SECOND_STEP, account)
    return welcome(session, account, at=at)


def confirm(session: Session, attempt: Attempt, *, at: datetime) -> Verdict:
    """The password of somebody signed in, asked for again; wrong, it counts as at the door. Forgets no failure."""
    until = locked_until(session, attempt.name, at)
    if until is not None:
        return Verdict(Outcome.LOCKED, locked_until=until)
    if not attempt.is_right:
        return count_failure(session, attempt.name, at=at)
    return Verdict(Outcome.SIGNED_IN, find_account(session, attempt.name))


def settle_code(session: Session, name: str, stamp: str, code: str, *, at: datetime) -> Verdict:
    """The second step, for a password proved while the account had this stamp; counted like the first."""
    until = locked_until(session, name, at)
    if until is not None:
        return Verdict(Outcome.LOCKED, locked_until=until)
    account = session.get(Account, name)
    if account is None or account.is_disabled or account.stamp != stamp:
        return Verdict(Outcome.REFUSED)
    how = take_code(session, account, code, at=at)
    return welcome(session, account, at=at, how=how) if how else count_failure(session, name, at=at)


def welcome(session: Session, account: Account, *, at: datetime, how: str = "password") -> Verdict:
    """The account is proved: its failures are forgotten and the sign-in recorded."""
    session.execute(sa.delete(SignInFailure).where(SignInFailure.name == account.name))
    account.signed_in_at = at
    note(session, account, "account.signed_in", at=at, by=account.name, after={"how": how})
    session.flush()
    return Verdict(Outcome.SIGNED_IN, account)


def locked_until(session: Session, name: str, at: datetime) -> datetime | None:
    """Until when this name is locked, whether or not it exists; None when it is not."""
    failure = session.get(SignInFailure, name)
    until = failure.locked_until if failure else None
    return until if until is not None and at < until else None


def count_failure(session: Session, name: str, *, at: datetime) -> Verdict:
    """One more refusal; from the fifth on the name is locked, each time for twice as long."""
    session.execute(sa.delete(SignInFailure).where(SignInFailure.failed_at < at - FORGOTTEN_AFTER))
    if not _could_exist(name):
        return Verdict(Outcome.REFUSED)
    failure = _failures_of(session, name, at)
    failure.failures, failure.failed_at = failure.failures + 1, at
    lock = lock_after(failure.failures)
    failure.locked_until = at + lock if lock else None
    account = session.get(Account, name)
    if lock and account is not None:
        note(session, account, "account.locked", at=at, by=name, after={"failures": failure.failures})
    session.flush()
    return Verdict(Outcome.LOCKED, locked_until=failure.locked_until) if lock else Verdict(Outcome.REFUSED)


def _failures_of(session: Session, name: str, at: datetime) -> SignInFailure:
    """The count of a name, begun when there is none; attempts at once wait for each other."""
    if session.get(SignInFailure, name) is None:
        with suppress(sa.exc.IntegrityError), session.begin_nested():
            session.add(SignInFailure(name=name, failures=0, failed_at=at))
    return session.get_one(SignInFailure, name, with_for_update=True, populate_existing=True)


def lock_after(failures: int) -> timedelta | None:
    """How long a name is locked after that many refusals in a row."""
    if failures < FREE_FAILURES:
        return None
    longer: timedelta = FIRST_LOCK * 2 ** min(failures - FREE_FAILURES, 16)
    return min(longer, LONGEST_LOCK)


def _could_exist(name: str) -> bool:
    """No account can have another name, so that such attempts need no place in the database."""
    try:
        check_name(name)
    except InvalidError:
        return False
    return True
