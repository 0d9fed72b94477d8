"""Ways into a snapshot that its own key, kind and code, does not give. Built once for a release, on first need.

An index holds what is known at a release on any day; readers keep what is in force on theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, wraps
from typing import TypeVar
from weakref import WeakKeyDictionary, ref

from catalog.gmr.codes import fold
from catalog.gmr.groups import Payload
from catalog.snapshots.reading import Snapshot, Version

Built = TypeVar("Built")

KEPT_RELEASES = 4
"""Releases whose indexes are kept for one snapshot: the newest and a few that readers pin."""
ASKED_RELEASES = 24
"""The same of what every answer about a medicine needs: lists of versions kept anyway, and slow to gather again."""


def per_release(build: Callable[[Snapshot, int], Built]) -> Callable[[Snapshot, int], Built]:
    """Remembers what ``build`` made of a snapshot at a release; forgotten with the snapshot."""
    return _kept_for(build, KEPT_RELEASES)


def per_asked_release(build: Callable[[Snapshot, int], Built]) -> Callable[[Snapshot, int], Built]:
    """The same for more releases."""
    return _kept_for(build, ASKED_RELEASES)


def _kept_for(build: Callable[[Snapshot, int], Built], releases: int) -> Callable[[Snapshot, int], Built]:
    kept: WeakKeyDictionary[Snapshot, Callable[[int], Built]] = WeakKeyDictionary()

    @wraps(build)
    def remembered(snapshot: Snapshot, release: int) -> Built:
        build_at = kept.get(snapshot)
        if build_at is None:
            build_at = kept[snapshot] = lru_cache(releases)(_bind(build, ref(snapshot)))
        return build_at(release)

    return remembered


def _bind(build: Callable[[Snapshot, int], Built], held: ref[Snapshot]) -> Callable[[int], Built]:
    """``build`` of one snapshot, without keeping it alive."""

    def build_at(release: int) -> Built:
        snapshot = held()
        if snapshot is None:  # pragma: no cover - the caller holds the snapshot it asks about
            raise ReferenceError("the snapshot is gone")
        return build(snapshot, release)

    return build_at


def known_versions(snapshot: Snapshot, kind: str, release: int) -> Iterator[Version]:
    """Every version of a kind known at a release, whatever its days."""
    for code in snapshot.codes(kind):
        yield from snapshot.versions(kind, code, release)


@per_asked_release
def gtins_by_presentation(snapshot: Snapshot, release: int) -> Mapping[str, list[Version]]:
    """The entries of kind ``gtin`` by the presentation they stand for."""
    found: dict[str, list[Version]] = defaultdict(list)
    for version in known_versions(snapshot, "gtin", release):
        found[version.payload["presentation"]].append(version)
    return dict(found)


@per_asked_release
def members_by_group(snapshot: Snapshot, release: int) -> Mapping[str, list[Version]]:
    """Versions of presentations by the explicit generic group they name."""
    found: dict[str, list[Version]] = defaultdict(list)
    for version in known_versions(snapshot, "medicament", release):
        if version.payload["groupe_generique"]:
            found[version.payload["groupe_generique"]].append(version)
    return dict(found)


Target = tuple[str, str | tuple[str, ...]]


@per_asked_release
def avis_by_target(snapshot: Snapshot, release: int) -> Mapping[Target, list[Version]]:
    """Opinions by the most precise target they name; one that names none concerns nothing."""
    found: dict[Target, list[Version]] = defaultdict(list)
    for version in known_versions(snapshot, "avis", release):
        target = next(targets_named(version.payload), None)
        if target is not None:
            found[target].append(version)
    return dict(found)


def targets_named(opinion: Payload) -> Iterator[Target]:
    """The targets an opinion gives, the most precise first."""
    for name in ("medicament", "specialite", "nom"):
        if opinion[name]:
            yield (name, fold(opinion[name]))
    if opinion["dci"]:
        yield ("dci", substances(opinion["dci"]))


def substances(dci: tuple[str, ...]) -> tuple[str, ...]:
    """DCI as they are compared, whatever their order."""
    return tuple(sorted(map(fold, dci)))
