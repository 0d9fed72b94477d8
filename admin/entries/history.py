"""The history of an entry on both clocks: over which days each value held, and which releases brought and closed it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from admin.entries.columns import columns_of
from admin.entries.labels import choice_text
from catalog.kinds import Kind
from catalog.releases.telling import find_act
from catalog.snapshots.content import ReleaseInfo
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs from what held before, as lists write it; empty where it was absent."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Past:
    """A version, what it changed, and the releases that brought it and took it back."""

    version: Version
    changes: Sequence[FieldChange]
    is_first: bool
    is_believed: bool
    is_shown: bool
    opened: ReleaseInfo
    closed: ReleaseInfo | None
    act_title: str
    confidence: str


def history(snapshot: Snapshot, kind: Kind, code: str, moment: Moment) -> list[Past]:
    """Every version opened up to the release, latest days first; also those that a later release corrected."""
    known = snapshot.history(kind.name, code, moment.release)
    shown = snapshot.find(kind.name, code, moment)
    return [_past(snapshot, kind, version, known, version is shown, moment) for version in known]


def _past(
    snapshot: Snapshot, kind: Kind, version: Version, known: Sequence[Version], is_shown: bool, moment: Moment
) -> Past:
    before = predecessor(version, known)
    is_believed = version.is_known_at(moment.release)
    act = find_act(snapshot, version.legal_act, moment)
    return Past(
        version,
        () if before is None else changes(kind, before, version),
        before is None,
        is_believed,
        is_shown,
        snapshot.release(version.opened_by),
        None if is_believed or version.closed_by is None else snapshot.release(version.closed_by),
        str(act.payload["title"]) if act else version.legal_act,
        choice_text("confidence", version.confidence) if version.confidence else "",
    )


def predecessor(version: Version, known: Iterable[Version]) -> Version | None:
    """What a version took the place of: what its release closed on its days, else what held just before them."""
    others = [other for other in known if other is not version and other.rel_from < version.rel_from]
    replaced = [
        other for other in others if other.closed_by == version.opened_by and other.period.overlaps(version.period)
    ]
    adjacent = [
        other
        for other in known
        if other.period.end == version.period.start and other.is_known_at(version.rel_from) and other is not version
    ]
    return max(replaced or adjacent, key=lambda other: other.period.start, default=None)


def changes(kind: Kind, before: Version, after: Version) -> list[FieldChange]:
    """The fields in which two versions differ, in the order of the kind."""
    columns = columns_of(kind)
    return [
        FieldChange(
            columns[name].label, columns[name].write(before.payload[name]), columns[name].write(after.payload[name])
        )
        for name in kind.fields
        if before.payload[name] != after.payload[name]
    ]
