"""A worker notices newer releases beside the requests, warms up before it serves them, and lets the older ones go."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event
from weakref import ref

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from catalog.database import open_engine, reading, writing
from catalog.registry import KINDS
from catalog.releases.changes import Change
from catalog.snapshots.content import SnapshotDamagedError
from catalog.snapshots.reading import Snapshot
from catalog.snapshots.store import NEXT, SnapshotStore
from catalog.temporal import Moment
from service import state
from service.looking_out import keep_doing
from service.settings import Settings
from service.state import ServedCatalogue
from tests.api.catalogue import PRINCEPS, PUBLISHED, RISE, TODAY, publish_all, publish_changes, rise
from tests.databases import copy_sqlite

LONG = 20.0
"""Seconds that a busy machine is given for what takes tens of milliseconds."""


@pytest.fixture
def own(sqlite_template: Path, tmp_path: Path) -> Settings:
    """The settings of a catalogue of this test's own, of one release."""
    settings = Settings(database_url=copy_sqlite(sqlite_template, tmp_path), data_dir=tmp_path, log_level="ERROR")
    publish_all(settings.database_url, 1)
    return settings


@pytest.fixture
def served(own: Settings) -> Iterator[ServedCatalogue]:
    catalogue = ServedCatalogue(own, KINDS)
    yield catalogue
    catalogue.engine.dispose()


@pytest.fixture
def followed(served: ServedCatalogue, monkeypatch: pytest.MonkeyPatch) -> Iterator[ServedCatalogue]:
    monkeypatch.setattr(state, "LOOK_SECONDS", 0.1)
    stop = served.follow()
    yield served
    stop()


def publish(settings: Settings, release: int = 2) -> None:
    """The next release, whose number sets its instant and its price."""
    at = PUBLISHED[0] + timedelta(days=release)
    engine = open_engine(settings.database_url)
    with writing(engine) as session:
        publish_changes(session, _changes(release), label=None, legal_act=RISE, published_at=at)
    engine.dispose()


def _changes(release: int) -> list[Change]:
    changes = [one for one in rise() if release == 2 or one.kind == "medicament"]
    last = changes.pop()
    return [*changes, Change(last.kind, last.code, last.period, {**(last.payload or {}), "ppv": 3000 + release})]


def until(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + LONG
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


@contextmanager
def no_statement(engine: Engine) -> Iterator[None]:
    asked: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    yield
    assert asked == []


def test_a_release_is_taken_up_though_nobody_asks(own: Settings, followed: ServedCatalogue) -> None:
    assert followed.held is not None
    assert followed.held.head == 1
    publish(own)
    assert until(lambda: followed.held is not None and followed.held.head == 2)


def test_what_another_worker_has_built_is_taken_up_without_the_database(
    own: Settings, served: ServedCatalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "LOOK_SECONDS", 1000.0)
    stop = served.follow()
    publish(own)
    with no_statement(served.engine):
        with reading(open_engine(own.database_url)) as session:
            SnapshotStore(own.snapshot_dir, KINDS).refresh(session)
        assert until(lambda: served.current().head == 2)
    stop()


def test_asking_opens_no_file_and_asks_no_database(served: ServedCatalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "LOOK_SECONDS", 1000.0)
    monkeypatch.setattr(state, "REREAD_SECONDS", 1000.0)
    stop = served.follow()
    monkeypatch.setattr(served.store, "current", lambda: pytest.fail("a request read the pointer"))
    monkeypatch.setattr(served, "_look_for_newer", lambda: pytest.fail("a request looked for a newer release"))
    assert {served.current().head for _ in range(100)} == {1}
    stop()


def test_a_snapshot_is_warmed_up_before_it_is_served(own: Settings, followed: ServedCatalogue) -> None:
    served_meanwhile: list[tuple[int, int]] = []
    followed.before_serving.append(lambda snapshot: served_meanwhile.append((snapshot.head, followed.current().head)))
    publish(own)
    assert until(lambda: followed.current().head == 2)
    assert served_meanwhile == [(2, 1)]


def test_a_warm_up_that_fails_keeps_nothing_from_being_served(own: Settings, followed: ServedCatalogue) -> None:
    def fail(_: Snapshot) -> None:
        raise RuntimeError("it is cold")

    followed.before_serving.append(fail)
    publish(own)
    assert until(lambda: followed.current().head == 2)


def test_what_is_announced_is_warmed_up_before_the_pointer_moves(own: Settings, served: ServedCatalogue) -> None:
    """While one worker builds the index, the others have the time."""
    stop, warmed = served.follow(), Event()
    served.before_serving.append(lambda _: warmed.set())
    publish(own)
    pointed: list[bool] = []

    def wait_for_the_others(_: Snapshot) -> None:
        pointed.append(warmed.wait(LONG))

    with reading(open_engine(own.database_url)) as session:
        SnapshotStore(own.snapshot_dir, KINDS, prepare=wait_for_the_others).refresh(session)
    assert pointed == [True]
    assert until(lambda: served.current().head == 2)
    stop()


def test_an_announcement_of_nothing_keeps_nobody_back(own: Settings, followed: ServedCatalogue) -> None:
    (own.snapshot_dir / NEXT).write_text("snapshot-000009-feed.bin")
    with pytest.raises(SnapshotDamagedError):
        followed.store.ahead()
    publish(own)
    assert until(lambda: followed.current().head == 2)


def test_a_request_ends_with_the_snapshot_it_began_with(own: Settings, followed: ServedCatalogue) -> None:
    began = followed.current()
    before = began.find("medicament", PRINCEPS, Moment(TODAY, 1))
    publish(own)
    assert until(lambda: followed.current().head == 2)
    assert began.head == 1
    assert began.find("medicament", PRINCEPS, Moment(TODAY, 1)) == before


def test_older_snapshots_are_let_go(own: Settings, followed: ServedCatalogue) -> None:
    seen: list[ref[Snapshot]] = []
    for number in range(2, 8):
        seen.append(ref(followed.current()))
        publish(own, number)
        followed.refresh()
        assert followed.current().head == number
    followed.indexes.refresh(followed.current())
    # The index of the snapshot before may still be asked by a request under way.
    assert until(lambda: sum(_lives(one) for one in seen) <= 1)


def _lives(held: ref[Snapshot]) -> bool:
    gc.collect()
    return held() is not None


def test_a_worker_forked_from_another_looks_for_itself(own: Settings, followed: ServedCatalogue) -> None:
    """Threads do not survive a fork: where a server forks after loading, requests notice releases again."""
    publish(own)
    assert until(lambda: followed.current().head == 2)
    followed._followed_in = os.getpid() + 1
    publish(own, 3)
    assert until(lambda: followed.current().head == 3)


def test_looking_out_goes_on_after_a_failure_and_ends_when_told() -> None:
    class Held:
        turns = 0

    def take_a_turn(held: Held) -> None:
        held.turns += 1
        if held.turns == 1:
            raise RuntimeError("the first time")

    held = Held()
    stop = keep_doing(take_a_turn, held, every=0.001, name="a test")
    assert until(lambda: held.turns > 3)
    stop()
    time.sleep(0.05)
    turns = held.turns
    time.sleep(0.05)
    assert held.turns == turns


def test_nothing_is_looked_out_for_once_nobody_holds_it() -> None:
    class Held:
        pass

    held = Held()
    turns: list[int] = []
    keep_doing(lambda _: turns.append(1), held, every=0.001, name="a test")
    assert until(lambda: bool(turns))
    watched = ref(held)
    del held
    assert until(lambda: watched() is None)
