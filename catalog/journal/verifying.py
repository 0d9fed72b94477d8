"""Proof of the journal: no number left out, every digest right, each entry bound to the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.journal.models import GENESIS, JournalEntry
from catalog.journal.recording import entry_digest


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as the next one knows it: its number and its digest."""

    seq: int
    digest: str


START = Link(0, GENESIS)


def check_chain(session: Session) -> list[str]:
    """Sentences, one a fault; nothing is the proof.

    What was cut off the end leaves no gap: compare the last digest with one noted elsewhere.
    """
    return prove(session)[1]


def prove(session: Session, since: Link = START, limit: int | None = None) -> tuple[Link, list[str]]:
    """Proves the entries after ``since``, at most ``limit`` of them: how far it came, and the faults on the way."""
    last, faults = since, list(_check_link(session, since))
    for entry in _after(session, since, limit):
        faults += _check(entry, last)
        last = Link(entry.seq, entry.digest)
    return last, faults


def _check_link(session: Session, link: Link) -> Iterator[str]:
    if link.seq:
        stored = session.scalar(sa.select(JournalEntry.digest).where(JournalEntry.seq == link.seq))
        if stored != link.digest:
            yield f"Entry {link.seq} of the journal is no longer the one that was proved."


def _check(entry: JournalEntry, last: Link) -> Iterator[str]:
    if entry.seq != last.seq + 1:
        yield f"The journal lacks {_numbers(last.seq + 1, entry.seq - 1)}."
    if entry.prev_digest != last.digest:
        yield f"The chain of the journal breaks at entry {entry.seq}."
    if digest_of(entry) != entry.digest:
        yield f"Entry {entry.seq} of the journal was altered."


def digest_of(entry: JournalEntry) -> str:
    """What the digest of an entry must be."""
    return entry_digest(
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor,
        action=entry.action,
        subject=entry.subject,
        before=entry.before,
        after=entry.after,
        detail=entry.detail,
        prev_digest=entry.prev_digest,
    )


def _after(session: Session, since: Link, limit: int | None) -> Iterator[JournalEntry]:
    query = sa.select(JournalEntry).where(JournalEntry.seq > since.seq).order_by(JournalEntry.seq).limit(limit)
    yield from session.scalars(query.execution_options(yield_per=2000))


def _numbers(first: int, last: int) -> str:
    return f"entry {first}" if first == last else f"entries {first} to {last}"


def entry_is_whole(session: Session, seq: int) -> bool:
    """Whether an entry is as it was written, and follows the one before it."""
    entry, before = session.get(JournalEntry, seq), session.get(JournalEntry, seq - 1)
    if entry is None:
        return False
    previous = before.digest if before else GENESIS
    return digest_of(entry) == entry.digest and entry.prev_digest == previous
