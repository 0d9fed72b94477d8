"""Another process builds the file, byte for byte the same; when it dies, it is built here, and that is told."""

from __future__ import annotations

import fcntl
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog import apart
from catalog.apart import BuilderDiedError
from catalog.registry import KINDS
from catalog.snapshots import files
from catalog.snapshots import store as stores
from catalog.snapshots.building import build
from catalog.snapshots.elsewhere import build_apart
from catalog.snapshots.files import LOCK
from catalog.snapshots.packing import encode
from catalog.snapshots.store import POINTER, SnapshotStore
from tests.integration.truth.desk import MAY, Desk, enacted, priced


@pytest.fixture
def desk(bare_desk: Desk) -> Desk:
    """Of all the kinds, which are those another process knows."""
    whole = Desk(bare_desk.session, KINDS)
    whole.publish(enacted(), priced("29.70", MAY))
    return whole


def store_in(folder: Path, said: list[str]) -> SnapshotStore:
    return SnapshotStore(folder / "snapshots", KINDS, told=said.append, apart_from=0)


def test_another_process_builds_the_same_file(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "encode", lambda *_: pytest.fail("it was built here"))
    said: list[str] = []
    built = store_in(tmp_path, said).refresh(desk.session)
    assert bytes(built.data) == encode(build(desk.session, KINDS))
    assert said == []


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("raise SystemExit('it is full')", "it is full"),
        ("import os; os.kill(os.getpid(), 9)", "status -9, without a word"),
        ("print('../elsewhere.bin')", "is no file of it"),
        ("import time; time.sleep(60)", "it took more than"),
    ],
)
def test_where_the_builder_dies_the_file_is_built_here_and_that_is_told(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, why: str
) -> None:
    run = apart.subprocess.run
    monkeypatch.setattr(apart, "LONGEST_SECONDS", 2)
    monkeypatch.setattr(apart.subprocess, "run", lambda asked, **kw: run([asked[0], "-c", command], **kw))
    said: list[str] = []
    assert store_in(tmp_path, said).refresh(desk.session).head == 1
    assert len(said) == 1
    assert why in said[0]


def test_a_release_that_is_small_is_built_where_it_is_needed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "build_apart", lambda *_, **__: pytest.fail("another process was started"))
    assert SnapshotStore(tmp_path / "snapshots", KINDS, apart_from=100).refresh(desk.session).head == 1


def test_the_password_of_the_database_is_on_no_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def look(asked: list[str], **_: object) -> None:
        seen.extend(asked)
        raise OSError(2, "no such interpreter")

    monkeypatch.setattr(apart.subprocess, "run", look)
    with pytest.raises(BuilderDiedError, match="no such interpreter"):
        build_apart("postgresql+psycopg://someone:secret@host/base", tmp_path, force=True)
    assert seen
    assert not any("secret" in word for word in seen)


def test_the_pointer_moves_only_when_what_is_served_with_it_is_ready(desk: Desk, tmp_path: Path) -> None:
    pointed: list[bool] = []
    folder = tmp_path / "snapshots"
    prepared = SnapshotStore(folder, KINDS, prepare=lambda _: pointed.append((folder / POINTER).exists()))
    prepared.refresh(desk.session)
    assert pointed == [False]
    assert (folder / POINTER).exists()


def test_one_builder_at_a_time(desk: Desk, engine: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes meanwhile waits, then finds it built."""
    desk.session.commit()
    folder, waits = tmp_path / "snapshots", Event()
    folder.mkdir()

    def refresh() -> int:
        waits.set()
        with Session(engine) as session:
            return SnapshotStore(folder, KINDS).refresh(session).head

    with ThreadPoolExecutor(1) as other, (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = other.submit(refresh)
        waits.wait(10)
        with pytest.raises(TimeoutError):
            waiting.result(0.3)
        assert not (folder / POINTER).exists()
        fcntl.flock(lock, fcntl.LOCK_UN)
        assert waiting.result(30) == 1


def test_what_a_builder_that_was_killed_has_left_is_swept(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "snapshots"
    folder.mkdir()
    left = folder / ".snapshot-000001-feed.bin.77-1"
    left.write_bytes(b"half of it")
    SnapshotStore(folder, KINDS).refresh(desk.session)
    assert not left.exists()


def test_what_a_full_disk_did_not_take_does_not_keep_it_full(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "snapshots"

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", refuse)
    with pytest.raises(OSError, match="No space left"):
        SnapshotStore(folder, KINDS).refresh(desk.session)
    assert [path.name for path in folder.iterdir()] == [LOCK]
    monkeypatch.undo()
    assert SnapshotStore(folder, KINDS).refresh(desk.session).head == 1
