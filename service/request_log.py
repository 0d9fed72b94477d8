"""The line of each request on standard error: what structlog would write of it, made by hand and written in batches.

Tens of thousands are written each second, and a write for each would cost more than most answers do.
"""

from __future__ import annotations

import atexit
import sys
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from json.encoder import encode_basestring
from multiprocessing.util import Finalize
from time import time
from typing import NamedTuple
from urllib.parse import unquote_plus

import structlog

from service.looking_out import Here, keep_doing

SECRET_ROUTES = ("/admin/bienvenue/", "/admin/oidc/")
"""Addresses that carry secrets: the log tells their route only."""
PRIVATE = frozenset(("pec", "pec_until"))
"""What a pharmacy declares of one patient's agreement: promised not to be kept."""
WRITTEN_EVERY = 0.05
"""Seconds that a line waits for others, at most."""
MOST_WAITING = 2_000
"""Lines; the request that brings the last of them writes them all."""

_quote: Callable[[str], str] = encode_basestring


class Told(NamedTuple):
    """What is known of a request once it is answered."""

    method: str
    path: str
    query: str
    route: str
    status: int
    seconds: float
    request_id: str


class RequestLog:
    """The lines of requests, told at INFO and below as any other event; at once, until ``gather`` is called."""

    def __init__(self) -> None:
        self.is_on = True
        self._printer = structlog.PrintLogger(sys.stderr)
        self._waiting: deque[str] = deque()
        self._gathered_in = 0
        self._second = (-1, "")

    def tell(self, told: Told) -> None:
        """Has the line of a request written."""
        if not self.is_on:
            return
        self._waiting.append(self._line(told))
        # A worker forked from the one that began to gather has not its thread.
        if self._gathered_in != Here.process or len(self._waiting) >= MOST_WAITING:
            self.write()

    def gather(self) -> None:
        """From now on, in this process, lines are written several at a time, and when it ends."""
        keep_doing(RequestLog.write, self, every=WRITTEN_EVERY, name="request log")
        atexit.register(self.write)
        # A worker of multiprocessing ends without what atexit holds.
        Finalize(None, self.write, exitpriority=0)
        self._gathered_in = Here.process

    def write(self) -> None:
        """Writes the lines that wait, in one go and under structlog's own lock."""
        lines = []
        while self._waiting:
            try:
                lines.append(self._waiting.popleft())
            except IndexError:  # another thread took the last one
                break
        if lines:
            self._find_printer().info("\n".join(lines))

    def _line(self, told: Told) -> str:
        # One-time links and the answers of an identity provider open the console to who reads them.
        is_secret = told.route.startswith(SECRET_ROUTES)
        path, query = (told.route, "") if is_secret else (told.path, _without_private(told.query))
        return (
            f'{{"method": {_quote(told.method)}, "path": {_quote(path)}, "query": {_quote(query)}, '
            f'"route": {_quote(told.route)}, "status": {told.status}, '
            f'"milliseconds": {round(told.seconds * 1000, 2)}, "event": "request", '
            f'"request_id": "{told.request_id}", "level": "info", "timestamp": "{self._stamp()}"}}'
        )

    def _stamp(self) -> str:
        """This instant in UTC; its seconds are written once for all."""
        instant = time()
        second, text = self._second
        whole = int(instant)
        if whole != second:
            text = datetime.fromtimestamp(whole, UTC).strftime("%Y-%m-%dT%H:%M:%S")
            self._second = (whole, text)
        return f"{text}.{int((instant - whole) * 1_000_000):06d}Z"

    def _find_printer(self) -> structlog.PrintLogger:
        """That of standard error, which may be another by now."""
        if self._printer._file is not sys.stderr:
            self._printer = structlog.PrintLogger(sys.stderr)
        return self._printer


def _without_private(query: str) -> str:
    """A query as the log keeps it; names are compared as they are read, however they are written."""
    if "pec" not in query and "%" not in query:
        return query
    parts = (part.partition("=") for part in query.split("&"))
    return "&".join(
        f"{name}=" if unquote_plus(name) in PRIVATE else f"{name}{mark}{value}" for name, mark, value in parts
    )


REQUESTS = RequestLog()
