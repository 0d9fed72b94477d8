"""What the payer and the mutuelle cover of a kind of care that day: rates, which are data (DOMAIN 1.4, 3.3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from catalog.conventions.codes import SECTEURS
from catalog.conventions.lookups import find_taux
from catalog.conventions.stretches import steady
from catalog.money import format_rate
from catalog.pricing.answers import (
    INVALID,
    NOT_COVERED,
    PRIOR_AGREEMENT_MISSING,
    Notice,
    Quote,
    Share,
    Step,
    UnpricedError,
    step_of,
)
from catalog.pricing.lines import Question
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

AMO, MUTUELLE = "AMO", "MUTUELLE"
NORMALE, EXONERATION = "NORMALE", "EXONERATION"


class Care(NamedTuple):
    """The kind of care a rate is for, and whether the payer must have agreed to it before."""

    prestation: str
    mode: str
    needs_agreement: bool = False


class _Patient(NamedTuple):
    """What of a question decides a rate."""

    organisme: str
    secteur: str | None
    exoneration: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """The rates in force for a question; ``mutuelle`` is None where no complementary rate is recorded."""

    amo: Version
    mutuelle: Version | None
    notices: tuple[Notice, ...]
    steps: tuple[Step, ...]

    @property
    def rate(self) -> int:
        """Of the base, in basis points."""
        return int(self.amo.payload["taux"])

    @property
    def assiette(self) -> str:
        """What the rate applies to: PBR, PPV, PH, TNR or FORFAIT."""
        return str(self.amo.payload["assiette"])


def find_coverage(
    snapshot: Snapshot, question: Question, prestation: str, mode: str, moment: Moment
) -> Coverage | None:
    """The rates for a kind of care; None where the payer covers none of it that day.

    A patient exempt from the ticket modérateur for whom no such rate is recorded gets the ordinary one, with a notice:
    the CNSS pays most of its ALD so. Raises UnpricedError when the sector decides and the line names none.
    """
    patient = _Patient(question.organisme, question.secteur, question.exoneration)
    return _covered(snapshot, patient, prestation, mode, moment)


@steady
def _covered(snapshot: Snapshot, patient: _Patient, prestation: str, mode: str, moment: Moment) -> Coverage | None:
    amo = _find_rate(snapshot, AMO, patient, prestation, mode, moment)
    if amo is None:
        _check_sector(snapshot, patient, prestation, mode, moment)
        return None
    mutuelle = _find_rate(snapshot, MUTUELLE, patient, prestation, mode, moment)
    notices = _on_exemption(patient, amo)
    steps = [step_of("RATE", _told_rate(amo), amo)]
    if mutuelle is not None:
        steps.append(step_of("MUTUELLE_RATE", _told_rate(mutuelle), mutuelle))
    steps += [Step("NOTE", notice.message, notice.legal_act) for notice in notices]
    return Coverage(amo, mutuelle, notices, tuple(steps))


def _find_rate(
    snapshot: Snapshot, regime: str, patient: _Patient, prestation: str, mode: str, moment: Moment
) -> Version | None:
    for situation in (EXONERATION, NORMALE) if patient.exoneration else (NORMALE,):
        found = find_taux(snapshot, regime, patient.organisme, prestation, mode, patient.secteur, situation, moment)
        if found is not None:
            return found
    return None


def _check_sector(snapshot: Snapshot, patient: _Patient, prestation: str, mode: str, moment: Moment) -> None:
    if patient.secteur is not None:
        return
    asked = (patient._replace(secteur=secteur) for secteur in SECTEURS)
    if any(_find_rate(snapshot, AMO, each, prestation, mode, moment) for each in asked):
        message = f"The secteur is missing: in {mode}, {patient.organisme} pays by sector; write prive or public."
        raise UnpricedError(INVALID, message, field="secteur")


def _on_exemption(patient: _Patient, amo: Version) -> tuple[Notice, ...]:
    if not patient.exoneration or amo.payload["situation"] == EXONERATION:
        return ()
    message = (
        f"No rate of {patient.organisme} for patients exempt from the ticket modérateur is recorded for this care: "
        f"the ordinary rate of {format_rate(amo.payload['taux'])} is applied."
    )
    return (Notice("EXONERATION_RATE_UNKNOWN", message, amo.legal_act),)


def _told_rate(rate: Version) -> str:
    payload = rate.payload
    sector = f", secteur {payload['secteur']}" if payload["secteur"] else ""
    return (
        f"{payload['regime']} of {payload['organisme']}, {payload['prestation']}, {payload['mode']}{sector}, "
        f"situation {payload['situation']}: {format_rate(payload['taux'])} of the {payload['assiette']}."
    )


def cover(snapshot: Snapshot, question: Question, moment: Moment, tariff: Quote, care: Care) -> Quote:
    """A tariff with what is paid of it: its ceiling times the rate; nothing without a rate, or a needed agreement."""
    coverage = find_coverage(snapshot, question, care.prestation, care.mode, moment)
    if coverage is None:
        return not_covered(tariff, question, care)
    assert tariff.ceiling is not None
    mutuelle = Share(coverage.mutuelle.payload["taux"], tariff.ceiling) if coverage.mutuelle else None
    quote = replace(
        tariff,
        rate=coverage.rate,
        mutuelle=mutuelle,
        notices=(*tariff.notices, *coverage.notices),
        steps=(*tariff.steps, *coverage.steps),
        whole_until=_sooner(tariff.whole_until, coverage.amo.period.end),
    )
    return quote if question.accord_prealable or not care.needs_agreement else without_agreement(quote)


def not_covered(tariff: Quote, question: Question, care: Care) -> Quote:
    """The same tariff, of which the payer covers nothing that day: a gap between rates is no rate of zero."""
    message = f"{question.organisme} covers no {care.prestation} in {care.mode} that day: no rate is in force."
    notices = (*tariff.notices, Notice(NOT_COVERED, message))
    return replace(tariff, status=NOT_COVERED, notices=notices, steps=(*tariff.steps, Step("COVERAGE", message)))


def without_agreement(quote: Quote) -> Quote:
    """The same tariff, of which nothing is paid until the payer has agreed to it."""
    message = "Prior agreement is required and none is declared: nothing is paid without it."
    step = Step("PRIOR_AGREEMENT", message, quote.legal_act)
    return replace(quote, status=PRIOR_AGREEMENT_MISSING, steps=(*quote.steps, step))


def _sooner(limit: date | None, end: date) -> date | None:
    return None if limit is None else min(limit, end)
