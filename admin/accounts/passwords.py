"""Passwords: what will do, and their argon2id digests."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from admin.accounts.errors import PasswordError

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
"""A limit on the work that a stranger can ask for."""
FEWEST_CHARACTERS = 5

_hasher = PasswordHasher()
_nobody = _hasher.hash("nobody signs in with this")


def hash_password(password: str, name: str) -> str:
    """The digest to keep. Raises PasswordError for a password too short, too plain, or that holds the name."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordError(f"A password has at least {SHORTEST_PASSWORD} characters.")
    if len(password) > LONGEST_PASSWORD:
        raise PasswordError(f"A password has at most {LONGEST_PASSWORD} characters.")
    if len(set(password)) < FEWEST_CHARACTERS or name.casefold() in password.casefold():
        raise PasswordError("A password does not repeat a few characters, nor hold the account's name.")
    return _hasher.hash(password)


def matches(password_hash: str, password: str) -> bool:
    """Whether this is the password. Takes as long where there is no account or no password: pass ''."""
    try:
        is_same = _hasher.verify(password_hash or _nobody, password[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False
    return is_same and bool(password_hash) and len(password) <= LONGEST_PASSWORD


def renewed(password_hash: str, password: str) -> str | None:
    """The digest under today's parameters when they have changed since it was made."""
    return _hasher.hash(password) if _hasher.check_needs_rehash(password_hash) else None
