"""The opinions of the commission de la transparence: those of a day, and each with its history and its legal act."""

from __future__ import annotations

from typing import Any

from catalog.errors import UnknownCodeError
from catalog.gmr.commission.published import (
    NONE,
    PER_PAGE,
    Wanted,
    opinions_beside,
    opinions_in_force,
    presentations_under,
    subject,
)
from catalog.gmr.opinions import given_on
from catalog.gmr.schemas import TYPES_DEMANDE
from catalog.gmr.statut import dosage_text
from catalog.snapshots.reading import Version
from service.site.avis_niveaux import scale, scales
from service.site.languages import gettext as _
from service.site.rooms import PageRoom, Shown
from service.site.versions.words import value_name
from service.site.visits import Visit

room = PageRoom()
LONGEST = 100
ASKED = ("texte", "smr", "asmr", "demande", "annee")


@room.page("/avis")
def avis(visit: Visit) -> Shown:
    """The opinions in force, by text, level, kind of request and year."""
    asked = {name: visit.text(name, LONGEST) for name in ASKED}
    wanted = Wanted(**asked)
    shelf = opinions_in_force(visit.snapshot, visit.moment, wanted, visit.number("page"))
    kept = {name: text for name, text in asked.items() if text}

    def address(page: int) -> str:
        return visit.link("avis", **kept, page=page)

    context = {
        "asked": wanted,
        "kept": kept,
        "shelf": shelf,
        "address": address,
        "no_level": NONE,
        "scales": scales(visit),
    }
    return Shown("avis.html", context | {"demandes": _demandes(), "annees": _years(visit), "value_name": value_name})


@room.page("/avis/<path:code>")
def un_avis(visit: Visit, code: str) -> Shown:
    """An opinion in force that day; else when it was. Raises CodeError, UnknownCodeError."""
    kind = visit.snapshot.kinds.find("avis")
    code = kind.parse_code(code)
    history = visit.snapshot.history("avis", code, visit.moment.release)
    if not history:
        raise UnknownCodeError(kind.label, code)
    found = visit.snapshot.find("avis", code, visit.moment)
    if found is None:
        known = visit.snapshot.versions("avis", code, visit.moment.release)
        return Shown(
            "un_avis_absent.html",
            {"code": code, "known": known, "history": history, "value_name": value_name},
            status=404,
        )
    return Shown("un_avis.html", _told(visit, found) | {"history": history})


def _told(visit: Visit, opinion: Version) -> dict[str, Any]:
    snapshot, moment, payload = visit.snapshot, visit.moment, opinion.payload
    concerned = presentations_under(snapshot, opinion, moment)
    pages = max(1, -(-len(concerned) // PER_PAGE))
    page = min(visit.number("page"), pages)
    return {
        "avis": opinion,
        "sujet": subject(snapshot, payload, moment),
        "niveaux": {name: scale(visit, name.upper()).get(payload[name]) for name in ("smr", "asmr")},
        "total": len(concerned),
        "concerned": [(one, dosage_text(one.payload)) for one in concerned[(page - 1) * PER_PAGE : page * PER_PAGE]],
        "page": page,
        "pages": pages,
        "address": lambda number: visit.link("un_avis", code=opinion.code, page=number),
        "beside": [(one, given_on(one)) for one in opinions_beside(snapshot, opinion, concerned, moment)],
        "value_name": value_name,
    }


def _demandes() -> list[tuple[str, str]]:
    return [("", _("Toutes")), *((name, value_name("type_demande", name)) for name in TYPES_DEMANDE)]


def _years(visit: Visit) -> list[tuple[str, str]]:
    """The years of the opinions in force, latest first, as choices."""
    years = {given_on(opinion).year for opinion in visit.snapshot.in_force("avis", visit.moment)}
    return [("", _("Toutes")), *((str(year), str(year)) for year in sorted(years, reverse=True))]
