"""Key letters: which value, which kind of care, and a coefficient times a value (DOMAIN 2.1, 3.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from catalog.conventions.codes import read_lettre_cle
from catalog.conventions.indexes import LETTRE_CLE, lettres
from catalog.conventions.lookups import (
    AmbiguousTariffError,
    Tarif,
    VariantNeededError,
    find_tarif_lettre,
    notes_on_lettre,
)
from catalog.conventions.schemas import AU_COEFFICIENT
from catalog.money import format_dirhams
from catalog.ngap_ccam.lookups import Cotation
from catalog.pricing.answers import (
    ACT,
    INVALID,
    NO_TARIFF,
    OK,
    Quote,
    Step,
    UnpricedError,
    notices_of,
    reasons_of,
    step_of,
)
from catalog.pricing.coverage import Care, find_coverage, not_covered
from catalog.pricing.lines import Question
from catalog.snapshots.memory import remembered
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment

HUNDREDTHS = 100
BY_COEFFICIENT, FLAT, BY_FORFAIT = "LETTRE_COEFFICIENT", "ACTE_FORFAITAIRE", "FORFAIT"
DENTAIRE = {"soins": "DENTAIRE_SOINS", "prothese": "DENTAIRE_PROTHESE"}
"""The kind of care of each variant of a letter that has variants."""


@dataclass(frozen=True, slots=True)
class Rating:
    """A cotation: a letter, its coefficient in hundredths (None: the letter alone), and its variant where known."""

    lettre: str
    coefficient: int | None = None
    variante: str | None = None

    def __str__(self) -> str:
        variant = f" ({self.variante})" if self.variante else ""
        if self.coefficient is None:
            return f"{self.lettre}{variant}"
        return f"{self.lettre} {format_dirhams(self.coefficient).rstrip('0').rstrip('.')}{variant}"

    def price(self, value: int) -> int:
        """In centimes, half-up; ``value`` is that of one unit of the letter."""
        if self.coefficient is None:
            return value
        return (self.coefficient * value + HUNDREDTHS // 2) // HUNDREDTHS


def check_usage(snapshot: Snapshot, asked: Cotation, moment: Moment) -> None:
    """A letter used with a coefficient is not priced without one, nor one used alone with one. UnpricedError.

    What the letter's own entries say comes first; where they say nothing, what the acts do with it.
    """
    modes = _usages(snapshot, moment.release).get(asked.lettre.upper())
    if asked.coefficient is None and modes == {BY_COEFFICIENT}:
        message = f"The letter {asked.lettre} is paid by its coefficient: write both, such as {asked.lettre}50."
        raise UnpricedError(INVALID, message)
    if asked.coefficient is not None and modes == {FLAT}:
        raise UnpricedError(INVALID, f"The letter {asked.lettre} is paid without a coefficient: write it alone.")


@remembered
def _usages(snapshot: Snapshot, release: int) -> Mapping[str, set[str]]:
    return _usages_of_acts(snapshot, release) | _usages_told(snapshot, release)


def _usages_told(snapshot: Snapshot, release: int) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for code in snapshot.codes(LETTRE_CLE):
        for version in snapshot.versions(LETTRE_CLE, code, release):
            if version.payload["usage"]:
                mode = BY_COEFFICIENT if version.payload["usage"] == AU_COEFFICIENT else FLAT
                found[version.payload["lettre"].upper()].add(mode)
    return dict(found)


def _usages_of_acts(snapshot: Snapshot, release: int) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for code in snapshot.codes("acte_ngap"):
        for version in snapshot.versions("acte_ngap", code, release):
            if version.payload["lettre"] and version.payload["mode"] != BY_FORFAIT:
                found[version.payload["lettre"].upper()].add(version.payload["mode"])
    return dict(found)


def prestation_of(snapshot: Snapshot, question: Question, rating: Rating, mode: str, moment: Moment) -> str:
    """The kind of care a letter stands for: dental where the letter has variants, else an act.

    Raises UnpricedError when care and prostheses are paid at different rates and nothing says which it is.
    """
    if rating.variante is not None:
        return DENTAIRE[rating.variante]
    if not _has_variants(snapshot, rating.lettre, moment.release):
        return "ACTE"
    found = [find_coverage(snapshot, question, prestation, mode, moment) for prestation in DENTAIRE.values()]
    rates = {None if each is None else (each.rate, each.mutuelle and each.mutuelle.payload["taux"]) for each in found}
    if len(rates) > 1:
        raise _variant_needed(rating)
    return DENTAIRE["soins"]


def _has_variants(snapshot: Snapshot, lettre: str, release: int) -> bool:
    codes = lettres(snapshot).get(lettre.upper(), ())
    return any(read_lettre_cle(code).variante and snapshot.is_known(LETTRE_CLE, code, release) for code in codes)


def _variant_needed(rating: Rating) -> UnpricedError:
    message = (
        f"The letter {rating.lettre} has one value for soins and another for prothèses, and {rating} does not say "
        "which: send the code of the act, such as D708."
    )
    return UnpricedError(INVALID, message)


def find_letter_tariff(snapshot: Snapshot, question: Question, moment: Moment, rating: Rating, care: Care) -> Quote:
    """The price of a cotation that day. Without one: NOT_COVERED where the payer covers no such care, which needs no
    price, else UnpricedError.
    """
    asked = (rating.lettre, rating.variante, question.secteur, question.organisme, moment)
    try:
        tarif = find_tarif_lettre(snapshot, *asked)
    except VariantNeededError:
        raise _variant_needed(rating) from None
    except AmbiguousTariffError as error:
        raise UnpricedError(NO_TARIFF, str(error)) from error
    if tarif is not None:
        return _tariff(rating, tarif)
    if find_coverage(snapshot, question, care.prestation, care.mode, moment) is None:
        return not_covered(Quote(OK, basis=ACT), question, care)
    message = (
        f"The key letter {rating.lettre} has no value in force on {moment.as_of} for {question.organisme}, "
        f"secteur {question.secteur}."
    )
    raise UnpricedError(NO_TARIFF, message, notices=notices_of(notes_on_lettre(snapshot, *asked)))


def _tariff(rating: Rating, tarif: Tarif) -> Quote:
    price = rating.price(tarif.value)
    notices = notices_of(tarif.notes)
    told = f"Key letter {rating.lettre} at {format_dirhams(tarif.value)} ({tarif.convention.payload['libelle']})"
    if rating.coefficient is not None:
        told = f"{told}: {rating} is {format_dirhams(price)}"
    return Quote(
        OK,
        unit_price=price,
        ceiling=price,
        period=tarif.version.period,
        legal_act=tarif.legal_act,
        basis=ACT,
        reasons=reasons_of(notices),
        notices=notices,
        steps=(step_of("TARIFF", f"{told}.", tarif.version), *steps_beside(tarif)),
    )


def steps_beside(tarif: Tarif) -> tuple[Step, ...]:
    """The entry by which the payer applies the convention, where there is one, and what is told beside a tariff."""
    steps = [Step("NOTE", note.text, note.legal_act) for note in tarif.notes]
    if tarif.adherence is not None:
        payload, start = tarif.adherence.payload, tarif.adherence.period.start
        verb = "applies" if payload["applique"] else "does not apply"
        text = f"{payload['organisme']} {verb} the convention {payload['convention']} from {start}."
        steps.insert(0, step_of("PAYER_APPLICATION", text, tarif.adherence))
    return tuple(steps)
