"""How far the mapping of the NGAP has come: mapped, without correspondence, open; by chapter."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.ngap_ccam.atelier.models import OPEN, VALIDATED, Proposition
from catalog.ngap_ccam.correspondance_rules import NO_MAP
from catalog.ngap_ccam.mappings import correspondances_ngap
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

MAPPED, ABSENT, WORKED, UNTOUCHED = "mapped", "absent", "worked", "untouched"
STATES = (MAPPED, ABSENT, WORKED, UNTOUCHED)
"""Published with a target; published without correspondence; open, with a proposal; open, without any."""


@dataclass(frozen=True, slots=True)
class Act:
    """An NGAP act in force and how far its mapping has come."""

    version: Version
    state: str
    proposals: int

    @property
    def chapter(self) -> str:
        return self.version.payload["chapitre"] or ""


@dataclass(frozen=True, slots=True)
class Figures:
    """How many acts stand where."""

    mapped: int = 0
    absent: int = 0
    worked: int = 0
    untouched: int = 0

    @property
    def total(self) -> int:
        return self.mapped + self.absent + self.worked + self.untouched

    @property
    def open(self) -> int:
        return self.worked + self.untouched

    @property
    def settled_share(self) -> int:
        """Of a hundred acts, how many are settled: mapped, or said to have no correspondence; rounded down."""
        return 100 * (self.mapped + self.absent) // self.total if self.total else 0


def acts(session: Session, snapshot: Snapshot, moment: Moment) -> list[Act]:
    """Every NGAP act in force with its state, in order of code."""
    pending = _pending(session)
    return [
        Act(version, _state(snapshot, version.code, moment, pending), pending.get(version.code, 0))
        for version in snapshot.in_force("acte_ngap", moment)
    ]


def total(found: Iterable[Act]) -> Figures:
    """The figures of these acts together."""
    return Figures(**Counter(act.state for act in found))


def by_chapter(found: Iterable[Act]) -> dict[str, Figures]:
    """The figures of each chapter, in order of its name; acts without one stand under the empty name, last."""
    states: dict[str, Counter[str]] = defaultdict(Counter)
    for act in found:
        states[act.chapter][act.state] += 1
    return {chapter: Figures(**states[chapter]) for chapter in sorted(states, key=lambda name: (not name, name))}


def _pending(session: Session) -> Mapping[str, int]:
    """By NGAP act, its proposals that are open, or validated and not yet told apart from what is published."""
    query = (
        sa.select(Proposition.acte_ngap, sa.func.count())
        .where(Proposition.status.in_((*OPEN, VALIDATED)))
        .group_by(Proposition.acte_ngap)
    )
    return {row.acte_ngap: row[1] for row in session.execute(query)}


def _state(snapshot: Snapshot, code: str, moment: Moment, pending: Mapping[str, int]) -> str:
    relations = [found.relation for found in correspondances_ngap(snapshot, code, moment)]
    if any(relation != NO_MAP for relation in relations):
        return MAPPED
    if relations:
        return ABSENT
    return WORKED if pending.get(code) else UNTOUCHED
