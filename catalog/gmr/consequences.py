"""What follows from a draft's changes, for an editor to agree with or not: nothing here changes anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalog.gmr.consequences_base import MEDICAMENT, base_moves
from catalog.releases.changes import Change
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment, Period

BASE_RULE = (
    "Base de remboursement : un générique a pour base son propre prix public ; un princeps, le prix du générique le "
    "plus proche (le plus cher de ceux qui ne dépassent pas son prix), ou à défaut son propre prix "
    "(décret n° 2-05-733, art. 8)."
)
GROUP_RULE = "Un groupe générique compare un princeps à ses génériques ; ses membres sont tenus par les éditeurs."
LISTED_RULE = "La liste du tiers payant ne porte que des médicaments du guide (convention des pharmaciens)."
CODE_RULE = "Un code de présentation désigne une présentation en vigueur."
AVIS_RULE = "Un avis de la commission porte sur un médicament désigné ; il reste dans l’historique."

POINTING: Mapping[str, tuple[str, str, str]] = {
    "liste_tiers_payant": (
        "medicament",
        "Le médicament {code} est retiré, mais figure encore sur une liste du tiers payant.",
        LISTED_RULE,
    ),
    "gtin": ("presentation", "La présentation {code} est retirée, mais ce code la désigne encore.", CODE_RULE),
}
"""Kinds whose entries name a medicine: in which field, what is told when it goes, and why."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that follows. ``old`` and ``new`` are typed values of ``field``; ``change`` is what may be staged.

    ``field`` None stands for the entry itself; ``change`` None for something to look at, that no change settles.
    """

    kind: str
    code: str
    field: str | None
    old: object
    new: object
    text: str
    rule: str
    period: Period
    change: Change | None = None

    @property
    def key(self) -> str:
        """What tells it from the others of its draft."""
        return f"{self.kind}|{self.code}|{self.field or ''}|{self.period.start.isoformat()}|{self.new}"


def consequences(snapshot: Snapshot, changes: Iterable[Change], as_of: date | None = None) -> list[Consequence]:
    """What follows from changes on the newest release; with ``as_of``, on that day alone. Texts are in French."""
    listed = list(changes)
    scene = _Staged(snapshot, listed)
    found = [*_bases(snapshot, listed, as_of), *_groups(scene, as_of), *_pointing(scene, as_of), *_avis(scene, as_of)]
    return [*found, *_members(scene, as_of)]


def _bases(snapshot: Snapshot, changes: Sequence[Change], as_of: date | None) -> Iterator[Consequence]:
    for move in base_moves(snapshot, changes, as_of):
        change = Change(MEDICAMENT, move.code, move.period, {**move.payload, "pbr": move.new}, reason=move.text)
        yield Consequence(MEDICAMENT, move.code, "pbr", move.old, move.new, move.text, BASE_RULE, move.period, change)


class _Staged:
    """The changes of a draft by entry, over a snapshot."""

    def __init__(self, snapshot: Snapshot, changes: Sequence[Change]) -> None:
        self.snapshot, self.changes = snapshot, changes
        self._by_entry: dict[tuple[str, str], list[Change]] = defaultdict(list)
        for change in changes:
            self._by_entry[change.kind, change.code].append(change)

    def published(self, kind: str, code: str, day: date) -> Version | None:
        return self.snapshot.find(kind, code, Moment(day, self.snapshot.head))

    def is_touched(self, kind: str, code: str, day: date) -> bool:
        return any(change.period.covers(day) for change in self._by_entry.get((kind, code), ()))

    def gone(self, kind: str, as_of: date | None) -> Iterator[tuple[Change, date]]:
        """Withdrawals of a kind that end a published value, with the day on which they do."""
        for change in self.changes:
            day = as_of or change.period.start
            is_gone = change.kind == kind and change.is_void and change.period.covers(day)
            if is_gone and self.published(kind, change.code, day) is not None:
                yield change, day

    def in_force(self, kind: str, day: date) -> Iterator[Version]:
        """What is published of a kind that day and the draft leaves alone."""
        if kind not in self.snapshot.kinds:
            return
        for version in self.snapshot.in_force(kind, Moment(day, self.snapshot.head)):
            if not self.is_touched(kind, version.code, day):
                yield version


def _groups(scene: _Staged, as_of: date | None) -> Iterator[Consequence]:
    """Explicit groups that are left with one member, or none."""
    told: set[tuple[str, date]] = set()
    for change in scene.changes:
        day = as_of or change.period.start
        was = scene.published(MEDICAMENT, change.code, day) if change.kind == MEDICAMENT else None
        group = was.payload["groupe_generique"] if was and change.period.covers(day) else None
        if group is None or (group, day) in told or (change.payload or {}).get("groupe_generique") == group:
            continue
        told.add((group, day))
        left = _members_left(scene, group, day)
        if len(left) <= 1:
            said = f"Le groupe {group} n’a plus qu’un membre ({left[0]})" if left else f"Le groupe {group} est vide"
            yield Consequence(
                "groupe_generique",
                group,
                None,
                None,
                None,
                f"{said} : il ne compare plus rien.",
                GROUP_RULE,
                Period(day),
            )


def _members_left(scene: _Staged, group: str, day: date) -> list[str]:
    kept = [v.code for v in scene.in_force(MEDICAMENT, day) if v.payload["groupe_generique"] == group]
    brought = [
        change.code
        for change in scene.changes
        if change.kind == MEDICAMENT
        and change.period.covers(day)
        and change.payload is not None
        and change.payload["groupe_generique"] == group
    ]
    return sorted({*kept, *brought})


def _pointing(scene: _Staged, as_of: date | None) -> Iterator[Consequence]:
    """Entries that name a medicine which is withdrawn: withdrawing them too is proposed."""
    gone = {(change.code, day): change for change, day in scene.gone(MEDICAMENT, as_of)}
    for kind, (field, text, rule) in POINTING.items():
        for day in sorted({day for _, day in gone}):
            for version in scene.in_force(kind, day):
                named = version.payload[field]
                if (named, day) not in gone:
                    continue
                days = gone[named, day].period.clip(version.period) or Period(day)
                told = text.format(code=named)
                change = Change(kind, version.code, days, None, reason=told)
                yield Consequence(kind, version.code, None, None, None, told, rule, days, change)


def _avis(scene: _Staged, as_of: date | None) -> Iterator[Consequence]:
    """Opinions that will concern nothing in force: told, and kept."""
    gone = {(change.code, day) for change, day in scene.gone(MEDICAMENT, as_of)}
    for day in sorted({day for _, day in gone}):
        for version in scene.in_force("avis", day):
            named = version.payload["medicament"]
            if (named, day) in gone:
                text = f"L’avis porte sur la présentation {named}, qui est retirée : il ne s’appliquera plus à rien."
                yield Consequence("avis", version.code, None, None, None, text, AVIS_RULE, Period(day))


def _members(scene: _Staged, as_of: date | None) -> Iterator[Consequence]:
    """Medicines that name a group which is withdrawn: taking the name out is proposed."""
    for gone, day in scene.gone("groupe_generique", as_of):
        for version in scene.in_force(MEDICAMENT, day):
            if version.payload["groupe_generique"] != gone.code:
                continue
            text = f"Le groupe générique {gone.code} est retiré : ce médicament ne doit plus le nommer."
            days = gone.period.clip(version.period) or Period(day)
            payload = {**version.payload, "groupe_generique": None}
            change = Change(MEDICAMENT, version.code, days, payload, reason=text)
            yield Consequence(
                MEDICAMENT, version.code, "groupe_generique", gone.code, None, text, GROUP_RULE, days, change
            )
