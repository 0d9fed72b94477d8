"""Where everything must run, a skip fails; elsewhere it is only a skip."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import ROOT

SKIPS = {
    "by a mark": "import pytest\n@pytest.mark.skip(reason='by a mark')\ndef test_one(): pass\n",
    "in its body": "import pytest\ndef test_one(): pytest.skip('in its body')\n",
    "by a fixture": (
        "import pytest\n@pytest.fixture\ndef absent(): pytest.skip('by a fixture')\ndef test_one(absent): pass\n"
    ),
    "whole module": "import pytest\npytest.skip('whole module', allow_module_level=True)\n",
}
EXPECTED_FAILURE = "import pytest\n@pytest.mark.xfail(reason='known')\ndef test_one(): assert False\n"


def run(folder: Path, source: str, require_all: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(source)
    command = [sys.executable, "-m", "pytest", "-p", "tests.strictness", "-p", "no:cacheprovider", "--rootdir", folder]
    environment = os.environ | {"AMO_REQUIRE_ALL": require_all, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""}
    return subprocess.run(
        [*map(str, command), str(folder)], capture_output=True, text=True, env=environment, cwd=folder
    )


@pytest.mark.parametrize("why", SKIPS)
def test_a_skip_fails_where_everything_is_required(tmp_path: Path, why: str) -> None:
    done = run(tmp_path, SKIPS[why], require_all="1")
    assert done.returncode in (1, 2)
    assert "lets nothing skip" in done.stdout
    assert why in done.stdout


def test_a_skip_is_a_skip_elsewhere(tmp_path: Path) -> None:
    done = run(tmp_path, SKIPS["in its body"], require_all="")
    assert done.returncode == 0
    assert "1 skipped" in done.stdout


def test_an_expected_failure_is_no_skip(tmp_path: Path) -> None:
    done = run(tmp_path, EXPECTED_FAILURE, require_all="1")
    assert done.returncode == 0
    assert "1 xfailed" in done.stdout
