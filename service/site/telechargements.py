"""To be written."""

from __future__ import annotations

from service.site.rooms import PageRoom, Shown
from service.site.visits import Visit

room = PageRoom()


@room.page("/telechargements")
def telechargements(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")
