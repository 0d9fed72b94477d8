"""To be written."""

from __future__ import annotations

from service.site.rooms import PageRoom, Shown
from service.site.visits import Visit

room = PageRoom()


@room.page("/medicaments/<path:code>")
def medicament(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")


@room.page("/groupes-generiques/<path:code>")
def groupe(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")


@room.page("/substances/<path:code>")
def substance(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")
