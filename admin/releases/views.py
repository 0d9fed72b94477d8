"""The room of the releases: read from the snapshot; the proof is made on the database, when asked for."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from flask_admin import expose

from admin.releases import showing
from admin.room import Room, may
from admin.workplace import workplace


class Releases(Room):
    """Nothing here changes anything: what is published stays."""

    icon = "release"

    @expose("/")
    @may("read console")
    def index(self) -> Any:
        return self.render("console/versions/list.html", **showing.list_page(workplace().current()))

    @expose("/<int:seq>")
    @may("read console")
    def show(self, seq: int) -> Any:
        place = workplace()
        with place.reading() as session:
            context = showing.release_page(place, session, place.current().release(seq))
        return self.render("console/versions/show.html", **context)

    @expose("/<int:seq>/preuve")
    @may("read console")
    def prove(self, seq: int) -> Any:
        place = workplace()
        with place.reading() as session:
            context = showing.proof(place, session, place.current().release(seq))
        return self.render("console/versions/proof.html", **context)

    @expose("/comparer")
    @may("read console")
    def compare(self) -> Any:
        """The form's two releases, older first, at an address of their own."""
        snapshot = workplace().current()
        older, newer = request.args.get("de", "0"), request.args.get("a", str(snapshot.head))
        low = 0 if older == "0" else snapshot.release(older).seq
        low, high = sorted((low, snapshot.release(newer).seq))
        return redirect(url_for(".difference", older=low, newer=high))

    @expose("/<int:older>/<int:newer>")
    @may("read console")
    def difference(self, older: int, newer: int) -> Any:
        context = showing.difference_page(workplace().current(), older, newer)
        return self.render("console/versions/difference.html", **context)
