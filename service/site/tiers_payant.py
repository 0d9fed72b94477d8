"""To be written."""

from __future__ import annotations

from service.site.rooms import PageRoom, Shown
from service.site.visits import Visit

room = PageRoom()


@room.page("/tiers-payant")
def tiers_payant(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")


@room.page("/tiers-payant/listes/<organisme>")
def liste_tiers_payant(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")
