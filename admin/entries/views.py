"""The room of the entries: parse the address, ask the snapshot, show."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from flask_admin import expose

from admin.entries.address import Address
from admin.entries.asking import read_moment, read_question
from admin.entries.counting import groups
from admin.entries.entry import show_entry
from admin.entries.exporting import send_list
from admin.entries.missing import canonical, show_missing
from admin.entries.showing import show_list
from admin.entries.tidying import tidy
from admin.room import Room, may
from admin.workplace import workplace
from catalog.kinds import Kind
from catalog.snapshots.reading import Snapshot


class Entries(Room):
    """Lists of every kind and the page of an entry, read from the snapshot; edits go to the current draft."""

    icon = "list"

    @expose("/")
    @may("read console")
    def index(self) -> Any:
        snapshot, address = workplace().current(), read_address()
        moment = read_moment(snapshot, workplace().today(), address)
        return self.render(
            "console/entries/kinds.html",
            groups=list(groups(snapshot, moment)),
            moment=moment,
            releases=list(reversed(snapshot.releases)),
            address=address.only("as_of", "release"),
        )

    @expose("/<plural>/")
    @may("read console")
    def list_(self, plural: str) -> Any:
        snapshot, kind = read_kind(plural)
        place, address = workplace(), read_address()
        if has_empty_fields():
            return redirect(url_for(".list_", plural=plural) + tidy(kind, address, place.today()).suffix)
        question = read_question(kind, snapshot, place.today(), address)
        return self.render("console/entries/list.html", **show_list(place, snapshot, question))

    @expose("/<plural>/export/<format_name>")
    @may("read console")
    def export(self, plural: str, format_name: str) -> Any:
        snapshot, kind = read_kind(plural)
        return send_list(snapshot, read_question(kind, snapshot, workplace().today(), read_address()), format_name)

    @expose("/<plural>/<path:code>")
    @may("read console")
    def show(self, plural: str, code: str) -> Any:
        place, (snapshot, kind) = workplace(), read_kind(plural)
        question = read_question(kind, snapshot, place.today(), read_address())
        known = canonical(kind, code)
        if known is None or not snapshot.is_known(kind.name, known, snapshot.head):
            return self.render("console/entries/missing.html", **show_missing(place, snapshot, question, code)), 404
        if known != code:
            return redirect(url_for(".show", plural=plural, code=known) + question.address.suffix)
        return self.render("console/entries/entry.html", **show_entry(place, snapshot, question, known))


def read_address() -> Address:
    """The parameters of the request that say something."""
    return Address.of(request.args.items(multi=True))


def read_kind(plural: str) -> tuple[Snapshot, Kind]:
    """The newest snapshot and the kind of an address. Raises UnknownKindError."""
    snapshot = workplace().current()
    return snapshot, snapshot.kinds.find(plural)


def has_empty_fields() -> bool:
    """Whether the request came from a form with fields left empty: its address is then made shorter."""
    return any(not value.strip() for value in request.args.values())
