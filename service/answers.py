"""How data becomes an HTTP answer: stable JSON, a strong ETag, and how long it may be kept."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from time import time
from typing import Any, NamedTuple

import msgspec
from flask import Response, request
from werkzeug.http import http_date

PINNED = "public, max-age=31536000, immutable"
"""Both clocks are pinned: the answer is the same for ever."""
SHORT = "public, max-age=60"
NEVER = "no-store"
JSON = "application/json"
CONDITIONS = frozenset(
    (
        "HTTP_IF_MATCH",
        "HTTP_IF_MODIFIED_SINCE",
        "HTTP_IF_NONE_MATCH",
        "HTTP_IF_RANGE",
        "HTTP_IF_UNMODIFIED_SINCE",
        "HTTP_RANGE",
    )
)
"""Headers by which a caller has less than the whole answer sent."""

_encode = msgspec.json.Encoder().encode


class Answer(NamedTuple):
    """An answer that a caller may keep: its bytes, their tag, and for how long (``Cache-Control``)."""

    body: bytes
    tag: str
    cache: str


class Today:
    """The ``Date`` of answers, written once a second."""

    def __init__(self) -> None:
        self._written = (-1, "")

    def write(self) -> str:
        second, text = self._written
        now = int(time())
        if now != second:
            text = http_date(now)
            self._written = (now, text)
        return text


_today = Today()


def dump_json(data: Any) -> bytes:
    """As every answer writes JSON: nothing between the members, letters as they are, a line feed at the end."""
    return _encode(data) + b"\n"


def plain_json(data: Any, status: int = 200, media_type: str = JSON) -> Response:
    """An answer of the moment, never kept."""
    response = Response(dump_json(data), status, content_type=media_type)
    response.headers["Cache-Control"] = NEVER
    return response


def digest(*parts: bytes | str) -> str:
    """A tag that changes when one of the parts does."""
    digested = sha256()
    for part in parts:
        digested.update(sha256(part.encode() if isinstance(part, str) else part).digest())
    return digested.hexdigest()[:32]


def keep(response: Response, tag: str, cache: str) -> Response:
    """Tags the answer, and makes it a 304 for a caller who has it already."""
    response.set_etag(tag)
    response.headers["Cache-Control"] = cache
    response.make_conditional(request)
    return response


def kept_json(data: Mapping[str, Any], *, is_pinned: bool, untagged: tuple[str, ...] = ()) -> Answer:
    """``untagged`` names members that only say when the question was asked: the tag does not depend on them."""
    tagged = {name: value for name, value in data.items() if name not in untagged}
    return Answer(dump_json(data), digest(dump_json(tagged)), PINNED if is_pinned else SHORT)


def respond(answer: Answer) -> Response:
    """The answer, or a 304 for a caller who has it already."""
    if not request.environ.keys().isdisjoint(CONDITIONS):
        return keep(Response(answer.body, content_type=JSON), answer.tag, answer.cache)
    return Response(answer.body, headers=headers_of(answer))


def headers_of(answer: Answer) -> list[tuple[str, str]]:
    """What a caller who sets no condition is told of an answer."""
    return [
        ("Content-Type", JSON),
        ("Content-Length", str(len(answer.body))),
        ("ETag", f'"{answer.tag}"'),
        ("Cache-Control", answer.cache),
        ("Date", _today.write()),
    ]
