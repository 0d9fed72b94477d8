"""To be written anew from the former page."""

from __future__ import annotations

from service.site.rooms import PageRoom, Shown
from service.site.visits import Visit

room = PageRoom()


@room.page("/avis")
def avis(visit: Visit) -> Shown:
    return Shown("encours.html")


@room.page("/avis/<path:code>")
def un_avis(visit: Visit, code: str) -> Shown:
    return Shown("encours.html")
