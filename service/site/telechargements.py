"""Whole lists as files, and how to keep a copy of the catalogue."""

from __future__ import annotations

from flask import url_for

from service.site.rooms import PageRoom, Shown
from service.site.versions import files
from service.site.visits import Visit, absolute

room = PageRoom()


@room.page("/telechargements")
def telechargements(visit: Visit) -> Shown:
    """Every kind in every format, as a release knew it on a day: the newest and today unless others are chosen."""
    rows = files.rows(visit, visit.release) if visit.release else []
    changes = absolute(url_for("api.changes", after=visit.moment.release))
    everything = absolute(url_for("api.changes", after=0))
    context = {"rows": rows, "formats": files.formats(), "changes": changes, "everything": everything}
    return Shown("telechargements.html", context)
