"""The index on disk: signed, built by another process, mended once, and never served damaged."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from catalog import apart
from catalog.dated_facets import DATED
from catalog.registry import KINDS
from catalog.search import building, signing, store
from catalog.search.engine import Engine
from catalog.search.question import Question
from catalog.search.signing import MANIFEST, IndexDamagedError, check
from catalog.search.store import POINTER, IndexStore
from catalog.searching import SEARCHABLES
from catalog.snapshots.reading import Snapshot
from catalog.snapshots.store import SnapshotStore
from catalog.temporal import Moment
from service import create_app, state
from service.settings import Settings
from tests.api.catalogue import NOW, PRINCEPS, publish_all
from tests.databases import copy_sqlite

KEY, OTHER_KEY = "k" * 32, "o" * 32
Open = Callable[..., IndexStore]


@pytest.fixture(scope="module")
def snapshot(published: Settings) -> Snapshot:
    create_app(published, clock=lambda: NOW).extensions["catalogue"].current()
    return SnapshotStore(published.snapshot_dir, KINDS).current()


@pytest.fixture
def at(tmp_path: Path) -> Open:
    """``at(**settings)``: an index store over this test's folder, as another process would open it."""

    def open_store(**settings: object) -> IndexStore:
        told: dict[str, object] = {"key": KEY} | settings
        return IndexStore(tmp_path, SEARCHABLES, DATED, **told)  # type: ignore[arg-type]

    return open_store


def codes(engine: Engine, text: str) -> list[str]:
    found = engine.search(Question(text, per_page=100), Moment(date(2014, 7, 1), 1))
    return [f"{document.kind} {document.code}" for document in found.documents]


def folders(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.glob("index-*"))


def pointed(directory: Path) -> Path:
    return directory / (directory / POINTER).read_text()


def test_an_index_is_found_again_and_not_built_twice(at: Open, snapshot: Snapshot, tmp_path: Path) -> None:
    assert at().refresh(snapshot) is not at().refresh(snapshot)
    assert len(folders(tmp_path)) == 1
    assert at().fault(snapshot) is None


def test_another_process_builds_the_same_index(at: Open, snapshot: Snapshot, tmp_path: Path) -> None:
    here = at().refresh(snapshot)
    said: list[str] = []
    apart = at(apart_from=0, told=said.append).refresh(snapshot, force=True)
    assert said == []
    assert len(folders(tmp_path)) == 2
    assert apart.documents == here.documents
    for text in ("diamicron", "comprime", "hospitalisation", PRINCEPS, "diamicorn"):
        assert codes(apart, text) == codes(here, text) != []


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("import sys; sys.exit('disk full')", "status 1, disk full"),
        ("import os; os.kill(os.getpid(), 9)", "status -9, without a word"),
        ("import time; time.sleep(60)", "it took more than"),
    ],
)
def test_where_the_builder_dies_the_index_is_built_here_and_that_is_told(
    at: Open, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, command: str, why: str
) -> None:
    run = apart.subprocess.run
    monkeypatch.setattr(apart, "LONGEST_SECONDS", 2)
    monkeypatch.setattr(apart.subprocess, "run", lambda asked, **kw: run([asked[0], "-c", command], **kw))
    said: list[str] = []
    assert codes(at(apart_from=0, told=said.append).refresh(snapshot), PRINCEPS) == [f"medicament {PRINCEPS}"]
    assert len(said) == 1
    assert why in said[0]


