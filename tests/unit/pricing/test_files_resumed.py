"""An interrupted run: what it leaves, how it is gone on with, and what it is never mistaken for."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest

from catalog.pricing.file_resuming import ResumeError, TargetBusyError
from catalog.pricing.files import price_file
from tests.unit.pricing.files_of_lines import DAY, WRITERS, priced
from tests.unit.pricing.shelf import pack

pytest.importorskip("polars")
pytest.importorskip("numpy")

LINES = 1_500
BLOCKS = {".csv": 9_000, ".ndjson": 14_000, ".parquet": 150}


class Struck(BaseException):
    """The run is struck down, as by Ctrl-C."""


def interrupted(source: Path, target: Path, after: int, **asked: Any) -> None:
    """A run that is struck down after so many blocks."""
    left = after

    def progress(*_: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Struck

    with pytest.raises(Struck):
        price_file(pack(), source, target, pack().head, DAY, progress=progress, **asked)


def parts(target: Path) -> tuple[Path, Path]:
    return target.with_name(f".{target.name}.part"), target.with_name(f".{target.name}.part.state")


@pytest.fixture
def csv_file(tmp_path: Path) -> Path:
    return WRITERS[".csv"](tmp_path / "lines.csv", LINES, 1)


@pytest.mark.parametrize("form", [".csv", ".ndjson", ".parquet"])
@pytest.mark.parametrize("sent", WRITERS)
@pytest.mark.parametrize("in_columns", [False, True])
def test_a_run_struck_down_again_and_again_ends_with_the_same_bytes(
    tmp_path: Path, sent: str, form: str, in_columns: bool
) -> None:
    asked: dict[str, Any] = {"in_columns": in_columns, "block": BLOCKS[sent]}
    source = WRITERS[sent](tmp_path / f"lines{sent}", LINES, 11)
    whole = priced(source, tmp_path / f"whole{form}", **asked)
    target = tmp_path / f"answers{form}"
    for blocks in (3, 1, 0, 2):
        interrupted(source, target, blocks, resume=True, **asked)
        assert not target.exists()
    assert priced(source, target, resume=True, **asked) == whole
    assert not any(path.exists() for path in parts(target))


@pytest.mark.parametrize("form", [".csv", ".parquet"])
def test_bytes_after_the_last_note_and_a_note_cut_short_are_dropped(tmp_path: Path, csv_file: Path, form: str) -> None:
    asked: dict[str, Any] = {"in_columns": True, "block": BLOCKS[".csv"]}
    whole = priced(csv_file, tmp_path / f"whole{form}", **asked)
    draw = random.Random(5)
    for number in range(4):
        target = tmp_path / f"answers{number}{form}"
        interrupted(csv_file, target, 1 + draw.randrange(5), **asked)
        part, state = parts(target)
        part.write_bytes(part.read_bytes() + draw.randbytes(draw.randrange(1, 5_000)))
        notes = state.read_bytes()
        state.write_bytes(notes[: len(notes) - draw.randrange(100)])
        assert priced(csv_file, target, resume=True, **asked) == whole


def test_without_being_asked_to_resume_a_run_begins_anew(tmp_path: Path, csv_file: Path) -> None:
    target = tmp_path / "answers.csv"
    interrupted(csv_file, target, 2, in_columns=False, block=BLOCKS[".csv"])
    parts(target)[0].write_bytes(b"something else")
    whole = priced(csv_file, tmp_path / "whole.csv")
    assert priced(csv_file, target, in_columns=False, block=BLOCKS[".csv"]) == whole


def test_nothing_to_resume_is_a_beginning(tmp_path: Path, csv_file: Path) -> None:
    assert priced(csv_file, tmp_path / "a.csv", resume=True) == priced(csv_file, tmp_path / "b.csv")


def rewritten(source: Path) -> None:
    facts = source.stat()
    source.write_bytes(source.read_bytes().replace(b"cnops", b"cnss ", 1))
    os.utime(source, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def longer(source: Path) -> None:
    source.write_bytes(source.read_bytes() + b"\n")


@pytest.mark.parametrize("change", [rewritten, longer])
def test_an_input_that_changed_is_refused(tmp_path: Path, csv_file: Path, change: Any) -> None:
    target = tmp_path / "answers.csv"
    interrupted(csv_file, target, 2, in_columns=False, block=BLOCKS[".csv"])
    change(csv_file)
    with pytest.raises(ResumeError, match=r"lines\.csv has changed since\. Without --resume it is priced anew\."):
        price_file(pack(), csv_file, target, pack().head, DAY, resume=True, in_columns=False, block=BLOCKS[".csv"])
    assert all(path.exists() for path in parts(target))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"release": 2}, r"it was begun as known at release \d+: say --release \d+"),
        ({"default_as_of": None}, "it was begun with --as-of 2021-05-10: say so again"),
        ({"explain": True}, "it was begun without --explain"),
        ({"block": 1_000}, "it was begun with other libraries"),
    ],
)
def test_a_run_of_something_else_is_refused(tmp_path: Path, csv_file: Path, changed: dict[str, Any], said: str) -> None:
    target = tmp_path / "answers.ndjson"
    asked: dict[str, Any] = {"in_columns": False, "block": BLOCKS[".csv"]}
    interrupted(csv_file, target, 2, **asked)
    with pytest.raises(ResumeError, match=said):
        price_file(
            **{
                "snapshot": pack(), "source": csv_file, "target": target, "release": pack().head, "default_as_of": DAY,
                "resume": True, **asked, **changed,
            }
        )  # fmt: skip


def test_another_input_is_refused(tmp_path: Path, csv_file: Path) -> None:
    target = tmp_path / "answers.csv"
    interrupted(csv_file, target, 2, in_columns=False, block=BLOCKS[".csv"])
    other = WRITERS[".csv"](tmp_path / "other.csv", 50, 2)
    with pytest.raises(ResumeError, match=r"it was begun on lines\.csv, not other\.csv"):
        price_file(pack(), other, target, pack().head, DAY, resume=True, in_columns=False, block=BLOCKS[".csv"])


def test_answers_that_were_tampered_with_are_refused(tmp_path: Path, csv_file: Path) -> None:
    target = tmp_path / "answers.csv"
    interrupted(csv_file, target, 3, in_columns=False, block=BLOCKS[".csv"])
    part, _ = parts(target)
    part.write_bytes(part.read_bytes().replace(b"0", b"1", 1))
    with pytest.raises(ResumeError, match="is not as the interrupted run left it"):
        price_file(pack(), csv_file, target, pack().head, DAY, resume=True, in_columns=False, block=BLOCKS[".csv"])


def test_two_runs_never_write_one_file(tmp_path: Path, csv_file: Path) -> None:
    target = tmp_path / "answers.csv"
    met = []

    def meanwhile(*_: object) -> None:
        if not met:
            with pytest.raises(TargetBusyError, match="is being written by another run") as refused:
                price_file(pack(), csv_file, target, pack().head, DAY)
            met.append(refused)

    price_file(pack(), csv_file, target, pack().head, DAY, progress=meanwhile)
    assert met
    assert target.read_bytes() == priced(csv_file, tmp_path / "whole.csv")
