"""The parts that start servers run to their end at a tiny size, lose nothing, and leave no server behind."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from benchmarks import http, http_load, swap
from benchmarks.http_load import Question, load, write_questions
from benchmarks.measure import Target


class Answering(BaseHTTPRequestHandler):
    """Answers its path, and refuses one."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = self.path.encode()
        self.send_response(404 if self.path == "/absent" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is told."""


@pytest.fixture
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("has_wrk", [False, True])
def test_a_load_counts_answers_and_refusals(
    address: str, has_wrk: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if has_wrk and not shutil.which("wrk"):
        pytest.skip("wrk is not installed")
    if not has_wrk:
        monkeypatch.setattr(http_load.shutil, "which", lambda _: None)
    good = load(address, write_questions(tmp_path / "good.txt", [Question("/a"), Question("/b?c=d")]), 1, 4)
    assert good.requests > 0
    assert (good.refused, good.failed) == (0, 0)
    assert 0 < good.p50 <= good.p99 <= good.longest
    bad = load(address, write_questions(tmp_path / "bad.txt", [Question("/absent")]), 1, 4)
    assert bad.refused == bad.requests > 0


@pytest.mark.slow
def test_questions_over_http(tmp_path: Path) -> None:
    targets = [one for one in http.part(tmp_path, quick=True) if isinstance(one, Target)]
    assert [target.against for target in targets if target.met is None] == ["Datasette was not measured"]
    assert len(targets) == 9
    assert not (tmp_path / "http").exists()
    assert servers_of(tmp_path) == []


@pytest.mark.slow
def test_publishing_under_load(tmp_path: Path) -> None:
    found = {one.what: one.measured for one in swap.part(tmp_path, quick=True) if isinstance(one, Target)}
    assert found["errors under full read load"] == 0
    assert found["torn answers"] == 0
    assert len(found) == 4
    assert servers_of(tmp_path) == []


def servers_of(folder: Path) -> list[str]:
    """Processes that still serve what lies in a folder."""
    named = []
    for environ in Path("/proc").glob("[0-9]*/environ"):
        try:
            told = environ.read_bytes()
        except OSError:
            continue
        if f"AMO_DATA_DIR={folder}".encode() in told:
            named.append(environ.parent.name)
    return named
