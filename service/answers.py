"""How data becomes an HTTP answer: stable JSON, a strong ETag, and how long it may be kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flask import Response, request

PINNED = "public, max-age=31536000, immutable"
"""Both clocks are pinned: the answer is the same for ever."""
SHORT = "public, max-age=60"
NEVER = "no-store"


def dump_json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def plain_json(data: Any, status: int = 200, media_type: str = "application/json") -> Response:
    """An answer of the moment, never kept."""
    response = Response(dump_json(data), status, content_type=media_type)
    response.headers["Cache-Control"] = NEVER
    return response


def digest(*parts: bytes | str) -> str:
    """A tag that changes when one of the parts does."""
    digested = hashlib.sha256()
    for part in parts:
        digested.update(hashlib.sha256(part.encode() if isinstance(part, str) else part).digest())
    return digested.hexdigest()[:32]


def keep(response: Response, tag: str, cache: str) -> Response:
    """Tags the answer, and makes it a 304 for a caller who has it already."""
    response.set_etag(tag)
    response.headers["Cache-Control"] = cache
    response.make_conditional(request)
    return response


def json_answer(data: Mapping[str, Any], *, is_pinned: bool, untagged: tuple[str, ...] = ()) -> Response:
    """``untagged`` names members that only say when the question was asked: the tag does not depend on them."""
    tagged = {name: value for name, value in data.items() if name not in untagged}
    response = Response(dump_json(data), content_type="application/json")
    return keep(response, digest(dump_json(tagged)), PINNED if is_pinned else SHORT)
