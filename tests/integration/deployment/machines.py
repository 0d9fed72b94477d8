"""Servers in processes of their own, as a machine runs them, and questions put to them."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.databases import ROOT

PATIENCE = 90
"""Seconds after which a test gives up on what it waits for."""

GRANIAN = (sys.executable, "-c", "from service.cli import main; main()", "serve")
GUNICORN = (
    *(sys.executable, "-m", "gunicorn", "service.wsgi:app", "--worker-class", "gthread"),
    *("--workers", "2", "--threads", "4"),
)


@dataclass(frozen=True)
class Machine:
    """A machine that answers at ``url``."""

    url: str

    def ask(self, path: str) -> tuple[int, str]:
        """Status and text of an answer."""
        try:
            with urlopen(f"{self.url}{path}", timeout=20) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as refused:
            return refused.code, refused.read().decode()

    def json(self, path: str) -> Any:
        status, text = self.ask(path)
        assert status == 200, text
        return json.loads(text)

    def release(self) -> int:
        """The newest release it serves."""
        told: int = self.json("/api/v1/releases")["release"]
        return told


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(command: tuple[str, ...], port: int, folder: Path, **settings: str) -> Iterator[Machine]:
    """Runs it until the block ends, with these settings and a data folder of its own."""
    folder.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AMO_")}
    told = kept | {"AMO_DATA_DIR": str(folder), "AMO_LOG_LEVEL": "WARNING", "PYTHONPATH": str(ROOT)} | settings
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, env=told, cwd=ROOT, stdout=output, stderr=output, start_new_session=True)
        try:
            machine = Machine(f"http://127.0.0.1:{port}")
            wait_until(lambda: _is_ready(machine, server, log), f"ready, {log}")
            yield machine
        finally:
            server.terminate()
            try:
                server.wait(timeout=30)
            except subprocess.TimeoutExpired:
                server.kill()


def _is_ready(machine: Machine, server: subprocess.Popen[bytes], log: Path) -> bool:
    assert server.poll() is None, f"the server stopped:\n{log.read_text()}"
    try:
        return machine.ask("/readyz")[0] == 200
    except (URLError, OSError):
        return False


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Fails when it is not so after a long while."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, f"waited {PATIENCE} s in vain: {what}"
        time.sleep(0.1)
