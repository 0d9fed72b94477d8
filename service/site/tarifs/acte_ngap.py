"""An act of the NGAP: its cotation, what it is worth under each convention, its mappings, its history."""

from __future__ import annotations

from catalog.errors import NotInForceError
from catalog.ngap_ccam.codes import parse_ngap
from catalog.ngap_ccam.lookups import ActeNgap, find_acte_ngap
from catalog.pricing.lettres import BY_COEFFICIENT, BY_FORFAIT
from service.site.history import gone, history
from service.site.rooms import PageRoom, Shown
from service.site.tarifs.priced_by import prices_by_forfait, prices_by_letter
from service.site.tarifs.prices import Prices
from service.site.visits import Visit
from service.telling.actes import tell_acte_ngap
from service.telling.correspondances import mappings_of_ngap

room = PageRoom()


@room.page("/actes/ngap/<path:code>")
def acte_ngap(visit: Visit, code: str) -> Shown:
    """What an act is worth, or why it has no price."""
    try:
        found = find_acte_ngap(visit.snapshot, code, visit.moment)
    except NotInForceError:
        return gone(visit, "acte_ngap", parse_ngap(code))
    missing = lacking(found)
    context = {
        "acte": tell_acte_ngap(visit.snapshot, code, visit.moment),
        "lacking": missing,
        "prices": None if missing else prices_of(visit, found, found.acte.code, found.mode),
        "mappings": mappings_of_ngap(visit.snapshot, code, visit.moment),
        "history": history(visit, "acte_ngap", [found.acte.code]),
    }
    return Shown("acte_ngap.html", context)


def lacking(acte: ActeNgap, *, anaesthesia: bool = False) -> str | None:
    """In a word, what the act lacks to have a price whatever the convention; None where it lacks nothing."""
    if acte.tarifant is None:
        return "assimilation"
    if acte.mode == BY_FORFAIT and not anaesthesia:
        return None
    if acte.lettre is None:
        return "lettre"
    coefficient = acte.coefficient_anesthesie if anaesthesia else acte.coefficient
    is_needed = anaesthesia or acte.mode == BY_COEFFICIENT
    return "coefficient" if is_needed and coefficient is None else None


def prices_of(visit: Visit, acte: ActeNgap, code: str, mode: str) -> Prices | None:
    """The prices of a code that this act prices: its own, or that of a CCAM act; None where nothing could price it."""
    line = {"kind": "acte", "code": code}
    if mode == BY_FORFAIT:
        return prices_by_forfait(visit, line, acte.tarifant.code) if acte.tarifant else None
    return prices_by_letter(visit, line, acte.lettre, acte.variante) if acte.lettre else None
