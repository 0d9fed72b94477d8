"""Load on a server: by wrk where the machine has it, else by Python; questions in random order."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from benchmarks import http_load_python

CONNECTIONS = 16
LONGEST_SECONDS = 180
SCRIPT = """
local asked = {}
local function headers_of(text)
  local headers = {}
  for name, value in text:gmatch("([^:\\31]+): ([^\\31]*)") do headers[name] = value end
  return headers
end
local function body_of(path)
  if path == "" then return nil end
  local source = assert(io.open(path, "rb"))
  local body = source:read("*a")
  source:close()
  return body
end
function init(args)
  math.randomseed(20261122)
  for line in io.lines(args[1]) do
    local method, path, headers, body = line:match("^(%S+) (%S+)\\t([^\\t]*)\\t(.*)$")
    asked[#asked + 1] = wrk.format(method, path, headers_of(headers), body_of(body))
  end
end
function request()
  return asked[math.random(#asked)]
end
function done(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("FIGURES %d %d %d %d %.1f %.1f %.1f\\n", summary.duration, summary.requests, errors.status,
    failed, latency:percentile(50), latency:percentile(99), latency.max))
end
"""


@dataclass(frozen=True)
class Question:
    """One request: a path with its query, and for a POST the file of its body."""

    path: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Path | None = None


class Load(NamedTuple):
    """What a load met. Latencies in milliseconds; ``refused`` counts statuses from 400 on, ``failed`` lost requests."""

    seconds: float
    requests: int
    refused: int
    failed: int
    p50: float
    p99: float
    longest: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


class LoadError(Exception):
    """The load itself could not be made."""


def tool() -> str:
    """What makes the load here, in words for the page."""
    return "wrk, one thread" if shutil.which("wrk") else "a Python program, one process (wrk is not installed here)"


def load(url: str, asked: Path, seconds: float, connections: int = CONNECTIONS) -> Load:
    """Asks for some seconds, each connection one question after another. Raises LoadError."""
    with Loading(url, asked, seconds, connections) as running:
        return running.figures()


class Loading:
    """A load under way in a process of its own: it ends after ``seconds``, or when it is told to."""

    def __init__(self, url: str, asked: Path, seconds: float, connections: int = CONNECTIONS) -> None:
        self._process = subprocess.Popen(
            _command(url, asked, seconds, connections), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def __enter__(self) -> Loading:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait()

    def stop(self) -> Load:
        """What it met up to now."""
        self._process.send_signal(signal.SIGINT)
        return self.figures()

    def figures(self) -> Load:
        """What it met, once it is over. Raises LoadError."""
        told, _ = self._process.communicate(timeout=LONGEST_SECONDS)
        found = [line.split()[1:] for line in told.splitlines() if line.startswith("FIGURES ")]
        if not found or self._process.returncode:
            raise LoadError(f"The load on the server failed: {told[-800:]}")
        micros, requests, refused, failed, *latencies = found[0]
        p50, p99, longest = (float(figure) / 1000 for figure in latencies)
        return Load(int(micros) / 1e6, int(requests), int(refused), int(failed), p50, p99, longest)


def _command(url: str, asked: Path, seconds: float, connections: int) -> Sequence[str]:
    if not shutil.which("wrk"):
        return http_load_python.command(urlsplit(url), asked, seconds, connections)
    script = asked.with_suffix(".lua")
    script.write_text(SCRIPT, encoding="utf-8")
    options = [f"-c{connections}", "-t1", f"-d{max(1, round(seconds))}s", "--timeout", "10s"]
    return ["wrk", *options, "-s", str(script), url, "--", str(asked)]


def write_questions(path: Path, questions: Sequence[Question]) -> Path:
    """The file both kinds of load read: a line a question, its headers parted by a control character."""
    lines = []
    for one in questions:
        headers = "\x1f".join(f"{name}: {value}" for name, value in one.headers.items())
        lines.append(f"{one.method} {one.path}\t{headers}\t{one.body or ''}\n")
    path.write_text("".join(lines), encoding="ascii")
    return path


def warm(url: str, asked: Path) -> None:
    """A first second that is not counted."""
    load(url, asked, 1)
    time.sleep(0.05)
