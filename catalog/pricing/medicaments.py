"""Medicines: price, base and rate of one box on the day it is dispensed (DOMAIN 1.2 to 1.5)."""

from __future__ import annotations

from dataclasses import replace

from catalog.conventions.lookups import find_regles
from catalog.errors import NotInForceError, UnknownCodeError
from catalog.gmr.lookups import LABEL, resolve
from catalog.gmr.statut import HOSPITALIER, RETIRE, statut
from catalog.kinds import Payload
from catalog.money import format_dirhams
from catalog.pricing.answers import (
    BASE_IS_GENERIC,
    DELISTED,
    DISPENSING,
    HOSPITAL_ONLY,
    NO_TARIFF,
    NOT_REIMBURSABLE,
    OK,
    PAYER_APPLICATION_DATE,
    UNKNOWN_CODE,
    Quote,
    Share,
    Step,
    UnpricedError,
    step_of,
)
from catalog.pricing.coverage import Care, Coverage, find_coverage, not_covered
from catalog.pricing.finding import absent, check_ground, find_entry
from catalog.pricing.line_fields import AMBULATOIRE, HOSPITALISATION, canonical_code
from catalog.pricing.lines import Question
from catalog.snapshots.memory import remembered
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

MEDICAMENT, GTIN = "medicament", "gtin"
PRESTATION = "MEDICAMENT"
BASE_GENERIQUE = "BASE_GENERIQUE"
PBR, PPV, PH = "PBR", "PPV", "PH"

_REFUSED = {
    DELISTED: "The medicine is delisted: nothing is reimbursed.",
    HOSPITAL_ONLY: "The medicine has a hospital price and no public one: it is not dispensed to ambulatory patients.",
    NOT_REIMBURSABLE: "The medicine is on the list as not admitted to reimbursement: its rate is 0.00.",
}


def quote_medicament(snapshot: Snapshot, question: Question, moment: Moment) -> Quote:
    """What one box is worth that day. Raises UnpricedError for a code with no price then."""
    version = _find(snapshot, question.code, moment)
    mode = question.mode or AMBULATOIRE
    tariff = _tariff(version, mode)
    refusal = _refusal(version.payload, mode)
    if refusal is not None:
        step = step_of("STATUT", _REFUSED[refusal], version)
        return replace(tariff, status=refusal, steps=(*tariff.steps, step))
    coverage = find_coverage(snapshot, question, PRESTATION, mode, moment)
    if coverage is None:
        return not_covered(tariff, question, Care(PRESTATION, mode))
    return _based(snapshot, question, moment, tariff, version, coverage)


def _find(snapshot: Snapshot, code: str, moment: Moment) -> Version:
    """What is in force that day of the presentation behind a code. Raises UnpricedError."""
    found = snapshot.find(MEDICAMENT, code, moment)
    if snapshot.is_known(GTIN, code, moment.release):
        return find_entry(snapshot, MEDICAMENT, _presentation(snapshot, code, moment), moment)
    # Nearly all: a code of which no entry says that it stands for another presentation.
    if found is not None:
        check_ground(snapshot, found, moment)
        return found
    if canonical_code(MEDICAMENT, code) == code and not snapshot.is_known(MEDICAMENT, code, moment.release):
        raise UnpricedError(UNKNOWN_CODE, str(UnknownCodeError(LABEL, code)))
    return find_entry(snapshot, MEDICAMENT, _presentation(snapshot, code, moment), moment)


def _presentation(snapshot: Snapshot, code: str, moment: Moment) -> str:
    """The presentation a code stands for that day. Raises UnpricedError."""
    try:
        return resolve(snapshot, code, moment)
    except UnknownCodeError as error:
        raise UnpricedError(UNKNOWN_CODE, str(error)) from error
    except NotInForceError as error:
        if snapshot.is_known(MEDICAMENT, code, moment.release):
            raise absent(snapshot, MEDICAMENT, code, moment) from error
        raise UnpricedError(NO_TARIFF, str(error)) from error


