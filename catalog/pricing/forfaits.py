"""Forfaits: stays, days, sessions, surgery by bands of coefficients, and acts paid by a forfait (DOMAIN 3.2)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from catalog.conventions.indexes import FORFAIT, forfaits
from catalog.conventions.lookups import (
    AmbiguousTariffError,
    Tarif,
    find_forfait,
    find_forfait_for_coefficient,
    find_regles,
    is_known_forfait,
    notes_on_forfait,
)
from catalog.errors import UnknownCodeError
from catalog.kinds import Payload
from catalog.money import format_dirhams, parse_dirhams
from catalog.pricing.answers import (
    ACT,
    ADMISSION,
    DAY,
    INVALID,
    NO_TARIFF,
    OK,
    UNKNOWN_CODE,
    Notice,
    Quote,
    Step,
    UnpricedError,
    notices_of,
    reasons_of,
    step_of,
)
from catalog.pricing.coverage import Care, cover, find_coverage, not_covered
from catalog.pricing.lettres import steps_beside
from catalog.pricing.line_fields import AMBULATOIRE, HOSPITALISATION
from catalog.pricing.lines import Question
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

PRESTATION = "FORFAIT"
STAYS = ("JOUR", "SEJOUR")
UNJUSTIFIED = "CESARIENNE_NON_JUSTIFIEE"
DATING = "DATE_TARIFICATION"

_COTATION = re.compile(r"^([A-Z]{1,6})(\d{1,4}(?:[.,]\d{1,2})?)$", re.ASCII)
_BASES = {"JOUR": DAY, "SEJOUR": ADMISSION}
_RULED_BASES = {"JOUR_ACTE": ACT, "JOUR": DAY, "ADMISSION": ADMISSION}


def quote_forfait(snapshot: Snapshot, question: Question, moment: Moment) -> Quote:
    """What one unit of a forfait is worth that day: by its name, or by cotation for surgery. Raises UnpricedError."""
    tarif = _find(snapshot, question, moment)
    mode = mode_of(question, tarif.version.payload if tarif else _described(snapshot, question.code, moment.release))
    care = Care(PRESTATION, mode)
    if tarif is None:
        return _without_tariff(snapshot, question, moment, care)
    tariff = _tariff(snapshot, question, moment, tarif)
    if not question.justified:
        tariff = _unjustified(snapshot, question, moment, tariff, tarif)
    return cover(snapshot, question, moment, tariff, care)


def quote_act_forfait(snapshot: Snapshot, question: Question, moment: Moment, act: str, agreement: bool) -> Quote:
    """What an act paid by a forfait of its own name is worth that day. Raises UnpricedError."""
    tarif = _by_name(snapshot, act, question, moment)
    if tarif is None:
        raise UnpricedError(NO_TARIFF, f"The act {act} is paid by a forfait, and none is in force on {moment.as_of}.")
    mode = mode_of(question, tarif.version.payload)
    tariff = _tariff(snapshot, question, moment, tarif)
    return cover(snapshot, question, moment, tariff, Care(PRESTATION, mode, agreement))


def mode_of(question: Question, forfait: Payload) -> str:
    """The mode of care: a stay and a surgical band are in hospital unless said otherwise; a stay always is.

    The contract's default, ambulatoire, would otherwise pay a stay at the rate of a consultation. Raises UnpricedError.
    """
    is_stay = forfait["unite"] in STAYS
    if is_stay and question.mode == AMBULATOIRE:
        message = f"{question.code} is a stay in hospital: its mode is {HOSPITALISATION}, or is left out."
        raise UnpricedError(INVALID, message, field="mode")
    if question.mode is not None:
        return question.mode
    return HOSPITALISATION if is_stay or forfait["lettre"] else AMBULATOIRE


def _described(snapshot: Snapshot, code: str, release: int) -> Payload:
    """What is known of a forfait that has no amount that day: its unit, and whether it is a band of surgery."""
    for each in forfaits(snapshot).get(code, ()):
        for version in snapshot.versions(FORFAIT, each, release):
            return version.payload
    cotation = _COTATION.match(code)
    return {"unite": None, "lettre": cotation[1] if cotation else None}


def _find(snapshot: Snapshot, question: Question, moment: Moment) -> Tarif | None:
    """Raises UnpricedError for a forfait never published."""
    cotation = _COTATION.match(question.code)
    if is_known_forfait(snapshot, question.code, moment.release):
        return _by_name(snapshot, question.code, question, moment)
    if cotation is None:
        raise UnpricedError(UNKNOWN_CODE, str(UnknownCodeError("forfait", question.code)))
    coefficient = parse_dirhams(cotation[2].replace(",", "."))
    try:
        return find_forfait_for_coefficient(
            snapshot, cotation[1], coefficient, question.secteur, question.organisme, moment
        )
    except AmbiguousTariffError as error:
        raise UnpricedError(NO_TARIFF, str(error)) from error


def _by_name(snapshot: Snapshot, name: str, question: Question, moment: Moment) -> Tarif | None:
    try:
        found = find_forfait(snapshot, name, question.secteur, question.organisme, moment)
    except AmbiguousTariffError as error:
        raise UnpricedError(NO_TARIFF, str(error)) from error
    if found is not None and found.version.payload["palier"]:
        payload = found.version.payload
        message = f"The amount of {name} depends on the coefficient: send the cotation, such as {payload['lettre']}315."
        raise UnpricedError(INVALID, message)
    return found


def _without_tariff(snapshot: Snapshot, question: Question, moment: Moment, care: Care) -> Quote:
    if find_coverage(snapshot, question, care.prestation, care.mode, moment) is None:
        return not_covered(Quote(OK, basis=ACT), question, care)
    notes = notes_on_forfait(snapshot, question.code, question.secteur, question.organisme, moment)
    message = (
        f"The forfait {question.code} has no amount in force on {moment.as_of} for {question.organisme}, "
        f"secteur {question.secteur}."
    )
    raise UnpricedError(NO_TARIFF, message, notices=notices_of(notes))


def _tariff(snapshot: Snapshot, question: Question, moment: Moment, tarif: Tarif) -> Quote:
    payload = tarif.version.payload
    notices = notices_of(tarif.notes)
    basis, ruled = _basis(snapshot, question, moment, tarif.version)
    told = f"{payload['libelle']}: {format_dirhams(tarif.value)} ({tarif.convention.payload['libelle']})."
    return Quote(
        OK,
        unit_price=tarif.value,
        ceiling=tarif.value,
        period=tarif.version.period,
        legal_act=tarif.legal_act,
        basis=basis,
        reasons=reasons_of(notices),
        notices=notices,
        steps=(step_of("TARIFF", told, tarif.version), *ruled, *steps_beside(tarif)),
        whole_until=_last_bound(tarif) if basis == DAY else None,
    )


def _last_bound(tarif: Tarif) -> date:
    """The first day on which the amount, its convention or the payer's application of it no longer stands."""
    ends = [tarif.version.period.end, tarif.convention.period.end]
    if tarif.adherence is not None:
        ends.append(tarif.adherence.period.end)
    return min(ends)


