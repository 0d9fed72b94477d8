"""Random questions are answered as by a linear scan, by the Whoosh that is installed and by the one it came from.

What is pinned may be changed for another distribution of the same name as long as this passes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract import questions
from tests.databases import ROOT

ORIGINAL = "whoosh==2.7.4 --hash=sha256:aa39c3c3426e3fd107dcb4bde64ca1e276a65a889d9085a6e4b54ba82420a852"
SEEDS = (3, 5)
COUNT = 400
INSTALL = ("--quiet", "--disable-pip-version-check", "--no-input", "--no-deps", "--no-compile", "--retries", "1")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of its own with the last Whoosh of its author."""
    folder = tmp_path_factory.mktemp("whoosh-2.7.4")
    wanted = folder / "requirements.txt"
    wanted.write_text(ORIGINAL)
    pip = [sys.executable, "-m", "pip", "install", *INSTALL, "--timeout", "15", "--require-hashes"]
    done = subprocess.run([*pip, "--target", str(folder / "site"), "-r", str(wanted)], capture_output=True, text=True)
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        pytest.skip(f"whoosh 2.7.4 cannot be installed beside ours: {said[-1] if said else 'pip says nothing'}")
    return folder / "site"


def ask_elsewhere(site: Path, folder: Path, seed: int) -> dict[str, object]:
    environment = os.environ | {"PYTHONPATH": f"{site}{os.pathsep}{ROOT}", "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "tests.contract.questions", str(folder), str(seed), str(COUNT)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


def by_a_scan(seed: int) -> list[list[int]]:
    held = questions.documents(seed)
    return [questions.scan(held, asked) for asked in questions.questions(seed, COUNT)]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_whoosh_installed_answers_as_a_scan(seed: int, tmp_path: Path) -> None:
    asked = questions.questions(seed, COUNT)
    assert questions.answer(tmp_path, questions.documents(seed), asked) == by_a_scan(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_the_whoosh_of_2016_answers_as_a_scan(seed: int, original: Path, tmp_path: Path) -> None:
    told = ask_elsewhere(original, tmp_path, seed)
    assert told["version"] == "2.7.4"
    assert str(told["from"]).startswith(str(original))
    assert told["answers"] == by_a_scan(seed)


def test_most_questions_have_an_answer() -> None:
    """Random questions that nothing answers would prove nothing."""
    answered = [bool(numbers) for seed in SEEDS for numbers in by_a_scan(seed)]
    assert sum(answered) > 0.8 * len(answered)
