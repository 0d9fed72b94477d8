"""Writing the journal, within the transaction of what it tells: both are kept, or neither."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import InvalidError
from catalog.journal.models import GENESIS, JournalEntry
from catalog.kinds import canonical_json
from catalog.releases.locking import take_lock
from catalog.temporal import format_instant

FORMAT = "amo-journal-1"
_ACTION = re.compile(r"^[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*)+$", re.ASCII)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def record(
    session: Session,
    *,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    before: Any = None,
    after: Any = None,
    detail: Any = None,
) -> int:
    """Adds one entry and answers its number.

    ``action`` is a dotted word such as ``draft.staged``, ``subject`` what it was done to, such as ``draft 12``;
    ``before``, ``after`` and ``detail`` are small values that JSON can hold. Nothing secret may be among them: the
    entry can never be taken back. Raises InvalidError.
    """
    told: dict[str, Any] = {
        "at": at,
        "actor": _named(actor, "an actor"),
        "action": action,
        "subject": _named(subject, "a subject"),
        "before": _text(before),
        "after": _text(after),
        "detail": _text(detail),
    }
    if not _ACTION.match(action):
        raise InvalidError(f"{action!r} is not an action of the journal, such as draft.staged.")
    take_lock(session)
    head = last_entry(session)
    row = told | {"seq": head.seq + 1 if head else 1, "prev_digest": head.digest if head else GENESIS}
    row["digest"] = entry_digest(**row)
    session.execute(sa.insert(JournalEntry), [row])
    return int(row["seq"])


def last_entry(session: Session) -> JournalEntry | None:
    """The newest entry; None in an empty journal."""
    return session.scalars(sa.select(JournalEntry).order_by(JournalEntry.seq.desc()).limit(1)).first()


def entry_digest(
    *,
    seq: int,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    before: str | None,
    after: str | None,
    detail: str | None,
    prev_digest: str,
) -> str:
    """SHA-256 of ``amo-journal-1|`` and the JSON array of an entry's values, in this order.

    The array is canonical (no spaces, UTF-8), the instant is RFC 3339 in UTC, and the three JSON texts are strings in
    it, or null. The digest of the entry before it is the last value: that is the chain.
    """
    text = canonical_json(
        [seq, format_instant(at), actor, action, subject, before, after, detail, prev_digest],
    )
    return hashlib.sha256(f"{FORMAT}|{text}".encode()).hexdigest()


def _named(text: str, what: str) -> str:
    told = text.strip()
    if not told or _UNSTORABLE.search(told):
        raise InvalidError(f"The journal needs {what}, as plain text.")
    return told


def _text(value: Any) -> str | None:
    if value is None:
        return None
    try:
        text = canonical_json(value)
        text.encode()
    except (TypeError, ValueError) as error:
        raise InvalidError(f"The journal cannot hold {value!r}: {error}.") from None
    return text
