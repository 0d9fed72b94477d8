"""Medicines: the presentation in force, its history, its equivalents, the opinions on it."""

from __future__ import annotations

from catalog.errors import CodeError, NotInForceError, UnknownCodeError
from catalog.gmr import lookups
from catalog.gmr.codes import parse_presentation
from catalog.releases.telling import Told
from service.api.asking import Asked
from service.api.endpoints import Room
from service.api.schemas.medicaments import Medicament, MedicamentAvis, MedicamentEquivalents, MedicamentHistory
from service.ready.days import days_of_medicament
from service.telling.listes import payers_listing

room = Room("Médicaments", "One presentation of a medicine, by any GTIN it carries or its internal code.")

REFUSALS = (CodeError, UnknownCodeError, NotInForceError)


@room.get("/medicaments/{code}", Medicament, raises=REFUSALS, turning_days=days_of_medicament)
def medicament(asked: Asked, code: str) -> Told:
    """The presentation in force: prices, base, statut, SMR and ASMR, what is upcoming, what is odd."""
    return asked.answer(lookups.medicament(asked.snapshot, code, asked.moment, tiers_payant=payers_listing))


@room.get("/medicaments/{code}/history", MedicamentHistory, raises=(CodeError, UnknownCodeError))
def medicament_history(asked: Asked, code: str) -> Told:
    """Every version, newest first, with the release that brought it and the one that closed it, also out of force."""
    versions = lookups.history(asked.snapshot, code, asked.moment)
    return asked.answer({"code": parse_presentation(code), "versions": versions})


@room.get("/medicaments/{code}/equivalents", MedicamentEquivalents, raises=REFUSALS)
def medicament_equivalents(asked: Asked, code: str) -> Told:
    """The presentations of its generic group in force, cheapest first, with the saving against it."""
    found = lookups.equivalents(asked.snapshot, code, asked.moment)
    return asked.answer({"code": parse_presentation(code), "equivalents": found})


@room.get("/medicaments/{code}/avis", MedicamentAvis, raises=REFUSALS)
def medicament_avis(asked: Asked, code: str) -> Told:
    """The opinions of the commission de la transparence in force: SMR and ASMR per indication, dated."""
    return asked.answer({"code": parse_presentation(code), "avis": lookups.avis(asked.snapshot, code, asked.moment)})
