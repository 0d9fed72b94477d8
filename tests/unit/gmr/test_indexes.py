"""Indexes are built once for a snapshot and a release, and go when the snapshot goes."""

from __future__ import annotations

import gc
from weakref import ref

from catalog.gmr.indexes import KEPT_RELEASES, per_release
from catalog.snapshots.reading import Snapshot
from tests.unit.gmr.builders import fact, snapshot


def test_an_index_is_built_once_for_each_release() -> None:
    built: list[int] = []

    @per_release
    def index(_: Snapshot, release: int) -> int:
        built.append(release)
        return release

    shelf, other = snapshot([]), snapshot([])
    assert [index(shelf, 1), index(shelf, 2), index(shelf, 1), index(other, 1)] == [1, 2, 1, 1]
    assert built == [1, 2, 1]


def test_an_index_built_of_nothing_is_kept_too() -> None:
    built: list[int] = []

    @per_release
    def index(_: Snapshot, release: int) -> dict[str, int]:
        built.append(release)
        return {}

    shelf = snapshot([])
    assert index(shelf, 1) is index(shelf, 1)
    assert built == [1]


def test_a_reader_of_many_old_releases_does_not_fill_the_memory() -> None:
    built: list[int] = []

    @per_release
    def index(_: Snapshot, release: int) -> int:
        built.append(release)
        return release

    shelf = snapshot([])
    for release in range(KEPT_RELEASES + 2):
        index(shelf, release)
    index(shelf, KEPT_RELEASES + 1)
    index(shelf, 0)
    assert built == [*range(KEPT_RELEASES + 2), 0]


def test_an_index_does_not_keep_its_snapshot_alive() -> None:
    @per_release
    def index(found: Snapshot, release: int) -> int:
        return len(found.codes("medicament"))

    shelf = snapshot([fact("medicament", "6118000100058")])
    assert index(shelf, 1) == 1
    gone = ref(shelf)
    del shelf
    gc.collect()
    assert gone() is None
