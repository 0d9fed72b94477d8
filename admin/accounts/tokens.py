"""Random words for links, sessions and keys, and the digests that are kept of them."""

from __future__ import annotations

import secrets
from hashlib import sha256

BYTES = 32
"""256 bits: nobody guesses one, so that a plain SHA-256 is digest enough."""


def new_token() -> str:
    return secrets.token_urlsafe(BYTES)


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()
