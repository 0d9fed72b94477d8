"""What each legal act brought: facts, releases, acts that amend it, and when each payer applied it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog.gmr.indexes import known_versions, per_release
from catalog.legal.family import LEGAL_ACT
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Period

CONVENTION, ADHERENCE = "convention", "adherence_organisme"


@dataclass(frozen=True, slots=True)
class Brought:
    """A fact that rests on an act: from a release on, an entry is set, or voided, over a period."""

    kind: str
    code: str
    period: Period
    release: int
    is_void: bool


@per_release
def facts_by_act(snapshot: Snapshot, release: int) -> Mapping[str, Sequence[Brought]]:
    """Facts by the act they rest on, in order of kind, release and code; without what an act says of itself."""
    found: dict[str, list[Brought]] = defaultdict(list)
    for kind in snapshot.kinds:
        for fact in snapshot.facts(kind.name, 0, release):
            is_itself = fact.kind == LEGAL_ACT.name and fact.code == fact.legal_act
            if not is_itself:
                made = Brought(fact.kind, fact.code, fact.period, fact.release, fact.held is None)
                found[fact.legal_act].append(made)
    return dict(found)


@per_release
def children_by_act(snapshot: Snapshot, release: int) -> Mapping[str, Sequence[str]]:
    """The acts that amend, correct or apply an act, by the act they name as their parent."""
    found: dict[str, set[str]] = defaultdict(set)
    for version in known_versions(snapshot, LEGAL_ACT.name, release):
        if version.payload["parent"]:
            found[version.payload["parent"]].add(version.code)
    return {parent: sorted(children) for parent, children in found.items()}


def payer_dates(snapshot: Snapshot, act: str, release: int) -> Iterator[Version]:
    """When each payer applied an act: adherences to the conventions it made, and those it declares itself."""
    made = {v.code for v in known_versions(snapshot, CONVENTION, release) if v.payload["acte"] == act}
    for version in known_versions(snapshot, ADHERENCE, release):
        if version.payload["convention"] in made or version.legal_act == act:
            yield version
