"""Bodies of lines to price: which media are read, how large they may be, and one sentence for each that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from io import BytesIO
from typing import Any, NamedTuple

import msgspec
from flask import abort, request

from catalog.errors import InvalidError
from catalog.pricing.answers import FieldError
from catalog.pricing.file_reading import LONGEST_ROW, decode_row
from catalog.pricing.lines import BadLine
from catalog.temporal import parse_day, parse_instant
from service.api.parameters import LONGEST_TEXT
from service.api.schemas.tarifications import MOST_LINES
from service.problems import BodyError, MalformedBodyError, MediaTypeError, TooManyLinesError

JSON, NDJSON = "application/json", "application/x-ndjson"
MOST_TOLD = 20
"""Unknown members that are told one by one."""

_envelope = msgspec.json.Decoder(dict[str, msgspec.Raw])
_list = msgspec.json.Decoder(list[msgspec.Raw])


Row = bytes | msgspec.Raw | None
"""A line as sent, still to be read; None is one that is too long for it."""


class Body(NamedTuple):
    """What was sent: the clocks it names, and its lines by number, still to be read one by one."""

    clocks: Mapping[str, Any]
    rows: Iterable[tuple[int, Row]]
    is_stream: bool

    def read(self, number: int, row: Row) -> object:
        """A line as plain data, or as a BadLine that tells why it is none."""
        return decode_row(number, row) if self.is_stream else _decoded(number, row)


def read_body(data: bytes, medium: str) -> Body:
    """A body of this medium. Raises MediaTypeError, MalformedBodyError, BodyError, TooManyLinesError."""
    check_medium(medium)
    return _read_rows(data) if medium == NDJSON else _read_whole(data)


def check_medium(medium: str) -> None:
    """Raises MediaTypeError."""
    if medium not in (JSON, NDJSON):
        found = medium or "no Content-Type"
        raise MediaTypeError(f"The body is {found}: send {JSON}, or {NDJSON} with a line to price on each row.")


def receive() -> tuple[bytes, str]:
    """The bytes of this request and their medium; 413 beyond the limit. Raises MediaTypeError."""
    if request.content_encoding not in (None, "", "identity"):
        raise MediaTypeError(f"Content-Encoding {request.content_encoding} is not read here: send the body as it is.")
    check_medium(request.mimetype)
    data = request.get_data(cache=False)
    # One that comes in pieces, without a length, is cut at the limit in silence: the rest must not be lost so.
    if request.content_length is None and len(data) >= (request.max_content_length or len(data) + 1):
        abort(413)
    return data, request.mimetype


def _read_rows(data: bytes) -> Body:
    _check_number(sum(1 for row in BytesIO(data) if row.strip()))
    return Body({}, _numbered(data), is_stream=True)


def _numbered(data: bytes) -> Iterator[tuple[int, Row]]:
    """The rows that are not blank; all are counted."""
    for number, row in enumerate(BytesIO(data), start=1):
        if len(row) > LONGEST_ROW + row.endswith(b"\n"):
            yield number, None
        elif row.strip():
            yield number, row


def _read_whole(data: bytes) -> Body:
    """The lines stay raw until each is priced: one that cannot be read must not fail the others."""
    try:
        sent = _envelope.decode(data)
    except msgspec.ValidationError as error:
        raise BodyError({"body": ["It is an object with the member `lines`, and the clocks beside it."]}) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedBodyError(f"The body is not JSON that can be read: {error}.") from error
    clocks, faults = _read_clocks(sent)
    try:
        lines = _list.decode(sent.get("lines", b"null"))
    except msgspec.ValidationError:
        faults["lines"] = ["It is missing, or is no list of lines."]
    if faults:
        raise BodyError(faults)
    _check_number(len(lines))
    return Body(clocks, enumerate(lines, start=1), is_stream=False)


def _decoded(number: int, line: Row) -> object:
    try:
        assert line is not None
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return BadLine(None, (FieldError("line", f"Line {number} is not JSON that can be read: {error}."),))


def _check_number(lines: int) -> None:
    if lines == 0:
        raise BodyError({"lines": ["There is none: send at least one line."]})
    if lines > MOST_LINES:
        raise TooManyLinesError(lines, MOST_LINES)


def _read_clocks(sent: Mapping[str, msgspec.Raw]) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """The clocks named beside the lines, and every fault found; null is as good as absent."""
    known = (*READERS, "lines")
    unknown = [name[:LONGEST_TEXT] for name in sent if name not in known]
    faults = {name: [f"There is no such member here. Known: {', '.join(known)}."] for name in unknown[:MOST_TOLD]}
    clocks: dict[str, Any] = {}
    for name in READERS.keys() & sent.keys():
        try:
            value = msgspec.json.decode(sent[name])
            clocks |= {} if value is None else {name: READERS[name](value)}
        except (InvalidError, msgspec.DecodeError, UnicodeDecodeError) as error:
            faults[name] = [str(error)]
    return clocks, faults


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise InvalidError(f"It is a text of at most {LONGEST_TEXT} characters, between quotes.")
    return value


def _day(value: Any) -> date:
    return parse_day(_text(value))


def _release(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int) or len(str(value)) > LONGEST_TEXT:
        raise InvalidError("It is the number or the label of a release.")
    return str(value)


READERS: Mapping[str, Callable[[Any], Any]] = {
    "as_of": _day,
    "known_at": lambda value: parse_instant(_text(value)),
    "release": _release,
}
"""The members beside the lines."""
