"""Load by Python where wrk is absent: many connections of one process, each with one question under way."""

from __future__ import annotations

import random
import re
import selectors
import signal
import socket
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from urllib.parse import SplitResult

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
REFUSED = 400


def command(url: SplitResult, asked: Path, seconds: float, connections: int) -> list[str]:
    """How to run it as a process of its own; it prints the line that the script of wrk prints."""
    program = [sys.executable, "-m", "benchmarks.http_load_python"]
    return [*program, str(url.hostname), str(url.port), str(asked), str(seconds), str(connections)]


@dataclass
class Counts:
    """What was met so far."""

    taken: list[float] = field(default_factory=list)
    refused: int = 0
    failed: int = 0


@dataclass
class Asking:
    """One connection: what has come of the answer to the question under way."""

    connection: socket.socket
    received: bytes = b""
    began: float = 0.0

    def ask(self, question: bytes) -> None:
        self.received, self.began = b"", time.perf_counter()
        self.connection.setblocking(True)
        self.connection.sendall(question)
        self.connection.setblocking(False)


def status_of(received: bytes) -> int | None:
    """The status of a whole answer; None while some of it is still to come."""
    head, mark, body = received.partition(b"\r\n\r\n")
    if not mark:
        return None
    status = int(head[9:12])
    if CHUNKED.search(head):
        return status if body.endswith(b"0\r\n\r\n") else None
    length = LENGTH.search(head)
    expected = int(length[1]) if length and status != 304 else 0
    return status if len(body) >= expected else None


def read_questions(asked: Path, host: str) -> list[bytes]:
    """The requests as they are sent."""
    made = []
    for line in asked.read_text(encoding="ascii").split("\n")[:-1]:
        what, headers, path = line.split("\t")
        body = Path(path).read_bytes() if path else b""
        told = [f"{what} HTTP/1.1", f"Host: {host}", *filter(None, headers.split("\x1f"))]
        told += [f"Content-Length: {len(body)}"] if path else []
        made.append("\r\n".join([*told, "", ""]).encode() + body)
    return made


def run(host: str, port: int, questions: list[bytes], seconds: float, connections: int) -> tuple[Counts, float]:
    """The answers of so many seconds, and how long it truly took."""
    counts, waiting, chosen = Counts(), selectors.DefaultSelector(), random.Random(20_261_122)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for _ in range(connections):
        asking = Asking(socket.create_connection((host, port)))
        asking.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        waiting.register(asking.connection, selectors.EVENT_READ, asking)
        asking.ask(chosen.choice(questions))
    start = time.perf_counter()
    try:
        while time.perf_counter() - start < seconds:
            for key, _ in waiting.select(timeout=1):
                _receive(key.data, counts, waiting, chosen.choice(questions))
    except KeyboardInterrupt:
        pass
    return counts, time.perf_counter() - start


def _receive(asking: Asking, counts: Counts, waiting: selectors.BaseSelector, following: bytes) -> None:
    try:
        part = asking.connection.recv(1 << 18)
    except OSError:
        part = b""
    if not part:
        counts.failed += 1
        waiting.unregister(asking.connection)
        return
    asking.received += part
    status = status_of(asking.received)
    if status is not None:
        counts.taken.append(time.perf_counter() - asking.began)
        counts.refused += status >= REFUSED
        asking.ask(following)


def main(host: str, port: str, asked: str, seconds: str, connections: str) -> None:
    questions = read_questions(Path(asked), host)
    counts, took = run(host, int(port), questions, float(seconds), int(connections))
    cuts = quantiles(counts.taken, n=100, method="inclusive") if len(counts.taken) > 1 else [0.0] * 99
    latencies = " ".join(f"{1e6 * one:.1f}" for one in (cuts[49], cuts[98], max(counts.taken, default=0.0)))
    print("FIGURES", round(1e6 * took), len(counts.taken), counts.refused, counts.failed, latencies)


if __name__ == "__main__":
    main(*sys.argv[1:])
