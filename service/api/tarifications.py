"""Prices billed lines: the one question of the API that is sent as a body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, ClassVar

import msgspec
from flask import Response, request

from catalog.errors import NothingPublishedError, UnknownReleaseError
from catalog.pricing.answers import FieldError
from catalog.pricing.lines import BadLine
from catalog.pricing.tarification import Tarification
from catalog.releases.telling import Told
from catalog.snapshots.reading import Snapshot
from service.answers import NEVER
from service.api.bodies import JSON, NDJSON, Body, read_body
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
        body = read_body()
        snapshot = catalogue.current()
        clocks = _read_clocks(query, body.clocks, snapshot, clock())
        tarification = Tarification(snapshot, clocks.release, explain=query["explain"])
        response = self.view(body, clocks, tarification)
        assert isinstance(response, Response)
        response.headers["Cache-Control"] = NEVER
        return response


def tarifications(body: Body, clocks: Clocks, tarification: Tarification) -> Response:
    """Prices 1 to 10,000 lines, each on its own day of care; a bad line is answered INVALID and never fails the others.

    The body is JSON, or NDJSON with a line on each row, answered row by row in the same order; its clocks are then
    those of the address, stated in the headers Amo-As-Of, Amo-Known-At and Amo-Release. Nothing sent is kept.
    Rules that look at several lines or at other claims belong to the liquidation engine.
    """
    answers = (_answer(tarification, raw, clocks) for raw in body.lines)
    if body.is_stream:
        return Response(_rows(answers), content_type=NDJSON, headers=_stated(clocks))
    lines = list(answers)
    statuses = Counter(line["status"] for line in lines)
    told = {**clocks.told(), "total": len(lines), "statuses": dict(sorted(statuses.items())), "lines": lines}
    return Response(_encode(told), content_type=JSON)


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


def _answer(tarification: Tarification, raw: object, clocks: Clocks) -> Told:
    try:
        return tarification.tell(raw, clocks.as_of)
    except RecursionError:
        return tarification.tell(BadLine(None, (FieldError("line", "The line is nested too deeply to be read."),)))


def _rows(answers: Iterable[Told]) -> Iterator[bytes]:
    rows = (_encode(answer) + b"\n" for answer in answers)
    while batch := b"".join(islice(rows, ROWS_AT_ONCE)):
        yield batch


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
