"""Values of key letters and amounts of forfaits (DOMAIN 3.2). Coefficients are hundredths, amounts centimes."""

from __future__ import annotations

from collections.abc import Iterable

from catalog.conventions.answers import Note, Tarif
from catalog.conventions.indexes import FORFAIT, LETTRE_CLE, bands, forfaits, lettres
from catalog.conventions.selection import Question, notes, select, standing
from catalog.conventions.stretches import steady
from catalog.kinds import Payload
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

HUNDREDTHS = 100
MAD = "MAD"


@steady
def find_tarif_lettre(
    snapshot: Snapshot, lettre: str, variante: str | None, secteur: str | None, organisme: str | None, moment: Moment
) -> Tarif | None:
    """The value of one unit of a key letter, in centimes; None where none is in force.

    No organisme asks for the values of the conventions alone. Raises AmbiguousTariffError, VariantNeededError.
    """
    question = _about_lettre(lettre, variante, secteur, organisme, moment)
    return select(snapshot, _lettre_values(snapshot, question, lettre), question)


@steady
def notes_on_lettre(
    snapshot: Snapshot, lettre: str, variante: str | None, secteur: str | None, organisme: str | None, moment: Moment
) -> tuple[Note, ...]:
    """What is recorded of a letter that has no value in force: signed values, and those the payer does not apply."""
    question = _about_lettre(lettre, variante, secteur, organisme, moment)
    return tuple(notes(snapshot, _lettre_values(snapshot, question, lettre), question, None))


def _about_lettre(
    lettre: str, variante: str | None, secteur: str | None, organisme: str | None, moment: Moment
) -> Question:
    what = f"key letter {lettre} ({variante})" if variante else f"key letter {lettre}"
    return Question(what, secteur, organisme, moment, _valeur, variante)


def _lettre_values(snapshot: Snapshot, question: Question, lettre: str) -> list[Version]:
    return standing(snapshot, LETTRE_CLE, lettres(snapshot).get(lettre.upper(), ()), question)


def _valeur(payload: Payload) -> int:
    return int(payload["valeur"])


@steady
def find_forfait(
    snapshot: Snapshot, forfait: str, secteur: str | None, organisme: str | None, moment: Moment, devise: str = MAD
) -> Tarif | None:
    """The amount of a forfait by its name, in centimes of ``devise``; None where none is in force.

    Raises AmbiguousTariffError.
    """
    question = Question(f"forfait {forfait}", secteur, organisme, moment, _montant)
    return select(snapshot, _amounts(snapshot, forfaits(snapshot).get(forfait.upper(), ()), question, devise), question)


@steady
def notes_on_forfait(
    snapshot: Snapshot, forfait: str, secteur: str | None, organisme: str | None, moment: Moment
) -> tuple[Note, ...]:
    """What is recorded of a forfait that has no amount in force."""
    question = Question(f"forfait {forfait}", secteur, organisme, moment, _montant)
    amounts = _amounts(snapshot, forfaits(snapshot).get(forfait.upper(), ()), question, MAD)
    return tuple(notes(snapshot, amounts, question, None))


@steady
def find_forfait_for_coefficient(
    snapshot: Snapshot, lettre: str, coefficient: int, secteur: str | None, organisme: str | None, moment: Moment
) -> Tarif | None:
    """The forfait whose band of coefficients holds ``coefficient`` (hundredths); None between bands or beyond them.

    Bands have whole bounds, both included: 39.50 lies between K30-K39 and K40-K49, and is not rounded into either.
    Raises AmbiguousTariffError.
    """
    question = Question(
        f"forfait of {lettre}{coefficient / HUNDREDTHS:g}",
        secteur,
        organisme,
        moment,
        lambda payload: amount_at(payload, coefficient),
    )
    amounts = _amounts(snapshot, bands(snapshot).get(lettre.upper(), ()), question, MAD)
    return select(snapshot, [version for version in amounts if holds(version.payload, coefficient)], question)


def holds(payload: Payload, coefficient: int) -> bool:
    """Whether a band holds a coefficient, in hundredths."""
    low, high = payload["coef_min"], payload["coef_max"]
    return (low or 0) * HUNDREDTHS <= coefficient and (high is None or coefficient <= high * HUNDREDTHS)


def amount_at(payload: Payload, coefficient: int) -> int:
    """The amount of a band at a coefficient: ``montant``, and ``montant_palier`` for each ``palier`` begun."""
    if not payload["palier"] or not payload["montant_palier"]:
        return int(payload["montant"])
    beyond = coefficient - (payload["coef_min"] or 0) * HUNDREDTHS
    begun = beyond // (payload["palier"] * HUNDREDTHS) + 1
    return int(payload["montant"] + begun * payload["montant_palier"])


def _montant(payload: Payload) -> int:
    return int(payload["montant"])


def _amounts(snapshot: Snapshot, codes: Iterable[str], question: Question, devise: str) -> list[Version]:
    found = standing(snapshot, FORFAIT, codes, question)
    return [version for version in found if (version.payload["devise"] or MAD) == devise]


def is_known_lettre(snapshot: Snapshot, lettre: str, release: int) -> bool:
    """Whether a value of the letter was ever published up to a release."""
    return any(snapshot.is_known(LETTRE_CLE, code, release) for code in lettres(snapshot).get(lettre.upper(), ()))


def is_known_forfait(snapshot: Snapshot, forfait: str, release: int) -> bool:
    """Whether an amount of the forfait was ever published up to a release."""
    return any(snapshot.is_known(FORFAIT, code, release) for code in forfaits(snapshot).get(forfait.upper(), ()))
