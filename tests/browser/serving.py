"""The production server, in a process of its own, over a folder of data."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

START_SECONDS = 60


@dataclass(frozen=True)
class Served:
    url: str
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a command needs to work on the same catalogue."""
        return environment_of(self.folder)


def environment_of(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AMO_")}
    return kept | {"AMO_DATA_DIR": str(folder), "AMO_LOG_LEVEL": "ERROR"}


@contextmanager
def serve(folder: Path) -> Iterator[Served]:
    """``amo-catalog serve`` on a free port until the block ends."""
    port = _free_port()
    command = [sys.executable, "-c", "from service.cli import main; main()", "serve", "--port", str(port)]
    log = (folder / "server.log").open("w+b")
    server = subprocess.Popen(command, env=environment_of(folder), stdout=log, stderr=log, start_new_session=True)
    try:
        _wait(f"http://127.0.0.1:{port}/readyz", server, folder / "server.log")
        yield Served(f"http://127.0.0.1:{port}", folder)
    finally:
        server.terminate()
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()
        log.close()


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert server.poll() is None, f"the server stopped:\n{log.read_text()}"
        try:
            with urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"the server is not ready after {START_SECONDS} s:\n{log.read_text()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
