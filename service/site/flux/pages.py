"""The feeds, and the page that lists them."""

from __future__ import annotations

from flask import Response

from catalog.errors import UnknownReleaseError
from service.answers import SHORT, digest, keep
from service.site.flux import atom, jsonfeed
from service.site.flux.dci import dci_feed, find_molecule
from service.site.flux.molecules import matching
from service.site.flux.releases import releases_feed
from service.site.rooms import PageRoom, Shown
from service.site.visits import Visit

room = PageRoom()
MOST_FOUND = 50


@room.page("/flux")
def flux(visit: Visit) -> Shown:
    """What can be followed; a DCI is found by a part of its name."""
    text = visit.text("dci", 100)
    found = matching(visit.snapshot, visit.moment.release, text, MOST_FOUND)
    return Shown("flux.html", {"asked": text, "found": found, "most": MOST_FOUND})


@room.page("/flux/versions.atom")
def flux_versions_atom(visit: Visit) -> Response:
    _check_release(visit)
    return _atom(atom.write_atom(releases_feed(visit, "flux_versions_atom", "flux_versions_json"), jsonfeed.MEDIA_TYPE))


@room.page("/flux/versions.json")
def flux_versions_json(visit: Visit) -> Response:
    _check_release(visit)
    return _json(jsonfeed.write_json(releases_feed(visit, "flux_versions_json", "flux_versions_atom")))


@room.page("/flux/dci/<path:dci>.atom")
def flux_dci_atom(visit: Visit, dci: str) -> Response:
    _check_release(visit)
    feed = dci_feed(visit, find_molecule(visit, dci), "flux_dci_atom", "flux_dci_json")
    return _atom(atom.write_atom(feed, jsonfeed.MEDIA_TYPE))


@room.page("/flux/dci/<path:dci>.json")
def flux_dci_json(visit: Visit, dci: str) -> Response:
    _check_release(visit)
    return _json(jsonfeed.write_json(dci_feed(visit, find_molecule(visit, dci), "flux_dci_json", "flux_dci_atom")))


def _check_release(visit: Visit) -> None:
    """A program does not read the notice a page would give. Raises UnknownReleaseError."""
    if "release" in visit.faults:
        raise UnknownReleaseError(visit.faults["release"])


def _atom(body: bytes) -> Response:
    return keep(Response(body, content_type=f"{atom.MEDIA_TYPE}; charset=utf-8"), digest(body), SHORT)


def _json(body: bytes) -> Response:
    return keep(Response(body, content_type=f"{jsonfeed.MEDIA_TYPE}; charset=utf-8"), digest(body), SHORT)
