"""Where ready answers lie: a bounded number for each snapshot, forgotten with it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, NamedTuple, TypeVar

from catalog.snapshots.reading import Snapshot
from service.ready.days import Days

Kept = TypeVar("Kept")

MOST_BYTES = 32 * 2**20
"""Of the answers of one snapshot, in each worker: about 20,000 entries, or fewer and longer lists of suggestions."""
KEY_BYTES = 400
"""What an answer takes beside its own bytes, about."""
MOST_ENTRIES = 20_000
"""Entries whose turning days are kept, at about 0.3 kB each."""
ATTRIBUTE = "_ready_shelves"
"""Under which a snapshot holds its own."""


def weigh_one(kept: object) -> int:
    """Where things are counted."""
    return 1


class Shelf(Generic[Kept]):
    """Keeps things of at most ``most`` in weight, those asked for lately; it may be down to half of that.

    New things and those asked for again lie in front; when the front weighs half of ``most``, what lies behind is
    dropped. No lock: at worst two threads work out one answer twice.
    """

    def __init__(self, most: int, weigh: Callable[[Kept], int] = weigh_one) -> None:
        self._half = max(most // 2, 1)
        self._weigh = weigh
        self._weight = 0
        self._front: dict[Hashable, Kept] = {}
        self._behind: dict[Hashable, Kept] = {}

    def __len__(self) -> int:
        return len(self._front.keys() | self._behind.keys())

    def find(self, key: Hashable) -> Kept | None:
        """What was put under a key, while it is kept."""
        found = self._front.get(key)
        if found is None:
            found = self._behind.get(key)
            if found is not None:
                self.put(key, found)
        return found

    def put(self, key: Hashable, kept: Kept) -> None:
        """Keeps a thing, in the place of what was kept under its key."""
        if self._weight >= self._half:
            self._front, self._behind, self._weight = {}, self._front, 0
        self._weight += self._weigh(kept)
        self._front[key] = kept


class Written(NamedTuple):
    """An answer up to its clocks, as bytes, and their digest."""

    start: bytes
    digest: str

    def weigh(self) -> int:
        """In bytes, about."""
        return len(self.start) + KEY_BYTES


class Shelves:
    """What is kept of one snapshot: written answers, and the turning days of entries."""

    def __init__(self) -> None:
        self.answers: Shelf[Written] = Shelf(MOST_BYTES, Written.weigh)
        self.days: Shelf[Days] = Shelf(MOST_ENTRIES)


def shelves_of(snapshot: Snapshot) -> Shelves:
    """The shelves of a snapshot, empty when it is new; they lie among its attributes, and go with it."""
    found: Shelves | None = vars(snapshot).get(ATTRIBUTE)
    return vars(snapshot).setdefault(ATTRIBUTE, Shelves()) if found is None else found
