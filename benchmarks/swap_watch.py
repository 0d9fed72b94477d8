"""Watches releases being swapped: on many connections, is every answer whole, and when does each see the newest."""

from __future__ import annotations

import re
import selectors
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Event, Thread
from types import TracebackType

from benchmarks.http_load_python import Asking, status_of
from benchmarks.serving import HOST, Server
from benchmarks.swap_publisher import FIRST_PRICE, PATHS

CONNECTIONS = 12
"""Enough that every worker has one: a connection stays with the worker that took it."""
EVERY = 0.02
"""Seconds between two questions on a connection."""
OK = 200
ANSWER = re.compile(rb'"ppv":"(\d+)\.(\d\d)".*"release":(\d+)', re.DOTALL)


@dataclass
class Seen:
    """What the connections were told."""

    answers: int = 0
    errors: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    first: dict[int, dict[int, float]] = field(default_factory=dict)
    """By release and connection, the instant it was first answered."""
    swapped: dict[str, float] = field(default_factory=dict)
    """By what the pointer says, the instant it was renamed."""


class Watch:
    """Asks while the block lasts. ``first_release`` is the one that brought the first price."""

    def __init__(self, server: Server, pointer: Path, first_release: int) -> None:
        self.seen = Seen()
        self._server, self._pointer, self._first = server, pointer, first_release
        self._over = Event()
        self._threads = [Thread(target=self._ask), Thread(target=self._look)]
        self._held: dict[int, int] = {}

    def __enter__(self) -> Watch:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, release: int, seconds: float) -> bool:
        """Whether every connection was answered by a release in time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if len(self.seen.first.get(release, ())) == CONNECTIONS:
                return True
            time.sleep(0.005)
        return False

    def _look(self) -> None:
        """The change of a renamed file is the instant of its renaming."""
        while not self._over.wait(0.002):
            with suppress(OSError):
                changed = self._pointer.stat().st_ctime
                self.seen.swapped.setdefault(self._pointer.read_text(), changed)

    def _ask(self) -> None:
        waiting, paths = selectors.DefaultSelector(), count()
        places: dict[int, float] = {}
        for number in range(CONNECTIONS):
            asking = Asking(socket.create_connection((HOST, self._server.port)))
            waiting.register(asking.connection, selectors.EVENT_READ, (number, asking))
            places[number] = time.perf_counter() + EVERY * number / CONNECTIONS
        connections = [key.data for key in waiting.get_map().values()]
        while not self._over.is_set():
            for number, asking in connections:
                if time.perf_counter() >= places[number]:
                    path = PATHS[next(paths) % len(PATHS)]
                    asking.ask(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
                    places[number] = float("inf")
            for key, _ in waiting.select(timeout=0.002):
                self._receive(key.data[0], key.data[1], places)

    def _receive(self, number: int, asking: Asking, places: dict[int, float]) -> None:
        part = b""
        with suppress(OSError):
            part = asking.connection.recv(1 << 18)
        if not part:
            self.seen.errors.append("a connection was closed")
            self._over.set()
            return
        asking.received += part
        status = status_of(asking.received)
        if status is not None:
            self._judge(number, status, asking.received)
            places[number] = max(asking.began + EVERY, time.perf_counter())

    def _judge(self, number: int, status: int, received: bytes) -> None:
        """Whether the price is that of the release the answer names, and no older than the last answer's."""
        self.seen.answers += 1
        found = ANSWER.search(received)
        if status != OK or found is None:
            self.seen.errors.append(f"status {status}")
            return
        price, release = int(found[1] + found[2]), int(found[3])
        if price != FIRST_PRICE + release - self._first:
            self.seen.torn.append(f"release {release} with the price {price}")
        if release < self._held.get(number, 0):
            self.seen.torn.append(f"release {release} after {self._held[number]}")
        self._held[number] = release
        self.seen.first.setdefault(release, {}).setdefault(number, time.time())
