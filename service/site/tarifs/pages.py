"""To be written."""

from __future__ import annotations

from service.site.rooms import PageRoom, Shown
from service.site.visits import Visit

room = PageRoom()


@room.page("/actes")
def actes(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")


@room.page("/actes/ngap/<path:code>")
def acte_ngap(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")


@room.page("/actes/ccam/<path:code>")
def acte_ccam(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")


@room.page("/dispositifs")
def dispositifs(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")


@room.page("/dispositifs/<path:code>")
def dispositif(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")


@room.page("/conventions")
def conventions(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")


@room.page("/conventions/<path:code>")
def convention(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")


@room.page("/lettres-cles")
def lettres_cles(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")


@room.page("/lettres-cles/<lettre>")
def lettre_cle(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")


@room.page("/forfaits/<forfait>")
def forfait(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")
