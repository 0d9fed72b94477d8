"""Questions put to the hot path, to Flask behind it, and to an oracle that keeps nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from catalog.errors import CatalogError
from catalog.snapshots.reading import Snapshot
from service.api import ROOMS
from service.api.asking import Asked
from service.api.clocks import read_clocks
from service.api.endpoints import Endpoint, every
from service.api.reading import read_plain
from service.hot import API, Front
from tests.api.catalogue import NOW

UNALIKE = ("X-Request-Id", "Date")
"""Headers that two answers to one question do not share; both have them."""
KINDS = {
    "medicaments": ("medicament", "gtin"),
    "actes/ngap": ("acte_ngap",),
    "actes/ccam": ("acte_ccam",),
    "dispositifs": ("dispositif",),
}
ONE_DAY = timedelta(days=1)


class Seen(NamedTuple):
    """What a caller sees of an answer."""

    status: str
    headers: dict[str, str]
    body: bytes


class Doors:
    """Both ways into one application."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.front = Front(app, clock=lambda: NOW)
        self.behind = 0
        self.front._behind = self._count

    @property
    def snapshot(self) -> Snapshot:
        found: Snapshot = self.app.extensions["catalogue"].current()
        return found

    def ask(self, address: str, **told: Any) -> tuple[Seen, Seen]:
        """The answer of the front, and that of Flask alone; ``behind`` counts those the front left to Flask."""
        return seen(self.front, address, **told), seen(self.app.wsgi_app, address, **told)

    def _count(self, environ: Any, start_response: Any) -> Any:
        self.behind += 1
        return self.app.wsgi_app(environ, start_response)


def seen(app: Any, address: str, method: str = "GET", **told: Any) -> Seen:
    path, _, query = address.partition("?")
    environ = EnvironBuilder(path=path, method=method, **told).get_environ()
    environ["QUERY_STRING"] = query
    chunks, status, headers = run_wsgi_app(app, environ)
    assert all(headers.get(name) for name in UNALIKE if name != "Date")
    alike = {name: value for name, value in headers.items() if name not in UNALIKE}
    return Seen(status, alike | {"Date": str("Date" in headers)}, b"".join(chunks))


def entries(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """(route, code) of everything that can be asked for by a code."""
    for route, kinds in KINDS.items():
        for kind in kinds:
            yield from ((route, code) for code in snapshot.codes(kind))


def turning_days(snapshot: Snapshot) -> list[date]:
    """The days around every bound of every entry of any kind, and around the days that legal acts name."""
    found = set()
    for kind in snapshot.kinds:
        for fact in snapshot.facts(kind.name, 0, snapshot.head):
            found |= {fact.period.start, fact.period.end}
            if fact.held is not None and kind.name == "acte_juridique":
                found |= {value for value in fact.held.payload.values() if isinstance(value, date)}
    bounds = [day for day in found if date(1990, 1, 1) < day < date(2100, 1, 1)]
    return sorted({day + step for day in bounds for step in (-ONE_DAY, ONE_DAY * 0, ONE_DAY)})


def oracle(app: Flask, address: str) -> bytes | None:
    """The body as the view alone tells it, written by the standard library; None where it refuses."""
    path, _, query = address.partition("?")
    endpoint, named = _endpoint(path)
    catalogue = app.extensions["catalogue"]
    read = read_plain(endpoint.query, dict(part.split("=", 1) for part in query.split("&") if part))
    assert read is not None
    try:
        asked = Asked(catalogue.current(), read_clocks(read, catalogue.current(), NOW), read)
        told = endpoint.ask(catalogue, asked, named)
    except CatalogError:
        return None
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _endpoint(path: str) -> tuple[Endpoint, dict[str, str]]:
    inside = path.removeprefix(API)
    for endpoint in every(ROOMS):
        if endpoint.path == inside:
            return endpoint, {}
        if endpoint.path == f"{inside.rpartition('/')[0]}/{{code}}":
            return endpoint, {"code": inside.rpartition("/")[2]}
    raise LookupError(path)


def clocks(random: Random, snapshot: Snapshot, days: list[date]) -> str:
    """The query of a question: some day, and some instant, release or neither."""
    query: dict[str, Any] = {"as_of": random.choice(days)} if random.random() < 0.95 else {}
    how = random.random()
    if how < 0.3:
        query["release"] = random.randint(1, snapshot.head)
    elif how < 0.5:
        published = random.choice(snapshot.releases).published_at
        query["known_at"] = (published + timedelta(seconds=random.choice((0, 3600)))).isoformat().replace("+00:00", "Z")
    return urlencode(query, safe=":")
