"""What differs between two releases of a snapshot: counted once, told entry by entry, a page of it at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from catalog.kinds import Kind
from catalog.releases.diffing import EntryDiff, Status
from catalog.releases.telling import Told, compare, tell_counts, tell_diff, voids
from catalog.snapshots.reading import Snapshot

COUNTED = 1024
"""Pairs of releases whose counts are remembered, whatever the snapshot: lists, pages and feeds show them always."""

_counted: dict[tuple[str, str], Told] = {}


def counts(snapshot: Snapshot, older: int, newer: int) -> Told:
    """How many entries were added, changed, withdrawn, and touched in days already past: in all and by kind."""
    # Kept by chain digests, which cover everything published until then: a later snapshot answers the same.
    chains = ("", *(info.chain_digest for info in snapshot.releases))
    key = (chains[older], chains[newer])
    found = _counted.get(key)
    if found is None:
        if len(_counted) >= COUNTED:
            _counted.clear()
        found = count_kinds(snapshot, snapshot.kinds, older, newer)
        _counted[key] = found
    return found


def count_kinds(snapshot: Snapshot, kinds: Iterable[Kind], older: int, newer: int) -> Told:
    """The same of some kinds, counted anew."""
    return tell_counts({kind.name: compare(snapshot, kind, older, newer) for kind in kinds})


def how_many(counted: Told, kinds: Iterable[Kind]) -> int:
    """Entries of some kinds that differ, by their counts."""
    return sum(_number(counted, kind) for kind in kinds)


def _number(counted: Told, kind: Kind) -> int:
    row = counted["by_kind"].get(kind.name, {})
    return sum(row.get(status.value, 0) for status in Status)


def entries_from(
    snapshot: Snapshot, kinds: Iterable[Kind], older: int, newer: int, *, first: int = 0, counted: Told
) -> Iterator[EntryDiff]:
    """Entries by kind and code, from place ``first`` on; kinds that lie before it are not compared."""
    for kind in kinds:
        number = _number(counted, kind)
        if first < number:
            yield from islice(compare(snapshot, kind, older, newer), first, None)
        first = max(0, first - number)


def tell_entries(snapshot: Snapshot, entries: Iterable[EntryDiff], older: int, newer: int) -> Iterator[Told]:
    """Each entry as it is told. The withdrawals of a kind are looked for once, where something went."""
    withdrawals = {}
    for entry in entries:
        kind = snapshot.kinds.find(entry.kind)
        if kind.name not in withdrawals and any(piece.after is None for piece in entry.pieces):
            withdrawals[kind.name] = voids(snapshot, kind, older, newer)
        yield tell_diff(kind, entry, withdrawals.get(kind.name, {}))
