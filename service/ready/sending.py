"""How a ready answer goes out: the status and headers that Flask would give it, and nothing worked out twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from service.answers import Answer, headers_of
from service.security import HEADERS

FOUND, NOT_MODIFIED = 200, 304
STATUSES = {FOUND: "200 OK", NOT_MODIFIED: "304 NOT MODIFIED"}

CONTENT = 2
"""Headers of an answer that tell of its body, first of all."""

_SECURITY = tuple(HEADERS.items())


class Reply(NamedTuple):
    """A response but for the headers that all have."""

    status: int
    headers: Sequence[tuple[str, str]]
    body: Iterable[bytes]

    def head(self, request_id: str) -> list[tuple[str, str]]:
        """Every header."""
        return [*self.headers, *_SECURITY, ("X-Request-Id", request_id)]


def reply(answer: Answer, known: str | None, *, is_head: bool) -> Reply:
    """304 to a caller who has the answer: ``known`` is the one tag it sent, between its quotes."""
    headers = headers_of(answer)
    if known == f'"{answer.tag}"':
        return Reply(NOT_MODIFIED, headers[CONTENT:], ())
    return Reply(FOUND, headers, () if is_head else (answer.body,))
