"""Signing in by password: counted, locked out, and silent about who exists."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from admin.accounts.attempts import FREE_FAILURES, LONGEST_LOCK, Outcome, settle_code
from admin.accounts.models import Account, SignInFailure
from admin.accounts.second_factor import take_code
from admin.accounts.verbs import disable, enable, unlock
from tests.integration.accounts.people import MINUTE, NOW, PASSWORD, actions, enrol, knock


def test_the_right_password_signs_in(session: Session, amina: Account) -> None:
    verdict = knock(session, "amina", PASSWORD)
    assert verdict.outcome is Outcome.SIGNED_IN
    assert amina.signed_in_at == NOW
    assert actions(session)[-1] == "account.signed_in"


def test_wrong_unknown_and_unopened_names_get_one_answer(session: Session, amina: Account, admin: Account) -> None:
    admin.password_hash = ""
    answers = {
        name: [knock(session, name, "wrong password").outcome for _ in range(FREE_FAILURES + 1)]
        for name in ("amina", "nobody", "admin")
    }
    assert answers["amina"] == answers["nobody"] == answers["admin"]
    assert answers["amina"][-2:] == [Outcome.LOCKED, Outcome.LOCKED]


def test_a_locked_name_is_refused_even_with_its_password_until_the_lock_ends(session: Session, amina: Account) -> None:
    for _ in range(FREE_FAILURES):
        verdict = knock(session, "amina", "wrong password")
    assert verdict.locked_until == NOW + MINUTE
    assert knock(session, "amina", PASSWORD, NOW + MINUTE / 2).outcome is Outcome.LOCKED
    assert knock(session, "amina", PASSWORD, NOW + MINUTE).outcome is Outcome.SIGNED_IN
    assert "account.locked" in actions(session)


def test_locks_grow_and_a_success_forgets_them(session: Session, amina: Account) -> None:
    at, locks = NOW, []
    for _ in range(FREE_FAILURES + 2):
        until = knock(session, "amina", "wrong password", at).locked_until
        if until is not None:
            locks.append(until - at)
            at = until
    assert locks == [MINUTE, 2 * MINUTE, 4 * MINUTE]
    assert knock(session, "amina", PASSWORD, at).outcome is Outcome.SIGNED_IN
    assert knock(session, "amina", "wrong password", at).outcome is Outcome.REFUSED


def test_an_attempt_while_locked_does_not_lengthen_the_lock(session: Session, amina: Account) -> None:
    for _ in range(FREE_FAILURES + 20):
        until = knock(session, "amina", "wrong password").locked_until
    assert until == NOW + MINUTE


def test_an_administrator_unlocks(session: Session, amina: Account) -> None:
    for _ in range(FREE_FAILURES):
        knock(session, "amina", "wrong password")
    unlock(session, "amina", at=NOW, by="admin")
    assert knock(session, "amina", PASSWORD).outcome is Outcome.SIGNED_IN


def test_old_failures_are_forgotten_and_impossible_names_not_kept(session: Session, amina: Account) -> None:
    knock(session, "nobody", "wrong password")
    knock(session, "x" * 5000, "wrong password")
    knock(session, "'; DROP TABLE account", "wrong password")
    assert list(session.scalars(sa.select(SignInFailure.name))) == ["nobody"]
    knock(session, "amina", "wrong password", NOW + timedelta(days=1, seconds=1))
    assert list(session.scalars(sa.select(SignInFailure.name))) == ["amina"]
    assert timedelta(days=1) > LONGEST_LOCK


def test_a_disabled_account_is_refused_like_a_wrong_password(session: Session, amina: Account, admin: Account) -> None:
    disable(session, "amina", at=NOW)
    assert knock(session, "amina", PASSWORD).outcome is Outcome.REFUSED
    enable(session, "amina", at=NOW)
    assert knock(session, "amina", PASSWORD).outcome is Outcome.SIGNED_IN


def test_a_digest_of_old_parameters_is_renewed_at_sign_in(session: Session, amina: Account) -> None:
    amina.password_hash = old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    knock(session, "amina", "wrong password")
    assert amina.password_hash == old
    knock(session, "amina", PASSWORD)
    assert amina.password_hash != old
    assert knock(session, "amina", PASSWORD).outcome is Outcome.SIGNED_IN


def test_with_a_second_factor_the_password_is_half_the_way(session: Session, amina: Account) -> None:
    telephone, _ = enrol(session, amina)
    verdict = knock(session, "amina", PASSWORD)
    assert verdict.outcome is Outcome.SECOND_STEP
    later = NOW + MINUTE
    assert settle_code(session, "amina", amina.stamp, "000000", at=later).outcome is Outcome.REFUSED
    assert settle_code(session, "amina", "another stamp", telephone.at(later), at=later).outcome is Outcome.REFUSED
    assert settle_code(session, "amina", amina.stamp, telephone.at(later), at=later).outcome is Outcome.SIGNED_IN


def test_wrong_codes_lock_too(session: Session, amina: Account) -> None:
    telephone, _ = enrol(session, amina)
    later = NOW + MINUTE
    outcomes = [settle_code(session, "amina", amina.stamp, "12345", at=later).outcome for _ in range(FREE_FAILURES)]
    assert outcomes[-1] is Outcome.LOCKED
    assert settle_code(session, "amina", amina.stamp, telephone.at(later), at=later).outcome is Outcome.LOCKED
    assert knock(session, "amina", PASSWORD, later).outcome is Outcome.LOCKED


def test_a_code_is_taken_once_and_only_near_its_time(session: Session, amina: Account) -> None:
    telephone, _ = enrol(session, amina)
    assert take_code(session, amina, telephone.at(NOW), at=NOW) is None, "spent by the enrolment"
    later = NOW + 10 * MINUTE
    session.refresh(amina)
    for early in (-90, 90):
        assert take_code(session, amina, telephone.at(later + timedelta(seconds=early)), at=later) is None
    assert take_code(session, amina, telephone.at(later + timedelta(seconds=30)), at=later) == "totp"
    assert take_code(session, amina, telephone.at(later + timedelta(seconds=30)), at=later) is None
    assert take_code(session, amina, telephone.at(later), at=later) is None, "older than the one taken"


def test_a_recovery_code_works_once_for_its_own_account(session: Session, amina: Account, admin: Account) -> None:
    _, codes = enrol(session, amina)
    assert len(set(codes)) == 10
    assert take_code(session, admin, codes[0], at=NOW) is None
    assert take_code(session, amina, codes[0].upper().replace("-", " "), at=NOW) == "recovery code"
    assert take_code(session, amina, codes[0], at=NOW) is None
    assert take_code(session, amina, codes[1], at=NOW) == "recovery code"
