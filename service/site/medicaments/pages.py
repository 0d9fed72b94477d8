"""The pages of medicines, of generic groups and of listed substances, by their addresses."""

from __future__ import annotations

from flask import Response

from catalog.errors import NotFoundError, NotInForceError, UnknownCodeError
from catalog.gmr.codes import parse_presentation
from service.answers import SHORT, digest, keep
from service.site.history import gone
from service.site.medicaments.absent import show_absent
from service.site.medicaments.barcodes import draw_bars
from service.site.medicaments.groups import show_group
from service.site.medicaments.sheet import show_medicament
from service.site.medicaments.substances import show_substance
from service.site.rooms import PageRoom, Shown
from service.site.visits import Visit

room = PageRoom()


@room.page("/medicaments/<path:code>")
def medicament(visit: Visit, code: str) -> Shown:
    """A presentation by any of its codes; one that is not in force, or unknown, has a page that says so."""
    asked = parse_presentation(code)
    try:
        return show_medicament(visit, asked)
    except UnknownCodeError:
        return Shown("medicament_inconnu.html", {"code": asked}, status=404)
    except NotInForceError:
        return show_absent(visit, asked)


@room.page("/medicaments/<path:code>/code-barres.svg")
def code_barres(visit: Visit, code: str) -> Response:
    """The EAN-13 symbol of a code, whatever is known of it. Raises CodeError, NotFoundError for one that has none."""
    drawn = draw_bars(parse_presentation(code))
    if drawn is None:
        raise NotFoundError(f"{code} has no EAN-13 symbol.")
    return keep(Response(drawn, content_type="image/svg+xml"), digest(drawn), SHORT)


@room.page("/groupes-generiques/<path:code>")
def groupe(visit: Visit, code: str) -> Shown:
    """A generic group and its members."""
    try:
        return show_group(visit, code)
    except NotInForceError:
        return gone(visit, "groupe_generique", visit.snapshot.kinds.find("groupe_generique").parse_code(code))


@room.page("/substances/<path:code>")
def substance(visit: Visit, code: str) -> Shown:
    """A listed substance and the presentations that answer to it."""
    try:
        return show_substance(visit, code)
    except NotInForceError:
        return gone(visit, "substance", visit.snapshot.kinds.find("substance").parse_code(code))
