"""Acts: coefficient times the value of the key letter, or the letter alone (DOMAIN 2.1, 3.2)."""

from __future__ import annotations

from dataclasses import replace

from catalog.conventions.lookups import is_known_lettre
from catalog.errors import CodeError, UnknownCodeError
from catalog.ngap_ccam.lookups import ActeNgap, CcamCode, Cotation, NgapCode, acte_ngap, parse_act_code, price_target
from catalog.pricing.answers import INVALID, NO_TARIFF, UNKNOWN_CODE, Quote, Step, UnpricedError, step_of
from catalog.pricing.coverage import Care, cover
from catalog.pricing.finding import absent, check_ground, find_entry
from catalog.pricing.forfaits import quote_act_forfait
from catalog.pricing.lettres import (
    BY_COEFFICIENT,
    BY_FORFAIT,
    FLAT,
    Rating,
    check_usage,
    find_letter_tariff,
    prestation_of,
)
from catalog.pricing.line_fields import AMBULATOIRE
from catalog.pricing.lines import Question
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment

NGAP, CCAM = "acte_ngap", "acte_ccam"
ANAESTHESIA = "4"
"""The CCAM activity priced by the coefficient of anaesthesia (DOMAIN 2.3)."""


def quote_acte(snapshot: Snapshot, question: Question, moment: Moment) -> Quote:
    """What one act is worth that day, by its code, its cotation or its CCAM code. Raises UnpricedError."""
    asked = _read_code(snapshot, question.code, moment)
    if isinstance(asked, Cotation):
        check_usage(snapshot, asked, moment)
        return _by_letter(snapshot, question, moment, Rating(asked.lettre, asked.coefficient), agreement=False)
    if isinstance(asked, CcamCode):
        return _by_mapping(snapshot, question, moment, asked)
    if not snapshot.is_known(NGAP, asked.code, moment.release):
        message = f"{asked.code} is neither an NGAP act nor a key letter and its coefficient that was ever published."
        raise UnpricedError(UNKNOWN_CODE, message)
    find_entry(snapshot, NGAP, asked.code, moment)
    acte = acte_ngap(snapshot, asked.code, moment)
    assert acte is not None
    return _by_act(snapshot, question, moment, acte, acte.coefficient, acte.mode)


def _read_code(snapshot: Snapshot, code: str, moment: Moment) -> NgapCode | Cotation | CcamCode:
    """What the code of the line says. Raises UnpricedError."""

    def is_act(text: str) -> bool:
        return snapshot.is_known(NGAP, text, moment.release)

    def is_letter(text: str) -> bool:
        return is_known_lettre(snapshot, text, moment.release)

    try:
        return parse_act_code(code, is_act, is_letter)
    except CodeError as error:
        if code.isascii() and code.isalpha():
            raise UnpricedError(UNKNOWN_CODE, str(UnknownCodeError("key letter", code))) from error
        raise UnpricedError(INVALID, str(error)) from error


def _by_mapping(snapshot: Snapshot, question: Question, moment: Moment, asked: CcamCode) -> Quote:
    """Only a validated ``equivalent`` mapping carries a price (DOMAIN 2.3). Raises UnpricedError."""
    if snapshot.find(CCAM, asked.code, moment) is None:
        raise absent(snapshot, CCAM, asked.code, moment)
    target = price_target(snapshot, str(asked.target or asked.code), moment)
    if target.acte is None or target.correspondance is None:
        raise UnpricedError(NO_TARIFF, f"{asked.code} has no tariff of its own. {target.refusal}")
    mapping = target.correspondance.version
    is_anaesthesia = mapping.payload["activite"] == ANAESTHESIA
    told = f"{asked.code} has no tariff of its own; the mapping {mapping.code} declares it equivalent."
    mode = BY_COEFFICIENT if is_anaesthesia else target.acte.mode
    quote = _by_act(snapshot, question, moment, target.acte, target.coefficient, mode)
    return replace(quote, steps=(step_of("MAPPING", told, mapping), *quote.steps))


def _by_act(
    snapshot: Snapshot, question: Question, moment: Moment, acte: ActeNgap, coefficient: int | None, mode: str
) -> Quote:
    """The act, or that to which it is assimilated, paid as ``mode`` says. Raises UnpricedError."""
    tarifant = acte.tarifant
    if tarifant is None:
        missing = acte.manquant or "acts that lead back to it"
        message = f"The act {acte.acte.code} is priced through {missing}, which gives no price on {moment.as_of}."
        raise UnpricedError(NO_TARIFF, message, act=acte.acte.legal_act)
    check_ground(snapshot, tarifant, moment)
    if mode == BY_FORFAIT:
        quote = quote_act_forfait(snapshot, question, moment, tarifant.code, acte.accord_prealable)
    elif acte.lettre is None or (mode == BY_COEFFICIENT and coefficient is None):
        lacking = "key letter" if acte.lettre is None else "coefficient"
        message = f"No text gives a {lacking} for {tarifant.code}, and none is guessed: the act has no price."
        raise UnpricedError(NO_TARIFF, message, act=tarifant.legal_act)
    else:
        rating = Rating(acte.lettre, None if mode == FLAT else coefficient, acte.variante)
        quote = _by_letter(snapshot, question, moment, rating, agreement=acte.accord_prealable)
    return replace(quote, steps=(*_named(acte), *quote.steps))


def _by_letter(snapshot: Snapshot, question: Question, moment: Moment, rating: Rating, *, agreement: bool) -> Quote:
    mode = question.mode or AMBULATOIRE
    care = Care(prestation_of(snapshot, question, rating, mode, moment), mode, agreement)
    tariff = find_letter_tariff(snapshot, question, moment, rating, care)
    return tariff if tariff.ceiling is None else cover(snapshot, question, moment, tariff, care)


def _named(acte: ActeNgap) -> tuple[Step, ...]:
    """The act, and those it is assimilated to."""
    own = step_of("ACT", f"{acte.acte.code}: {acte.acte.payload['libelle']}.", acte.acte)
    way = (step_of("ASSIMILATION", f"It is priced as {each.code}.", each) for each in acte.assimilations)
    return (own, *way)
