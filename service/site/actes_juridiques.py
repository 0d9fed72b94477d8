"""To be written."""

from __future__ import annotations

from service.site.rooms import PageRoom, Shown
from service.site.visits import Visit

room = PageRoom()


@room.page("/actes-juridiques")
def actes_juridiques(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")


@room.page("/actes-juridiques/<path:code>")
def acte_juridique(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")