def _tariff(version: Version, mode: str) -> Quote:
    """The reference price: public, or the hospital one of a medicine that has no other, in hospital."""
    payload = version.payload
    price, name = payload["ppv"], PPV
    if price is None and mode == HOSPITALISATION:
        price, name = payload["ph"], PH
    told = f"no {name}" if price is None else f"{name} {format_dirhams(price)}"
    return Quote(
        OK,
        unit_price=price,
        ceiling=payload["pbr"],
        period=version.period,
        legal_act=version.legal_act,
        basis=DISPENSING,
        steps=(step_of("PRICE", f"{payload['nom']}: {told}.", version),),
    )


def _refusal(payload: Payload, mode: str) -> str | None:
    standing = statut(payload)
    if standing == RETIRE:
        return DELISTED
    if standing == HOSPITALIER and mode == AMBULATOIRE:
        return HOSPITAL_ONLY
    return None if payload["admis_remboursement"] else NOT_REIMBURSABLE


def _based(
    snapshot: Snapshot, question: Question, moment: Moment, tariff: Quote, version: Version, coverage: Coverage
) -> Quote:
    base, reasons, steps = _reference_base(snapshot, question.organisme, moment, version, coverage.assiette)
    mutuelle = None
    if coverage.mutuelle is not None:
        assiette = coverage.mutuelle.payload["assiette"]
        ceiling, _, _ = _reference_base(snapshot, question.organisme, moment, version, assiette)
        mutuelle = Share(coverage.mutuelle.payload["taux"], ceiling)
    unit_price = version.payload["ph"] if coverage.assiette == PH else tariff.unit_price
    return Quote(
        OK,
        unit_price=unit_price,
        ceiling=base,
        rate=coverage.rate,
        mutuelle=mutuelle,
        period=tariff.period,
        legal_act=tariff.legal_act,
        basis=tariff.basis,
        reasons=reasons,
        notices=coverage.notices,
        steps=(*tariff.steps, *steps, *coverage.steps),
    )


def _reference_base(
    snapshot: Snapshot, organisme: str, moment: Moment, version: Version, assiette: str
) -> tuple[int, tuple[str, ...], tuple[Step, ...]]:
    """The base of a rate on ``assiette``, in centimes, with the reasons for it. Raises UnpricedError without one."""
    if assiette == PBR:
        return _generic_base(snapshot, organisme, moment, version)
    amount = version.payload[assiette.lower()] if assiette in (PPV, PH) else None
    if amount is None:
        message = f"The rate applies to the {assiette}, which {version.code} does not have."
        raise UnpricedError(NO_TARIFF, message, act=version.legal_act)
    return amount, (), (step_of("BASE", f"Base: the {assiette}, {format_dirhams(amount)}.", version),)


def _generic_base(
    snapshot: Snapshot, organisme: str, moment: Moment, version: Version
) -> tuple[int, tuple[str, ...], tuple[Step, ...]]:
    """The published PBR; before the day a payer has begun to apply it, the PPV (DOMAIN fact 4)."""
    ppv, pbr = version.payload["ppv"], version.payload["pbr"]
    rules = find_regles(snapshot, organisme, BASE_GENERIQUE, moment)
    if not rules and ppv is not None and is_ruled(snapshot, organisme, BASE_GENERIQUE, moment.release):
        text = f"Base: the PPV, {format_dirhams(ppv)}; {organisme} does not apply the generic base that day."
        reasons = () if ppv == pbr else (PAYER_APPLICATION_DATE,)
        return ppv, reasons, (step_of("PAYER_RULE", text, version),)
    if pbr is None:
        message = f"No reimbursement base is published for {version.code}, and none is computed in its place."
        raise UnpricedError(NO_TARIFF, message, act=version.legal_act)
    steps = [step_of("PAYER_RULE", str(rule.payload["libelle"]), rule) for rule in rules]
    is_generic = ppv is not None and pbr < ppv
    why = " of the generic closest to it in price" if is_generic else ""
    steps.insert(0, step_of("BASE", f"Base: the published PBR, {format_dirhams(pbr)}{why}.", version))
    return pbr, (BASE_IS_GENERIC,) if is_generic else (), tuple(steps)


@remembered
def is_ruled(snapshot: Snapshot, organisme: str, regle: str, release: int) -> bool:
    """Whether a payer's rule of that name is known for any day: then it begins on a day, else the law holds always."""
    return any(
        (version.payload["organisme"], version.payload["regle"]) == (organisme, regle)
        for code in snapshot.codes("regle_organisme")
        for version in snapshot.versions("regle_organisme", code, release)
    )
