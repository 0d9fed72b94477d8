"""Servers of a benchmark: on the loopback only, in a group of their own, and ended whatever happens."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
START_SECONDS = 60
STOP_SECONDS = 5
IDLE_CPU = 0.03
PRIVATE = ("Private_Clean:", "Private_Dirty:")
_DIE_WITH_PARENT = 1
_TICKS = os.sysconf("SC_CLK_TCK")


class ServerError(Exception):
    """A server did not start; the sentence holds the end of what it said."""


@dataclass(frozen=True)
class Server:
    """A server that was started; it answers once it was waited for. ``group`` is the group of its processes."""

    name: str
    port: int
    ready: str
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def group(self) -> int:
        return self.process.pid

    def url(self, path: str) -> str:
        return f"http://{HOST}:{self.port}{path}"

    def wait(self) -> None:
        """Until ``ready`` is answered. Raises ServerError when it never is."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(self.url(self.ready), timeout=5):
                    return
            except urllib.error.HTTPError as error:
                raise ServerError(f"{self.name} answers {error.code} to {self.ready}") from None
            except (OSError, ValueError):
                time.sleep(0.05)
        raise ServerError(f"{self.name} does not answer: {self.log.read_text(errors='replace')[-800:]}")

    def stop(self) -> None:
        """At once, and all its processes: what they serve is a copy of this run's own."""
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline:
            with suppress(ProcessLookupError):
                os.killpg(self.group, signal.SIGKILL)
            self.process.poll()
            if not any(True for _ in _processes(self.group)):
                return
            time.sleep(0.02)

    def cpu(self) -> float:
        """Seconds of CPU that all its processes have spent."""
        return sum(sum(map(int, fields[11:13])) for _, fields in _processes(self.group)) / _TICKS

    def rest(self) -> None:
        """Until it has answered, or given up, what was asked by callers that have left."""
        deadline = time.monotonic() + START_SECONDS
        spent = -1.0
        while time.monotonic() < deadline and self.cpu() - spent > IDLE_CPU:
            spent = self.cpu()
            time.sleep(0.2)

    def private_megabytes(self) -> list[float]:
        """Memory that no other process shares, of each of its processes, the largest first."""
        found = [_kilobytes(Path(f"/proc/{pid}/smaps_rollup"), *PRIVATE) for pid, _ in _processes(self.group)]
        return sorted((kilobytes / 1000 for kilobytes in found), reverse=True)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def serving(
    name: str, command: Sequence[str | Path], port: int, ready: str, log: Path, environ: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """A server while the block lasts, to be waited for: several may start at once."""
    # What a server logs goes to a file, as it would in production: it is part of what serving costs.
    with log.open("wb") as told:
        process = subprocess.Popen(
            [str(word) for word in command],
            stdout=told,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environ or {})},
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
    server = Server(name, port, ready, log, process)
    try:
        yield server
    finally:
        server.stop()


def _die_with_parent() -> None:
    """Runs in the child: a benchmark that is killed leaves no server behind."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)


def _processes(group: int) -> Iterator[tuple[int, list[str]]]:
    """The living processes of a group: number, and the fields of ``/proc/N/stat`` from the state on."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text(errors="replace").rpartition(")")[2].split()
            if int(fields[2]) == group and fields[0] != "Z":
                yield int(stat.parent.name), fields


def _kilobytes(told: Path, *names: str) -> int:
    with suppress(OSError):
        return sum(int(line.split()[1]) for line in told.read_text().splitlines() if line.startswith(names))
    return 0
