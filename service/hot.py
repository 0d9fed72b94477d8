"""The hot path: ordinary questions answered before Flask, byte for byte as Flask would answer them.

One entry on a day, tiers payant, autocomplete, and lines to price. Only what is ordinary in every way is answered
here. Anything else, a refusal above all, goes to Flask as it came: there is one place where a request is judged, and
one where a refusal is phrased.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

import structlog
from flask import Flask

from catalog.errors import CatalogError
from service.answers import CONDITIONS, Answer
from service.api import ROOMS
from service.api.endpoints import Endpoint, every
from service.api.reading import read_plain, split_query
from service.clock import Clock, now
from service.observability import FIGURES, Figures, request_id_of
from service.ready.pricing import PATH, Prices
from service.ready.sending import STATUSES, Reply, reply
from service.request_log import REQUESTS, Told
from service.state import ServedCatalogue

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

API = "/api/v1"
CODE = "/{code}"

ODD = (CONDITIONS - {"HTTP_IF_NONE_MATCH"}) | {"HTTP_CONTENT_ENCODING", "HTTP_COOKIE", "HTTP_TRANSFER_ENCODING"}
"""Headers by which an answer may be another one."""

LONGEST_QUERY = 300
"""Characters as written in the address."""
HOSTS_KEPT = 64
QUERIES_KEPT = 4096
"""Queries of one address kept as they were read."""

_CODE = re.compile(r"[A-Za-z0-9._+-]{1,60}", re.ASCII)
_HOST = re.compile(r"[A-Za-z0-9.-]{1,250}(:\d{1,5})?", re.ASCII)
_TAG = re.compile(r'"[0-9a-f]{32}"', re.ASCII)

log = structlog.get_logger()


class Route(NamedTuple):
    """An address answered here, as the router writes it, and how its parameters are read where they are ordinary."""

    endpoint: Endpoint
    rule: str
    read: Callable[[str], Mapping[str, Any] | None]


class Front:
    """The application that a server calls. ``app`` is behind it, and answers whatever this does not."""

    def __init__(self, app: Flask, *, clock: Clock = now) -> None:
        self._behind = app.wsgi_app
        self._catalogue: ServedCatalogue = app.extensions["catalogue"]
        self._figures: Figures = app.extensions[FIGURES]
        self._clock = clock
        ready = [endpoint for endpoint in every(ROOMS) if endpoint.is_ready]
        self._entries = {API + e.path.removesuffix(CODE): _route(e) for e in ready if e.path.endswith(CODE)}
        self._others = {API + e.path: _route(e) for e in ready if not e.path.endswith(CODE)}
        self._prices = Prices(self._catalogue, clock, app.config["MAX_CONTENT_LENGTH"])

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        began = perf_counter()
        rule, found = self._find(environ)
        if found is None:
            return self._behind(environ, start_response)
        request_id = request_id_of(environ.get("HTTP_X_REQUEST_ID", ""))
        start_response(STATUSES[found.status], found.head(request_id))
        seconds, method = perf_counter() - began, environ["REQUEST_METHOD"]
        self._figures.requests.add(method, rule, found.status, seconds)
        if REQUESTS.is_on:
            query = environ.get("QUERY_STRING", "")
            REQUESTS.tell(Told(method, environ["PATH_INFO"], query, rule, found.status, seconds, request_id))
        return found.body

    def _find(self, environ: WSGIEnvironment) -> tuple[str, Reply | None]:
        """The rule of the route and the reply; None where Flask is to look at it."""
        path = environ.get("PATH_INFO", "")
        before, _, code = path.rpartition("/")
        route, named = self._entries.get(before), {"code": code}
        if route is None:
            route, named = self._others.get(path), {}
        elif not _CODE.fullmatch(code):
            return path, None
        try:
            if route is not None:
                return route.rule, self._answer(route, named, environ)
            return path, self._prices.find(environ) if path == PATH and is_ordinary(environ) else None
        except CatalogError:
            return path, None
        except Exception:
            # Flask is asked the same, and tells the caller if it fails as well.
            structlog.contextvars.clear_contextvars()
            log.exception("hot path failed", path=path)
            return path, None

    def _answer(self, route: Route, named: Mapping[str, str], environ: WSGIEnvironment) -> Reply | None:
        method, known = environ["REQUEST_METHOD"], environ.get("HTTP_IF_NONE_MATCH")
        if method not in ("GET", "HEAD") or not is_ordinary(environ) or environ.get("CONTENT_LENGTH", "") not in "0":
            return None
        query = environ.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY or (known is not None and not _TAG.fullmatch(known)):
            return None
        read = route.read(query)
        answer = None if read is None else route.endpoint.find(self._catalogue, self._clock, named, read)
        return reply(answer, known, is_head=method == "HEAD") if isinstance(answer, Answer) else None


def _route(endpoint: Endpoint) -> Route:
    def read(text: str) -> Mapping[str, Any] | None:
        given = split_query(text)
        return None if given is None else read_plain(endpoint.query, given)

    # Where nothing is asked but a day, the same few queries come again; what is said of a patient is not kept.
    remembered = lru_cache(QUERIES_KEPT)(read) if endpoint.turning_days else read
    return Route(endpoint, API + endpoint.path.replace("{", "<").replace("}", ">"), remembered)


def is_ordinary(environ: WSGIEnvironment) -> bool:
    """Whether nothing but the address, the body and the one tag it sends can matter to the answer."""
    return environ.keys().isdisjoint(ODD) and not environ.get("SCRIPT_NAME") and _is_plain(environ.get("HTTP_HOST", ""))


@lru_cache(HOSTS_KEPT)
def _is_plain(host: str) -> bool:
    return _HOST.fullmatch(host) is not None
