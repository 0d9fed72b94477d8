"""Substances listed by arrêté, and the generic groups the editors keep."""

from __future__ import annotations

from typing import Any

from catalog.errors import CodeError, NotInForceError, UnknownCodeError
from catalog.gmr.codes import fold
from catalog.gmr.outlook import in_group
from catalog.gmr.statut import dosage_text, statut
from catalog.releases.telling import Told
from catalog.snapshots.reading import Version
from service.api.asking import Asked
from service.api.endpoints import Room
from service.api.parameters import Pages, Parameter, TwoClocks
from service.api.schemas.medicaments import GroupeGenerique, Substances

room = Room("Substances et groupes", "What the arrêtés list, and which presentations are compared with each other.")


class SubstancesQuery(Pages, TwoClocks):
    dci = Parameter("Only listings of this DCI, alone or combined; case and accents do not matter.")


@room.get("/substances", Substances, query=SubstancesQuery)
def substances(asked: Asked) -> Told:
    """The DCI listed by arrêté in force, in order of code: the other parent of a reimbursable medicine."""
    found = [
        version for version in asked.snapshot.in_force("substance", asked.moment) if _has_dci(version, asked.query)
    ]
    shown, pages = asked.page_of(found)
    return asked.answer({**pages, "substances": [asked.tell(version) for version in shown]})


def _has_dci(version: Version, query: Any) -> bool:
    return "dci" not in query or fold(query["dci"]) in map(fold, version.payload["dci"])


@room.get("/groupes-generiques/{+code}", GroupeGenerique, raises=(CodeError, UnknownCodeError, NotInForceError))
def groupe_generique(asked: Asked, code: str) -> Told:
    """A generic group in force and its members, cheapest first."""
    version = asked.find("groupe_generique", code)
    members = sorted(in_group(asked.snapshot, version.code, asked.moment), key=_cheapest)
    return asked.answer({**asked.tell(version), "members": [_member(asked, member) for member in members]})


def _cheapest(member: Version) -> tuple[bool, int, str]:
    ppv = member.payload["ppv"]
    return (ppv is None, ppv or 0, member.code)


def _member(asked: Asked, member: Version) -> Told:
    payload = member.payload
    return asked.tell(member) | {"dosage": dosage_text(payload), "statut": statut(payload)}
