"""Prices billed lines: the one question of the API that is sent as a body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, ClassVar, NamedTuple

import msgspec
from flask import Response, request

from catalog.errors import NothingPublishedError, UnknownReleaseError
from catalog.pricing.answers import FieldError
from catalog.pricing.lines import BadLine
from catalog.pricing.ready_memory import KeptPricing, kept_pricing
from catalog.pricing.tarification import Tarification
from catalog.snapshots.reading import Snapshot
from service.answers import NEVER
from service.api.bodies import JSON, NDJSON, Body, read_body, receive
from service.api.clocks import Clocks, read_clocks
from service.api.endpoints import Bodies, Endpoint, Room
from service.api.parameters import FlagParameter, TwoClocks
from service.api.reading import read_query
from service.api.schemas.tarifications import TarificationLine, TarificationRequest, TarificationResult, Tarifications
from service.clock import Clock
from service.problems import BodyError, MalformedBodyError, MediaTypeError, ParametersError, TooManyLinesError
from service.state import ServedCatalogue

room = Room("Tarification", "What billed lines are worth on their day of care, and who pays what.")

ROWS_AT_ONCE = 200
"""Answers written together when they are streamed."""

ToldLine = tuple[str, bytes]
"""The status of a line, and its answer."""

_encode = msgspec.json.Encoder().encode


class TarificationQuery(TwoClocks):
    explain = FlagParameter("Whether each answer tells its steps, with the legal act of each.", load_default=False)


@dataclass(frozen=True)
class Pricing(Endpoint):
    """The clocks may stand in the address or, in JSON, beside the lines."""

    method: ClassVar[str] = "POST"
    bodies: ClassVar[Bodies | None] = Bodies(
        sent={JSON: TarificationRequest, NDJSON: TarificationLine},
        answered={JSON: Tarifications, NDJSON: TarificationResult},
    )

    def __call__(self, catalogue: ServedCatalogue, clock: Clock, path: Mapping[str, str]) -> Response:
        query = read_query(self.query, request.args)
        data, medium = receive()
        response = self.view(answer_body(data, medium, query, catalogue.current(), clock()))
        assert isinstance(response, Response)
        return response


class Answered(NamedTuple):
    """An answer as bytes. A list of chunks is whole; any other iterable is worked out while it is sent."""

    content_type: str
    headers: Mapping[str, str]
    chunks: Iterable[bytes]


def answer_body(data: bytes, medium: str, query: Mapping[str, Any], snapshot: Snapshot, now: datetime) -> Answered:
    """The answer to a body of lines; knows nothing of the framework, and any number of threads may call it at once.

    ``medium`` is JSON or NDJSON without its parameters; ``query`` the typed parameters of the address, as
    ``read_query(TarificationQuery, …)`` gives them. Raises MediaTypeError, MalformedBodyError, BodyError,
    TooManyLinesError, ParametersError, UnknownReleaseError, NothingPublishedError, all of them before the first chunk.
    """
    body = read_body(data, medium)
    clocks = _read_clocks(query, body.clocks, snapshot, now)
    pricing = kept_pricing(snapshot, clocks.release)
    answers = (_explained if query["explain"] else _ready)(pricing, body, clocks.as_of)
    kept = {"Cache-Control": NEVER}
    if body.is_stream:
        return Answered(NDJSON, {**_stated(clocks), **kept}, _rows(answers))
    return Answered(JSON, kept, [_whole(answers, clocks)])


def tarifications(answered: Answered) -> Response:
    """Prices 1 to 10,000 lines, each on its own day of care; a bad line is answered INVALID and never fails the others.

    The body is JSON, or NDJSON with a line on each row, answered row by row in the same order; its clocks are then
    those of the address, stated in the headers Amo-As-Of, Amo-Known-At and Amo-Release. Nothing sent is kept.
    Rules that look at several lines or at other claims belong to the liquidation engine.
    """
    return Response(answered.chunks, content_type=answered.content_type, headers=dict(answered.headers))


room.endpoints.append(
    Pricing(
        "/tarifications",
        tarifications,
        Tarifications,
        TarificationQuery,
        (
            MalformedBodyError,
            MediaTypeError,
            BodyError,
            TooManyLinesError,
            UnknownReleaseError,
            NothingPublishedError,
        ),
        room.tag,
    )
)


def _ready(pricing: KeptPricing, body: Body, as_of: date) -> Iterator[ToldLine]:
    """The answers in order: ready ones, and the plain way wherever there is none."""
    answer = pricing.ready.answer
    for number, row in body.rows:
        yield (row and answer(row, as_of)) or _plain(pricing.plain, body.read(number, row), as_of)


def _explained(pricing: KeptPricing, body: Body, as_of: date) -> Iterator[ToldLine]:
    return (_plain(pricing.explained, body.read(number, row), as_of) for number, row in body.rows)


def _plain(tarification: Tarification, raw: object, as_of: date) -> ToldLine:
    try:
        told = tarification.tell(raw, as_of)
    except RecursionError:
        told = tarification.tell(BadLine(None, (FieldError("line", "The line is nested too deeply to be read."),)))
    return told["status"], _encode(told)


def _rows(answers: Iterable[ToldLine]) -> Iterator[bytes]:
    """Some rows at a time, so that the answers are never held all at once."""
    while batch := [told for _, told in islice(answers, ROWS_AT_ONCE)]:
        batch.append(b"")
        yield b"\n".join(batch)


def _whole(answers: Iterable[ToldLine], clocks: Clocks) -> bytes:
    statuses: Counter[str] = Counter()
    lines = []
    for status, told in answers:
        statuses[status] += 1
        lines.append(told)
    start = _encode({**clocks.told(), "total": len(lines), "statuses": dict(sorted(statuses.items()))})[:-1]
    lines[0] = b'%b,"lines":[%b' % (start, lines[0])
    lines[-1] += b"]}"
    return b",".join(lines)


def _stated(clocks: Clocks) -> dict[str, str]:
    return {f"Amo-{name.title().replace('_', '-')}": str(value) for name, value in clocks.told().items()}


def _read_clocks(query: Mapping[str, Any], beside: Mapping[str, Any], snapshot: Snapshot, now: datetime) -> Clocks:
    """The clocks of the address and the body. Raises ParametersError, or BodyError where the body is at fault."""
    try:
        return read_clocks(_merged(query, beside), snapshot, now)
    except ParametersError as error:
        if error.messages.keys() <= beside.keys():
            raise BodyError(error.messages) from error
        raise


def _merged(query: Mapping[str, Any], beside: Mapping[str, Any]) -> dict[str, Any]:
    """The clocks of the address and those beside the lines. Raises BodyError where they meet."""
    faults = {name: ["It is given in the address too: give it once."] for name in beside if name in query}
    merged = {**query, **beside}
    if "known_at" in merged and "release" in merged:
        for name in ("known_at", "release"):
            faults.setdefault(name, ["Give known_at or release, not both."])
    if faults:
        raise BodyError(faults)
    return merged
