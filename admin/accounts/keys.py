"""Machine keys: a program's way in, with scopes. Shown once; what is kept cannot be turned back into a key."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from hmac import compare_digest

import sqlalchemy as sa
from sqlalchemy.orm import Session

from admin.accounts.errors import UnknownKeyError
from admin.accounts.models import MachineKey
from admin.accounts.tokens import digest_of, new_token
from catalog.errors import InvalidError
from catalog.journal import record

MARK = "amo"
"""Every key begins with it, so that a forgotten one is recognised in a file."""
SCOPES = {"journal:lecture": "Lire le journal"}
LONGEST_LABEL = 100
USE_NOTED_EVERY = timedelta(minutes=1)
"""How exactly the last use is kept: not every request writes."""


def issue_key(
    session: Session, *, label: str, scopes: Collection[str], at: datetime, by: str, expires_at: datetime | None = None
) -> tuple[MachineKey, str]:
    """A new key and its text, told this once. Raises InvalidError for a label, scope or expiry that will not do."""
    told = " ".join(label.split())
    if not told or len(told) > LONGEST_LABEL:
        raise InvalidError(f"A machine key needs a label of at most {LONGEST_LABEL} characters: what it is for.")
    if expires_at is not None and expires_at <= at:
        raise InvalidError("A machine key must expire after it is made.")
    prefix = secrets.token_hex(4)
    text = f"{MARK}_{prefix}_{new_token()}"
    key = MachineKey(
        prefix=prefix,
        digest=digest_of(text),
        label=told,
        scopes=" ".join(parse_scopes(scopes)),
        made_by=by,
        created_at=at,
        expires_at=expires_at,
    )
    session.add(key)
    session.flush()
    _note(session, key, "key.issued", at, by)
    return key, text


def parse_scopes(scopes: Collection[str]) -> list[str]:
    """Scopes in their canonical order. Raises InvalidError for one that does not exist, or for none."""
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise InvalidError(f"Scopes are {', '.join(SCOPES)}; found {', '.join(unknown) or 'none'}.")
    return [scope for scope in SCOPES if scope in scopes]


def find_key(session: Session, text: str, scope: str, at: datetime) -> MachineKey | None:
    """The key with this text if it is good for the scope at that instant, else None."""
    mark, _, rest = text.partition("_")
    key = session.get(MachineKey, rest.partition("_")[0]) if mark == MARK else None
    kept = key.digest if key is not None else digest_of("")
    is_same = compare_digest(kept, digest_of(text))
    if key is None or not is_same or not key.is_usable(at) or scope not in key.held_scopes:
        return None
    return key


def note_use(session: Session, key: MachineKey, at: datetime) -> None:
    """Keeps when a key was last used, to the minute. Needs a writing session."""
    before = sa.or_(MachineKey.last_used_at.is_(None), MachineKey.last_used_at <= at - USE_NOTED_EVERY)
    session.execute(sa.update(MachineKey).where(MachineKey.prefix == key.prefix, before).values(last_used_at=at))


def is_use_due(key: MachineKey, at: datetime) -> bool:
    return key.last_used_at is None or key.last_used_at <= at - USE_NOTED_EVERY


def revoke_key(session: Session, prefix: str, *, at: datetime, by: str) -> MachineKey:
    """Closes a key for good. Raises UnknownKeyError."""
    key = session.get(MachineKey, prefix)
    if key is None:
        raise UnknownKeyError(prefix)
    if key.revoked_at is None:
        key.revoked_at, key.revoked_by = at, by
        session.flush()
        _note(session, key, "key.revoked", at, by)
    return key


def keys(session: Session) -> list[MachineKey]:
    """All of them, the newest first."""
    return list(session.scalars(sa.select(MachineKey).order_by(MachineKey.created_at.desc(), MachineKey.prefix)))


def _note(session: Session, key: MachineKey, action: str, at: datetime, by: str) -> None:
    after = {"label": key.label, "scopes": key.scopes}
    record(session, at=at, actor=by, action=action, subject=f"key {key.prefix}", after=after)
