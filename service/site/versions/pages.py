"""To be written."""

from __future__ import annotations

from service.site.rooms import PageRoom, Shown
from service.site.visits import Visit

room = PageRoom()


@room.page("/versions")
def versions(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")


@room.page("/versions/<n>")
def version(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")


@room.page("/versions/<n>/differences")
def differences(visit: Visit, **path: str) -> Shown:
    return Shown("encours.html")