def _basis(snapshot: Snapshot, question: Question, moment: Moment, forfait: Version) -> tuple[str, tuple[Step, ...]]:
    """Which date selects the amount: that of a rule of the payer, else by unit (an assumption: no text was seen)."""
    for rule in find_regles(snapshot, question.organisme, DATING, moment):
        payload = rule.payload
        if payload["forfait"] in (None, forfait.payload["forfait"]) and payload["parametre"] in _RULED_BASES:
            return _RULED_BASES[payload["parametre"]], (step_of("PAYER_RULE", payload["libelle"], rule),)
    return _BASES.get(forfait.payload["unite"], ACT), ()


def _unjustified(snapshot: Snapshot, question: Question, moment: Moment, tariff: Quote, tarif: Tarif) -> Quote:
    """A payer's decision replaces the base, never the tariff: it ranks below national law (DOMAIN 3.4)."""
    name = tarif.version.payload["forfait"]
    for rule in find_regles(snapshot, question.organisme, UNJUSTIFIED, moment):
        if rule.payload["remplace"] != name:
            continue
        other = _by_name(snapshot, rule.payload["par"], question, moment)
        if other is None:
            message = f"{rule.payload['libelle']}: {rule.payload['par']} has no amount in force on {moment.as_of}."
            raise UnpricedError(NO_TARIFF, message, act=rule.legal_act)
        text = (
            f"{rule.payload['libelle']}: the base is {format_dirhams(min(other.value, tarif.value))}. It is a decision "
            f"of {question.organisme}, rank {rule.payload['rang']}: below national law (1) and convention (2)."
        )
        steps = (step_of("PAYER_RULE", text, rule), step_of("TARIFF", other.version.payload["libelle"], other.version))
        return replace(
            tariff,
            ceiling=min(other.value, tarif.value),
            notices=(*tariff.notices, Notice(UNJUSTIFIED, text, rule.legal_act)),
            steps=(*tariff.steps, *steps),
        )
    return tariff
