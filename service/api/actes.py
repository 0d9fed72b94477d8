"""Acts of the NGAP and of the CCAM, and the mappings between them in both directions."""

from __future__ import annotations

from catalog.errors import CodeError, NotInForceError, UnknownCodeError
from catalog.releases.telling import Told
from service.api.asking import Asked
from service.api.endpoints import Room
from service.api.parameters import Pages, TwoClocks
from service.api.schemas.actes import ActeCcam, ActeNgap, Correspondances
from service.ready.days import days_of_acte_ccam, days_of_acte_ngap
from service.telling.actes import tell_acte_ccam, tell_acte_ngap
from service.telling.correspondances import mappings_of_ccam, mappings_of_ngap

room = Room("Actes", "Acts of the NGAP with the cotation that prices them, acts of the CCAM, and their mappings.")

REFUSALS = (CodeError, UnknownCodeError, NotInForceError)


class MappingsQuery(Pages, TwoClocks):
    pass


@room.get("/actes/ngap/{code}", ActeNgap, raises=REFUSALS, turning_days=days_of_acte_ngap)
def acte_ngap(asked: Asked, code: str) -> Told:
    """An NGAP act: its own fields, and the cotation that prices it, its own or that of the act it is assimilated to."""
    return asked.answer(tell_acte_ngap(asked.snapshot, code, asked.moment))


@room.get("/actes/ccam/{code}", ActeCcam, raises=REFUSALS, turning_days=days_of_acte_ccam)
def acte_ccam(asked: Asked, code: str) -> Told:
    """A CCAM act, the headings above it, and the NGAP act through which it is priced, if any."""
    return asked.answer(tell_acte_ccam(asked.snapshot, code, asked.moment))


@room.get("/actes/ngap/{code}/ccam", Correspondances, query=MappingsQuery, raises=REFUSALS)
def acte_ngap_ccam(asked: Asked, code: str) -> Told:
    """The validated mappings of an NGAP act to the CCAM; one without an act says why there is none."""
    return _paged(asked, mappings_of_ngap(asked.snapshot, code, asked.moment))


@room.get("/actes/ccam/{code}/ngap", Correspondances, query=MappingsQuery, raises=REFUSALS)
def acte_ccam_ngap(asked: Asked, code: str) -> Told:
    """The validated mappings that lead to a CCAM act, in all its activities and phases."""
    return _paged(asked, mappings_of_ccam(asked.snapshot, code, asked.moment))


def _paged(asked: Asked, told: Told) -> Told:
    shown, pages = asked.page_of(told["correspondances"])
    return asked.answer({**told, **pages, "correspondances": list(shown)})
