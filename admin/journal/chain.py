"""How far this server has proved the chain of the journal; new entries are proved as readers come."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

from sqlalchemy.orm import Session

from catalog.journal.verifying import START, Link, prove

AT_ONCE = 2000
"""Entries a page proves while its reader waits; the whole chain is proved on its own page."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Up to which entry the chain is proved, and what is wrong with it."""

    link: Link
    faults: tuple[str, ...]


class Watch:
    """Kept by the application: each page goes on where the last one stopped."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known = Progress(START, ())

    def advance(self, session: Session) -> Progress:
        """Proves some more entries, if there are any."""
        with self._lock:
            if not self._known.faults:
                self._known = _progress(session, self._known.link, AT_ONCE)
            return self._known

    def prove_all(self, session: Session) -> Progress:
        """Proves the chain from its first entry."""
        found = _progress(session, START, None)
        with self._lock:
            self._known = found
        return found


def _progress(session: Session, since: Link, limit: int | None) -> Progress:
    link, faults = prove(session, since, limit)
    return Progress(link, tuple(faults))
