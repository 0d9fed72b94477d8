"""Conventions with their dates and status, and which payer applies them when (DOMAIN 3.1, 6.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from catalog.conventions.acts import find_act, is_act_in_force, statut_on
from catalog.conventions.codes import ORGANISMES
from catalog.conventions.indexes import ADHERENCE, adherences
from catalog.conventions.stretches import steady
from catalog.errors import NotInForceError, UnknownCodeError
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

CONVENTION = "convention"
LABEL = "convention"


@dataclass(frozen=True, slots=True)
class ConventionAnswer:
    """A convention that day: its entry, its act, how far the act has gone, and the first day each payer applies it."""

    version: Version
    acte: Version | None
    statut: str | None
    applied_from: Mapping[str, date]

    @property
    def signed_on(self) -> date | None:
        return self._date("signed_on")

    @property
    def approved_on(self) -> date | None:
        return self._date("approved_on")

    @property
    def published_on(self) -> date | None:
        return self._date("published_on")

    @property
    def effective_from(self) -> date | None:
        return self._date("effective_from")

    def _date(self, name: str) -> date | None:
        return self.acte.payload[name] if self.acte else None


def act_of(convention: Version) -> str:
    """The legal act whose dates and status are the convention's."""
    return str(convention.payload["acte"] or convention.legal_act)


@steady
def is_in_force(snapshot: Snapshot, convention: str, moment: Moment) -> bool:
    """Whether the convention is in the catalogue that day and its act in force."""
    found = snapshot.find(CONVENTION, convention, moment)
    return found is not None and is_act_in_force(snapshot, act_of(found), moment)


@steady
def find_adherence(snapshot: Snapshot, convention: str, organisme: str, moment: Moment) -> Version | None:
    """The entry that says whether the payer applies the convention that day."""
    return snapshot.find(ADHERENCE, f"{convention}:{organisme}", moment)


@steady
def payer_applies(snapshot: Snapshot, convention: str, organisme: str | None, moment: Moment) -> bool:
    """Whether a payer applies a convention that day.

    A convention without any known adherence is applied by every payer from its act's effect; with one, only by those
    whose entry says so that day. No payer named: whether it is in force.
    """
    if not is_in_force(snapshot, convention, moment):
        return False
    codes = adherences(snapshot).get(convention, ())
    if organisme is None or not any(snapshot.versions(ADHERENCE, code, moment.release) for code in codes):
        return True
    entry = find_adherence(snapshot, convention, organisme, moment)
    return entry is not None and bool(entry.payload["applique"])


def find_convention(snapshot: Snapshot, code: str, moment: Moment) -> ConventionAnswer:
    """A convention with its dates and status. Raises UnknownCodeError, NotInForceError."""
    found = snapshot.find(CONVENTION, code, moment)
    if found is not None:
        return _answer(snapshot, found, moment)
    if not snapshot.is_known(CONVENTION, code, moment.release):
        raise UnknownCodeError(LABEL, code)
    known = snapshot.versions(CONVENTION, code, moment.release)
    raise NotInForceError(LABEL, code, moment.as_of, [str(version.period) for version in known])


def conventions(snapshot: Snapshot, moment: Moment) -> list[ConventionAnswer]:
    """Every convention and avenant recorded for that day, whatever its status, in byte order of code."""
    return [_answer(snapshot, version, moment) for version in snapshot.in_force(CONVENTION, moment)]


def _answer(snapshot: Snapshot, version: Version, moment: Moment) -> ConventionAnswer:
    act = act_of(version)
    applied = {payer: _applied_from(snapshot, version.code, payer, moment.release) for payer in ORGANISMES}
    return ConventionAnswer(
        version=version,
        acte=find_act(snapshot, act, moment),
        statut=statut_on(snapshot, act, moment),
        applied_from={payer: day for payer, day in applied.items() if day is not None},
    )


def _applied_from(snapshot: Snapshot, convention: str, organisme: str, release: int) -> date | None:
    """The first day the payer's entries say that it applies the convention."""
    known = snapshot.versions(ADHERENCE, f"{convention}:{organisme}", release)
    return min((entry.period.start for entry in known if entry.payload["applique"]), default=None)
