"""What needs no database: passwords, locks, addresses to go on to, roles from outside, the code as a picture."""

from __future__ import annotations

from datetime import timedelta

import pytest

from admin.accounts.attempts import LONGEST_LOCK, lock_after
from admin.accounts.errors import OutsideAccountError, PasswordError
from admin.accounts.outside import read_claims, read_roles
from admin.accounts.passwords import LONGEST_PASSWORD, hash_password, matches, renewed
from admin.accounts.roles import VERBS, Role, may
from admin.signing.addresses import is_ours
from admin.signing.my_account import picture_of

PASSWORD = "une phrase de passe longue"


def test_a_password_matches_itself_and_nothing_else() -> None:
    kept = hash_password(PASSWORD, "amina")
    assert kept.startswith("$argon2id$")
    assert matches(kept, PASSWORD)
    assert not matches(kept, PASSWORD + " ")
    assert not matches("", PASSWORD)
    assert not matches("no digest at all", PASSWORD)


def test_a_password_is_not_cut() -> None:
    longest = "abcde" * 51 + "f"
    assert len(longest) == LONGEST_PASSWORD
    kept = hash_password(longest, "amina")
    assert matches(kept, longest)
    assert not matches(kept, longest + "g")


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaaa", "abababababab", "AMINA et ses amis", "x" * 300])
def test_a_poor_password_is_refused(password: str) -> None:
    with pytest.raises(PasswordError):
        hash_password(password, "amina")


def test_a_digest_of_other_parameters_is_renewed() -> None:
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    stronger = renewed(weak, PASSWORD)
    assert stronger is not None and matches(stronger, PASSWORD)
    assert renewed(stronger, PASSWORD) is None


def test_locks_begin_at_the_fifth_failure_and_double_up_to_an_hour() -> None:
    assert [lock_after(number) for number in (0, 1, 4)] == [None, None, None]
    assert [lock_after(number) for number in (5, 6, 7)] == [timedelta(minutes=minutes) for minutes in (1, 2, 4)]
    assert lock_after(11) == lock_after(10**6) == LONGEST_LOCK


@pytest.mark.parametrize(
    "address",
    ["/admin/", "/admin/versions/3?draft=2", "/admin/fiches/medicaments/6118000100058?as_of=2014-07-01#prix"],
)
def test_pages_of_the_console_are_gone_on_to(address: str) -> None:
    assert is_ours(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/admin/", "//example.org/admin/", "/\\example.org", "/admin/\\..\\..", "/admin", "/", "",
        "/admin/../api", "javascript:alert(1)", "/admin/\n//example.org", "/admin/\t", " /admin/", "/api/v1/",
        "///admin/", "http:/admin/",
    ],
)  # fmt: skip
def test_other_addresses_are_not(address: str) -> None:
    assert not is_ours(address)


def test_each_role_does_its_own_and_the_administrator_all() -> None:
    assert may(frozenset({"redacteur"}), "write drafts")
    assert not may(frozenset({"redacteur"}), "approve drafts")
    assert not may(frozenset({"editeur", "valideur", "redacteur", "lecteur"}), "manage keys")
    assert all(may(frozenset({"administrateur"}), verb) for verb in VERBS)
    assert not any(may(frozenset(), verb) for verb in VERBS)
    assert not may(frozenset({"lecteur"}), "read journal")


def test_roles_of_a_claim_are_those_that_exist_here() -> None:
    assert read_roles(["valideur", "boss", 7, None]) == ("valideur",)
    assert read_roles("editeur redacteur") == ("redacteur", "editeur")
    assert read_roles(None) == read_roles({"valideur": True}) == read_roles("administrateurs") == ()
    assert Role.VALIDEUR in read_claims({"sub": "1", "roles": ["valideur"]}, "https://id.example", "roles").roles


def test_a_claim_without_subject_names_nobody() -> None:
    with pytest.raises(OutsideAccountError):
        read_claims({"preferred_username": "amina", "roles": ["valideur"]}, "https://id.example", "roles")


def test_the_picture_of_a_code_needs_no_inline_style() -> None:
    drawn = picture_of("otpauth://totp/x?secret=ABC")
    assert drawn.startswith("<svg ") and 'aria-label="' in drawn
    assert "style" not in drawn and "<script" not in drawn
