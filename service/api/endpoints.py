"""Endpoints as data: what the routes, the checks of parameters and the OpenAPI document are all made from.

An endpoint is a function of what was asked that answers plain data; everything of HTTP happens here, once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from flask import Blueprint, Response
from marshmallow import Schema

from catalog.errors import CatalogError
from catalog.snapshots.reading import Snapshot
from service.answers import PINNED, SHORT, Answer, digest, dump_json, kept_json, respond
from service.api.asking import Asked
from service.api.clocks import CLOCKS, Clocks, read_clocks
from service.api.parameters import LONGEST_TEXT, Query, TwoClocks
from service.api.reading import read_request
from service.clock import Clock
from service.problems import ParametersError
from service.ready.days import TurningDays
from service.ready.shelf import Written, shelves_of
from service.request_log import PRIVATE
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

    turning_days: TurningDays | None = None
    """Given, answers are kept ready, each for all the days between two of these."""
    is_kept: bool = False
    """Whether answers are kept ready, each for the very question."""

    @property
    def name(self) -> str:
        return self.view.__name__

    @property
    def is_ready(self) -> bool:
        """Whether answers are kept as bytes; the clocks are then their last members."""
        return self.is_kept or self.turning_days is not None

    def __call__(self, catalogue: ServedCatalogue, clock: Clock, path: Mapping[str, str]) -> Response:
        _check_path(path)
        answered = self.find(catalogue, clock, path, read_request(self.query))
        return answered if isinstance(answered, Response) else respond(answered)

    def find(
        self, catalogue: ServedCatalogue, clock: Clock, path: Mapping[str, str], query: Mapping[str, Any]
    ) -> Answer | Response:
        """The answer to a question whose parameters are read. Raises what the endpoint says it raises."""
        snapshot = catalogue.current()
        clocks = read_clocks(query, snapshot, clock(), path.get(RELEASE_IN_PATH))
        found = self._find_kept(snapshot, clocks, path) if self.turning_days else None
        if found is not None:
            return _timed(found, clocks)
        asked = Asked(snapshot, clocks, query)
        if self.is_ready:
            return _timed(self._written(catalogue, asked, path), clocks)
        named = {name: text for name, text in path.items() if name != RELEASE_IN_PATH}
        answered = self.ask(catalogue, asked, named)
        if isinstance(answered, Response):
            return answered
        return kept_json(answered, is_pinned=clocks.is_pinned, untagged=("known_at",) if clocks.is_now else ())

    def ask(self, catalogue: ServedCatalogue, asked: Asked, named: Mapping[str, str]) -> Mapping[str, Any] | Response:
        """What the view answers."""
        return self.view(asked, **named)

    def _find_kept(self, snapshot: Snapshot, clocks: Clocks, named: Mapping[str, str]) -> Written | None:
        """The answer about an entry in the era of that day, if it lies ready."""
        shelves = shelves_of(snapshot)
        entry = (self.path, clocks.release, named["code"])
        days = shelves.days.find(entry)
        return None if days is None else shelves.answers.find((bisect_right(days, clocks.as_of), *entry))

    def _written(self, catalogue: ServedCatalogue, asked: Asked, named: Mapping[str, str]) -> Written:
        """The answer up to its clocks, worked out and kept unless it must not be."""
        shelves, clocks = shelves_of(asked.snapshot), asked.clocks
        entry = (self.path, clocks.release, *named.values())
        key = None if self.turning_days else _key(entry, asked)
        found = shelves.answers.find(key) if key else None
        if found is None:
            found = _write(self.ask(catalogue, asked, named))
            if self.turning_days:
                days = self.turning_days(asked.snapshot, named["code"], clocks.release)
                shelves.days.put(entry, days)
                key = (bisect_right(days, clocks.as_of), *entry)
            if key:
                shelves.answers.put(key, found)
        return found


def _key(entry: tuple[Hashable, ...], asked: Asked) -> tuple[Hashable, ...] | None:
    """Where the answer to the very question lies; None where it must not be kept."""
    if not PRIVATE.isdisjoint(asked.query):
        return None
    said = ((name, value) for name, value in sorted(asked.query.items()) if name not in CLOCKS)
    return (asked.clocks.as_of, *entry, *said)


def _write(told: Mapping[str, Any] | Response) -> Written:
    assert isinstance(told, Mapping)
    assert tuple(told)[-len(CLOCKS) :] == CLOCKS, "the clocks are the last members"
    start = dump_json({name: value for name, value in told.items() if name not in CLOCKS})[: -len("}\n")]
    return Written(start, digest(start))


def _timed(written: Written, clocks: Clocks) -> Answer:
    """A written answer with its clocks; its tag does not tell the instant where that is only when it was asked."""
    end = clocks.written()
    if clocks.is_now:
        tag = f"{written.digest[:20]}{clocks.as_of.toordinal():06x}{clocks.release:06x}"
    else:
        tag = digest(written.digest, end)
    return Answer(written.start + end.encode(), tag, PINNED if clocks.is_pinned else SHORT)


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
        turning_days: TurningDays | None = None,
        is_kept: bool = False,
    ) -> Callable[[View], View]:
        """Registers a view. What the path names is handed to it; ``{release}`` sets the clock of knowledge instead."""

        def register(view: View) -> View:
            made = Endpoint(path, view, answer, query, raises, self.tag, turning_days=turning_days, is_kept=is_kept)
            self.endpoints.append(made)
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
