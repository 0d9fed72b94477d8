"""What the machines of search engines ask for: ``robots.txt`` and the map of the site."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from threading import Lock
from typing import Any
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort, url_for

from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment, day_in_morocco
from service.answers import SHORT, digest, keep
from service.clock import Clock
from service.site.entries import MAPPED, page_of
from service.site.languages import LANGUAGES
from service.site.visits import absolute
from service.state import ServedCatalogue

PAGES = (
    "accueil", "recherche", "tiers_payant", "actes", "dispositifs", "conventions", "lettres_cles", "affiches",
    "versions", "actes_juridiques", "avis", "glossaire", "chiffres", "telechargements", "flux",
)  # fmt: skip
"""Pages without a code, by the names of their views."""
Entry = tuple[str, dict[str, str]]
"""The name of a view, and its values."""
MOST = 20_000
"""Addresses in one map: sitemaps.org allows 50,000, each told in both languages."""
MAPS_KEPT = 4


def add_plan(blueprint: Blueprint, catalogue: ServedCatalogue, clock: Clock) -> None:
    """Adds ``/robots.txt``, ``/sitemap.xml`` and the maps it lists."""

    @blueprint.get("/robots.txt")
    def robots() -> Response:
        lines = ("User-agent: *", "Disallow: /admin/", "Disallow: /api/v1/", f"Sitemap: {absolute(url_for('.plan'))}")
        return keep(Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"), digest(*lines), SHORT)

    maps = _Maps()

    def kept(name: str, make: Callable[[list[Entry]], str]) -> Response:
        snapshot, day = catalogue.current(), day_in_morocco(clock())
        body = maps.find((snapshot.chain, day, absolute("/"), name), lambda: make(list(_entries(snapshot, day))))
        return keep(Response(body, content_type="application/xml; charset=utf-8"), digest(body), SHORT)

    @blueprint.get("/sitemap.xml")
    def plan() -> Response:
        return kept("", _index)

    @blueprint.get("/sitemap-<int:number>.xml")
    def part(number: int) -> Response:
        return kept(str(number), lambda every: _part(every, number))


class _Maps:
    """The maps made last: each names every entry, and is asked for again and again."""

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[str, date, str, str], str] = OrderedDict()
        self._lock = Lock()

    def find(self, key: tuple[str, date, str, str], make: Callable[[], str]) -> str:
        with self._lock:
            if key not in self._made:
                self._made[key] = make()
                while len(self._made) > MAPS_KEPT:
                    self._made.popitem(last=False)
            return self._made[key]


def _index(every: list[Entry]) -> str:
    parts = range(1, 2 + max(len(every) - 1, 0) // MOST)
    told = (f"<sitemap><loc>{escape(absolute(url_for('.part', number=n)))}</loc></sitemap>" for n in parts)
    return _xml("sitemapindex", told)


def _part(every: list[Entry], number: int) -> str:
    chosen = every[(number - 1) * MOST : number * MOST] if number else []
    if not chosen and number != 1:
        abort(404)
    pages: list[Entry] = [(page, {}) for page in PAGES] if number == 1 else []
    return _xml("urlset", (_told(page, values) for page, values in [*pages, *chosen]))


def _entries(snapshot: Snapshot, day: date) -> Iterator[Entry]:
    """The page of each entry in force, for kinds that have one an entry."""
    moment = Moment(day, snapshot.head)
    for kind in MAPPED if snapshot.head else ():
        for version in snapshot.in_force(kind, moment):
            if (found := page_of(kind, version.code)) is not None:
                yield found


def _told(page: str, values: Mapping[str, Any]) -> str:
    both = {one.code: absolute(url_for(f"{one.blueprint}.{page}", **values)) for one in LANGUAGES}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(url)}"/>' for code, url in both.items()
    )
    return "".join(f"<url><loc>{escape(url)}</loc>{links}</url>" for url in both.values())


def _xml(root: str, parts: Iterable[str]) -> str:
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {spaces}>{"".join(parts)}</{root}>\n'
