"""Devices: the smaller of purchase price and forfait, at the rate of the payer, 100 % at CNOPS (DOMAIN 4)."""

from __future__ import annotations

from catalog.dispositifs.lookups import Dispositif, dispositif
from catalog.money import format_dirhams
from catalog.pricing.answers import ACT, NO_TARIFF, OK, Quote, Step, UnpricedError, step_of
from catalog.pricing.coverage import Care, cover
from catalog.pricing.finding import find_entry
from catalog.pricing.line_fields import AMBULATOIRE
from catalog.pricing.lines import Question
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment

KIND = "dispositif"
PRESTATION = "DISPOSITIF"


def quote_dispositif(snapshot: Snapshot, question: Question, moment: Moment) -> Quote:
    """What a device is worth that day; billed is its purchase price. Raises UnpricedError."""
    version = find_entry(snapshot, KIND, question.code, moment)
    found = dispositif(snapshot, question.code, moment)
    assert found is not None
    if found.forfait is None:
        message = f"No forfait of {version.code} has been seen in a text, and none is guessed."
        raise UnpricedError(NO_TARIFF, message, act=version.legal_act)
    told = f"{version.payload['libelle']}: forfait {format_dirhams(found.forfait)}."
    tariff = Quote(
        OK,
        unit_price=found.forfait,
        ceiling=found.forfait,
        period=version.period,
        legal_act=version.legal_act,
        basis=ACT,
        steps=(step_of("TARIFF", told, version), *_remarks(found)),
    )
    care = Care(PRESTATION, question.mode or AMBULATOIRE, needs_agreement=found.accord_prealable)
    return cover(snapshot, question, moment, tariff, care)


def _remarks(found: Dispositif) -> tuple[Step, ...]:
    told = ["The base is the smaller of the purchase price and the forfait."]
    payload = found.version.payload
    if payload["accord_prealable"] is None:
        told.append("Whether it needs prior agreement has not been seen in a text.")
    if payload["quantite_max"] is not None or payload["renouvellement_mois"] is not None:
        told.append("Its limits of quantity and renewal are for the liquidation to check: they look at other claims.")
    if found.remplacant is not None:
        told.append(f"{found.remplacant.code} has taken its place.")
    return tuple(step_of("BASE" if place == 0 else "NOTE", text, found.version) for place, text in enumerate(told))
