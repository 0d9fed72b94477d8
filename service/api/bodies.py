"""Bodies of lines to price: which media are read, how large they may be, and one sentence for each that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any, NamedTuple

import msgspec
from flask import request

from catalog.errors import InvalidError
from catalog.pricing.file_reading import ndjson_rows
from catalog.temporal import parse_day, parse_instant
from service.api.schemas.tarifications import MOST_LINES
from service.problems import BodyError, MalformedBodyError, MediaTypeError, TooManyLinesError

JSON, NDJSON = "application/json", "application/x-ndjson"


class Body(NamedTuple):
    """What was sent: the clocks it names, and its lines, still to be read one by one."""

    clocks: Mapping[str, Any]
    lines: Iterable[object]
    is_stream: bool


def read_body() -> Body:
    """The body of this request. Raises MediaTypeError, MalformedBodyError, BodyError, TooManyLinesError."""
    if request.content_encoding not in (None, "", "identity"):
        raise MediaTypeError(f"Content-Encoding {request.content_encoding} is not read here: send the body as it is.")
    if request.mimetype == NDJSON:
        return _read_rows(request.get_data(cache=False))
    if request.mimetype == JSON:
        return _read_whole(request.get_data(cache=False))
    found = request.mimetype or "no Content-Type"
    raise MediaTypeError(f"The body is {found}: send {JSON}, or {NDJSON} with a line to price on each row.")


def _read_rows(data: bytes) -> Body:
    _check_number(sum(1 for row in data.split(b"\n") if row.strip()))
    return Body({}, ndjson_rows(BytesIO(data)), is_stream=True)


def _read_whole(data: bytes) -> Body:
    try:
        sent = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedBodyError(f"The body is not JSON that can be read: {error}.") from error
    if not isinstance(sent, Mapping):
        raise BodyError({"body": ["It is an object with the member `lines`, and `as_of` or a clock beside it."]})
    clocks, faults = _read_clocks(sent)
    lines = sent.get("lines")
    if not isinstance(lines, Sequence) or isinstance(lines, str):
        faults["lines"] = ["It is missing." if lines is None else "It is a list of lines, each an object."]
    if faults:
        raise BodyError(faults)
    assert isinstance(lines, Sequence)
    _check_number(len(lines))
    return Body(clocks, lines, is_stream=False)


def _check_number(lines: int) -> None:
    if lines == 0:
        raise BodyError({"lines": ["There is none: send at least one line."]})
    if lines > MOST_LINES:
        raise TooManyLinesError(lines, MOST_LINES)


def _read_clocks(sent: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """The clocks named beside the lines, and every fault found; null is as good as absent."""
    known = (*READERS, "lines")
    faults = {
        str(name): [f"There is no such member here. Known: {', '.join(known)}."] for name in sent if name not in known
    }
    clocks: dict[str, Any] = {}
    for name, read in READERS.items():
        if sent.get(name) is None:
            continue
        try:
            clocks[name] = read(sent[name])
        except InvalidError as error:
            faults[name] = [str(error)]
    return clocks, faults


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidError("It is a text, between quotes.")
    return value


def _day(value: Any) -> date:
    return parse_day(_text(value))


def _release(value: Any) -> str:
    if not isinstance(value, str | int) or isinstance(value, bool) or len(str(value)[:201]) > 200:
        raise InvalidError("It is the number or the label of a release.")
    return str(value)


READERS: Mapping[str, Callable[[Any], Any]] = {
    "as_of": _day,
    "known_at": lambda value: parse_instant(_text(value)),
    "release": _release,
}
"""The members beside the lines."""