def test_the_service_has_another_process_build(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[Path] = []
    monkeypatch.setattr(state, "FEW", 0)
    monkeypatch.setattr(
        store, "build_apart", lambda folder, held: (built.append(folder), building.build_apart(folder, held))
    )
    settings = Settings(database_url=copy_sqlite(sqlite_template, tmp_path), data_dir=tmp_path, log_level="ERROR")
    publish_all(settings.database_url, 1)
    client = create_app(settings, clock=lambda: NOW).test_client()
    assert client.get("/api/v1/search?q=diamicron").get_json()["total"] == 1
    assert len(built) == 1


def test_few_entries_are_built_where_they_are_needed(
    at: Open, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "build_apart", lambda *told: pytest.fail("another process was started"))
    at(apart_from=store.FEW).refresh(snapshot)


def test_an_index_signed_with_another_key_is_not_opened(at: Open, snapshot: Snapshot, tmp_path: Path) -> None:
    at(key=OTHER_KEY).refresh(snapshot)
    (foreign,) = folders(tmp_path)
    assert "not signed with the key" in str(at().fault(snapshot))
    at().refresh(snapshot)
    assert len(folders(tmp_path)) == 2
    assert pointed(tmp_path).name != foreign


def test_a_signature_is_for_one_name(at: Open, snapshot: Snapshot, tmp_path: Path) -> None:
    at().refresh(snapshot)
    renamed = tmp_path / f"{pointed(tmp_path).name}x"
    shutil.copytree(pointed(tmp_path), renamed)
    with pytest.raises(IndexDamagedError, match="not signed"):
        check(renamed, KEY.encode())


def _without_signature(folder: Path) -> None:
    (folder / MANIFEST).write_text('{"files": {}}')


def _changed(folder: Path) -> None:
    path = next(folder.glob("*.seg"))
    path.write_bytes(b"cos\nsystem\n(S'false'\ntR.")


def _signed_anew(folder: Path) -> None:
    """What somebody who may write to the folder can do: everything but sign."""
    _changed(folder)
    signing.sign(folder, folder.name, b"guessed")


def _one_more(folder: Path) -> None:
    (folder / "more.seg").write_bytes(b"")


DAMAGES = [_without_signature, _changed, _signed_anew, _one_more, lambda folder: shutil.rmtree(folder)]


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_named_and_built_again(
    at: Open, snapshot: Snapshot, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    at().refresh(snapshot)
    damage(pointed(tmp_path))
    assert at().fault(snapshot) is not None
    opened = at()
    assert codes(opened.refresh(snapshot), PRINCEPS) == [f"medicament {PRINCEPS}"]
    assert opened.fault(snapshot) is None


@pytest.mark.parametrize("damage", DAMAGES)
def test_readiness_notices_damage_under_an_open_index(
    at: Open, snapshot: Snapshot, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    opened = at()
    opened.refresh(snapshot)
    assert opened.mend(snapshot) is None
    damage(pointed(tmp_path))
    assert opened.fault(snapshot) is not None
    assert opened.mend(snapshot) is None
    assert codes(opened.refresh(snapshot), PRINCEPS) == [f"medicament {PRINCEPS}"]


def test_files_are_read_once_and_then_only_looked_at(
    at: Open, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = at()
    opened.refresh(snapshot)
    monkeypatch.setattr(signing, "_digests", lambda folder: pytest.fail("every byte was read again"))
    assert [opened.mend(snapshot) for _ in range(20)] == [None] * 20


def test_one_caller_at_once_mends_and_the_others_are_told(
    at: Open, snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, elsewhere = at(), at()
    opened.refresh(snapshot)
    _changed(pointed(tmp_path))
    entered, may_leave = Event(), Event()
    build = opened._build
    monkeypatch.setattr(opened, "_build", lambda asked: (entered.set(), may_leave.wait(30), build(asked))[-1])
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(opened.mend, snapshot)
        assert entered.wait(30)
        assert "Run `amo-catalog reindex`" in str(opened.mend(snapshot))
        assert "Run `amo-catalog reindex`" in str(elsewhere.mend(snapshot))
        may_leave.set()
        assert first.result(timeout=30) is None
    assert elsewhere.mend(snapshot) is None
    assert len(folders(tmp_path)) == 2


def test_the_index_before_lasts_as_long_as_its_readers(sqlite_template: Path, at: Open, tmp_path: Path) -> None:
    snapshots = []
    for upto in (1, 2):
        folder = tmp_path / str(upto)
        folder.mkdir()
        settings = Settings(database_url=copy_sqlite(sqlite_template, folder), data_dir=folder)
        publish_all(settings.database_url, upto)
        snapshots.append(create_app(settings, clock=lambda: NOW).extensions["catalogue"].current())
    opened = at()
    first = opened.refresh(snapshots[0])
    second = opened.refresh(snapshots[1])
    assert opened.refresh(snapshots[0]) is first
    assert opened.refresh(snapshots[1]) is second
