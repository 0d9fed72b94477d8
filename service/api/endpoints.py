"""Endpoints as data: what the routes, the checks of parameters and the OpenAPI document are all made from.

An endpoint is a function of what was asked that answers plain data; everything of HTTP happens here, once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from flask import Blueprint, Response, request
from marshmallow import Schema

from catalog.errors import CatalogError
from service.answers import json_answer
from service.api.asking import Asked
from service.api.clocks import read_clocks
from service.api.parameters import LONGEST_TEXT, Query, TwoClocks
from service.api.reading import read_query
from service.clock import Clock
from service.problems import ParametersError
from service.state import ServedCatalogue

RELEASE_IN_PATH = "release"


View = Callable[..., Mapping[str, Any] | Response]


class Media(NamedTuple):
    """What an endpoint answers other than JSON."""

    types: tuple[str, ...]


class Bodies(NamedTuple):
    """What an endpoint takes as a body and answers to it, by media type."""

    sent: Mapping[str, type[Schema]]
    answered: Mapping[str, type[Schema]]


@dataclass(frozen=True)
class Endpoint:
    """One address, documented by the docstring of its view.

    ``path`` names what it hands to the view: ``{code}``, or ``{+code}`` for what may hold slashes.
    """

    method: ClassVar[str] = "GET"
    bodies: ClassVar[Bodies | None] = None

    path: str
    view: View
    answer: type[Schema] | Media
    query: type[Query]
    raises: tuple[type[CatalogError], ...]
    tag: str
    scope: str | None = None
    """What a machine key must be good for; None: open to all."""

    @property
    def name(self) -> str:
        return self.view.__name__

    def __call__(self, catalogue: ServedCatalogue, clock: Clock, path: Mapping[str, str]) -> Response:
        _check_path(path)
        query = read_query(self.query, request.args)
        snapshot = catalogue.current()
        clocks = read_clocks(query, snapshot, clock(), path.get(RELEASE_IN_PATH))
        named = {name: text for name, text in path.items() if name != RELEASE_IN_PATH}
        answered = self.view(Asked(snapshot, clocks, query), **named)
        if isinstance(answered, Response):
            return answered
        return json_answer(answered, is_pinned=clocks.is_pinned, untagged=("known_at",) if clocks.is_now else ())


def _check_path(path: Mapping[str, str]) -> None:
    """Raises ParametersError for what no code, label or identifier can be, before it is repeated in a sentence."""
    faults = {
        name: [f"It must be at most {LONGEST_TEXT} printable characters."]
        for name, text in path.items()
        if len(text) > LONGEST_TEXT or not text.isprintable()
    }
    if faults:
        raise ParametersError(faults)


@dataclass
class Room:
    """The endpoints of one module, under one heading of the documentation."""

    tag: str
    about: str
    endpoints: list[Endpoint] = field(default_factory=list)

    def get(
        self,
        path: str,
        answer: type[Schema] | Media,
        query: type[Query] = TwoClocks,
        raises: tuple[type[CatalogError], ...] = (),
    ) -> Callable[[View], View]:
        """Registers a view. What the path names is handed to it; ``{release}`` sets the clock of knowledge instead."""

        def register(view: View) -> View:
            self.endpoints.append(Endpoint(path, view, answer, query, raises, self.tag))
            return view

        return register


def blueprint(rooms: Sequence[Room], catalogue: ServedCatalogue, clock: Clock) -> Blueprint:
    """The routes of every room, under ``/api/v1``."""
    made = Blueprint("api", __name__, url_prefix="/api/v1")
    for endpoint in every(rooms):
        made.add_url_rule(_rule(endpoint), endpoint.name, _bind(endpoint, catalogue, clock), methods=[endpoint.method])
    return made


def every(rooms: Sequence[Room]) -> Iterator[Endpoint]:
    return (endpoint for room in rooms for endpoint in room.endpoints)


def _bind(endpoint: Endpoint, catalogue: ServedCatalogue, clock: Clock) -> Callable[..., Response]:
    def view(**path: str) -> Response:
        return endpoint(catalogue, clock, path)

    return view


def _rule(endpoint: Endpoint) -> str:
    """The path as the router writes it."""
    return endpoint.path.replace("{+", "<path:").replace("{", "<").replace("}", ">")
