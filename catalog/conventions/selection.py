"""Which of the recorded values applies: act in force, convention applied, a payer's own first, never a guess."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from catalog.conventions.acts import PENDING, is_act_in_force, statut_on
from catalog.conventions.adherence import CONVENTION, act_of, find_adherence, is_in_force, payer_applies
from catalog.conventions.answers import (
    NEGOTIATED_NOT_IN_FORCE,
    PAYER_APPLICATION_DATE,
    SIGNED_NOT_IN_FORCE,
    Note,
    Tarif,
)
from catalog.conventions.errors import AmbiguousTariffError, VariantNeededError
from catalog.kinds import Payload
from catalog.money import format_dirhams
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

Worth = Callable[[Payload], int]
"""The value in centimes that a payload gives to the question."""

_TOLD = {"NEGOCIE": "negotiated", "SIGNE": "signed", "APPROUVE": "approved", "PUBLIE": "published"}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. An empty secteur or organisme narrows nothing; ``what`` is for sentences."""

    what: str
    secteur: str | None
    organisme: str | None
    moment: Moment
    worth: Worth
    variante: str | None = None

    def concerns(self, payload: Payload) -> bool:
        """Whether a recorded value may answer: same sector and variant where it has one, general or the payer's own."""
        return (
            (self.secteur in (None, payload["secteur"]) or payload["secteur"] is None)
            and payload["organisme"] in (None, self.organisme)
            and self._fits_variant(payload)
        )

    def _fits_variant(self, payload: Payload) -> bool:
        return self.variante is None or payload.get("variante") in (None, self.variante)


def standing(snapshot: Snapshot, kind: str, codes: Iterable[str], question: Question) -> list[Version]:
    """The values recorded for that day that concern the question, in force or not."""
    found = (snapshot.find(kind, code, question.moment) for code in codes)
    return [version for version in found if version is not None and question.concerns(version.payload)]


def select(snapshot: Snapshot, versions: list[Version], question: Question) -> Tarif | None:
    """The value that applies, with its notes; None where none does. Raises AmbiguousTariffError."""
    chosen = _chosen(snapshot, versions, question)
    if chosen is None:
        return None
    convention = snapshot.find(CONVENTION, chosen.payload["convention"], question.moment)
    assert convention is not None
    adherence = None
    if question.organisme is not None:
        adherence = find_adherence(snapshot, convention.code, question.organisme, question.moment)
    told = tuple(notes(snapshot, versions, question, chosen))
    return Tarif(chosen, question.worth(chosen.payload), convention, adherence, told)


def _chosen(snapshot: Snapshot, versions: list[Version], question: Question) -> Version | None:
    applied = [version for version in versions if _applies(snapshot, version, question)]
    own = [version for version in applied if version.payload["organisme"] is not None]
    left = _unamended(snapshot, _most_specific(own or applied), question.moment)
    codes = sorted(version.code for version in left)
    if question.variante is None and any(version.payload.get("variante") for version in left):
        raise VariantNeededError(question.what, question.moment, codes)
    if len(left) > 1:
        raise AmbiguousTariffError(question.what, question.moment, codes)
    return left[0] if left else None


def _applies(snapshot: Snapshot, version: Version, question: Question) -> bool:
    """A payer's own value needs no adherence: it is what the payer pays instead."""
    if not is_grounded(snapshot, version, question.moment):
        return False
    is_own = version.payload["organisme"] is not None
    return is_own or payer_applies(snapshot, version.payload["convention"], question.organisme, question.moment)


def is_grounded(snapshot: Snapshot, version: Version, moment: Moment) -> bool:
    """The act of the value and that of its convention are both in force."""
    return is_act_in_force(snapshot, version.legal_act, moment) and is_in_force(
        snapshot, version.payload["convention"], moment
    )


def _most_specific(versions: list[Version]) -> list[Version]:
    """A value for the variant, then for the sector, goes before one for all."""
    ranks = [(bool(version.payload.get("variante")), bool(version.payload["secteur"])) for version in versions]
    best = max(ranks, default=None)
    return [version for version, rank in zip(versions, ranks, strict=True) if rank == best]


def _unamended(snapshot: Snapshot, versions: list[Version], moment: Moment) -> list[Version]:
    """Without the values of a convention that another one among them amends; all, where they amend each other."""
    if len(versions) < 2:
        return versions
    amended: set[str] = set()
    for version in versions:
        amended.update(_ancestors(snapshot, version.payload["convention"], moment))
    return [version for version in versions if version.payload["convention"] not in amended] or versions


def _ancestors(snapshot: Snapshot, convention: str, moment: Moment) -> set[str]:
    found: set[str] = set()
    entry = snapshot.find(CONVENTION, convention, moment)
    while entry is not None and entry.payload["parent"] and entry.payload["parent"] not in found:
        found.add(entry.payload["parent"])
        entry = snapshot.find(CONVENTION, entry.payload["parent"], moment)
    return found - {convention}


def notes(snapshot: Snapshot, versions: list[Version], question: Question, chosen: Version | None) -> list[Note]:
    """What is recorded for that day and not applied, and why; ``chosen`` is what applies, None where nothing does."""
    made = (_note(snapshot, version, question, chosen) for version in versions if version is not chosen)
    return sorted((note for note in made if note is not None), key=lambda note: (note.reason, note.version.code))


def _note(snapshot: Snapshot, version: Version, question: Question, chosen: Version | None) -> Note | None:
    value = question.worth(version.payload)
    told = f"{question.what} at {format_dirhams(value)}"
    act = _pending_act(snapshot, version, question.moment)
    if act is not None:
        statut = str(statut_on(snapshot, act, question.moment))
        reason = NEGOTIATED_NOT_IN_FORCE if statut == PENDING[0] else SIGNED_NOT_IN_FORCE
        return Note(reason, f"{told} is {_TOLD[statut]} ({act}) and not in force.", version, value, act)
    if not _is_withheld(snapshot, version, question, chosen):
        return None
    text = f"{told} ({version.payload['convention']}) is in force, and {question.organisme} does not apply it that day."
    return Note(PAYER_APPLICATION_DATE, text, version, value, version.legal_act)


def _pending_act(snapshot: Snapshot, version: Version, moment: Moment) -> str | None:
    """The act that keeps a value from being in force because it is still on its way: its own, or its convention's."""
    convention = snapshot.find(CONVENTION, version.payload["convention"], moment)
    acts = [version.legal_act, *([act_of(convention)] if convention else [])]
    return next((act for act in acts if statut_on(snapshot, act, moment) in PENDING), None)


def _is_withheld(snapshot: Snapshot, version: Version, question: Question, chosen: Version | None) -> bool:
    """Whether a general value in force does not apply because of the payer, who pays another amount or none."""
    payload, moment = version.payload, question.moment
    if question.organisme is None or payload["organisme"] is not None or not is_grounded(snapshot, version, moment):
        return False
    if chosen is not None and question.worth(chosen.payload) == question.worth(payload):
        return False
    has_own = chosen is not None and chosen.payload["organisme"] is not None
    return has_own or not payer_applies(snapshot, payload["convention"], question.organisme, moment)
