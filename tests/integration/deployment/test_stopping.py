"""Ctrl-C: everything that the terminal started ends, and says to the end what it did."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.databases import ROOT
from tests.integration.deployment.machines import GRANIAN, Machine, free_port, wait_until

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stopped")


@pytest.mark.parametrize("turn", range(3))
def test_ctrl_c_ends_every_process_and_loses_no_line(folder: Path, turn: int) -> None:
    port, log = free_port(), folder / f"{turn}.log"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AMO_")}
    told = kept | {"AMO_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    command = (*GRANIAN, "--port", str(port), "--workers", "2")
    with log.open("wb") as output:
        server = subprocess.Popen(command, env=told, cwd=ROOT, stdout=output, stderr=output, start_new_session=True)
    try:
        machine = Machine(f"http://127.0.0.1:{port}")
        wait_until(lambda: _answers(machine), "served")
        for number in range(20):
            assert machine.ask(f"/api/v1/medicaments/6118000100058?as_of=2014-07-{number + 1:02d}")[0] == 200
        os.killpg(server.pid, signal.SIGINT)
        server.wait(timeout=60)
        lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
        asked = [line["query"] for line in lines if line["event"] == "request" and line["query"]]
        assert sorted(asked) == [f"as_of=2014-07-{number + 1:02d}" for number in range(20)]
        with pytest.raises(ProcessLookupError):
            os.killpg(server.pid, 0)
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _answers(machine: Machine) -> bool:
    try:
        return machine.ask("/healthz")[0] == 200
    except OSError:
        return False
