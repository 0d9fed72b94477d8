"""The snapshot answers as the tables of truth do, never changes under its reader, and is not served when damaged."""

from __future__ import annotations

import hashlib
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import NothingPublishedError, UnknownReleaseError
from catalog.gmr.family import GTIN, MEDICAMENT
from catalog.kinds import Kinds
from catalog.legal.family import LEGAL_ACT
from catalog.releases import truth
from catalog.releases.changes import Change
from catalog.snapshots import building
from catalog.snapshots.content import SnapshotDamagedError
from catalog.snapshots.files import LOCK
from catalog.snapshots.packed import decode
from catalog.snapshots.packing import HEADER, MAGIC, encode
from catalog.snapshots.reading import Snapshot
from catalog.snapshots.store import KEPT, NEXT, POINTER, NoSnapshotError, SnapshotStore
from catalog.temporal import DAWN, DUSK, Moment
from tests.integration.truth.desk import (
    ACLASTA,
    ACTEMRA,
    DOLIPRANE,
    FEW_KINDS,
    JULY,
    JUNE,
    MAY,
    Desk,
    priced,
    withdrawn,
)

CODES = [DOLIPRANE, ACLASTA, ACTEMRA]
DAYS = [DAWN, *(MAY + timedelta(days=number) for number in range(8)), date(2030, 1, 1)]
RELEASES = 9


def random_changes(chance: random.Random) -> list[Change]:
    changes = []
    for code in chance.sample(CODES, chance.randint(1, 3)):
        start, end = sorted(chance.sample([*DAYS, DUSK], 2))
        is_void = chance.random() < 0.3
        ppv = f"{chance.randint(1, 99)}.00"
        changes.append(withdrawn(start, end, code=code) if is_void else priced(ppv, start, end, code=code))
    return changes


@pytest.fixture
def busy_desk(desk: Desk) -> Desk:
    chance = random.Random(39)
    for _ in range(RELEASES - 1):
        desk.publish(*random_changes(chance))
    return desk


def test_every_moment_answers_as_the_tables_of_truth_do(busy_desk: Desk, store: SnapshotStore) -> None:
    session, snapshot = busy_desk.session, store.refresh(busy_desk.session)
    assert snapshot.head == truth.head(session) == RELEASES
    seen = 0
    for moment in (Moment(day, release) for day in DAYS for release in range(RELEASES + 1)):
        by_tables = truth.in_force(session, MEDICAMENT, moment)
        assert {version.code: version.held for version in snapshot.in_force("medicament", moment)} == by_tables
        for code in CODES:
            version = snapshot.find("medicament", code, moment)
            assert (version and version.held) == by_tables.get(code)
        seen += len(by_tables)
    assert seen > 50


def test_every_version_is_a_rectangle_of_the_tables(busy_desk: Desk, store: SnapshotStore) -> None:
    session, snapshot = busy_desk.session, store.refresh(busy_desk.session)
    for release in range(1, RELEASES + 1):
        standing = truth.standing_spans(session, MEDICAMENT, CODES, release)
        for code in CODES:
            versions = snapshot.versions("medicament", code, release)
            spans = [(span.period, span.rel_from, span.rel_to, span.held) for span in standing.get(code, [])]
            assert [(v.period, v.rel_from, v.rel_to, v.held) for v in reversed(versions)] == spans
    whole = {(box.code, box.period, box.rel_from, box.rel_to) for box in truth.rectangles(session, MEDICAMENT)}
    told = {
        (v.code, v.period, v.rel_from, v.rel_to) for c in CODES for v in snapshot.history("medicament", c, RELEASES)
    }
    assert told == whole


def test_the_facts_of_a_release_are_told_as_it_brought_them(desk: Desk, store: SnapshotStore) -> None:
    changes = [priced("29.70", JUNE, JULY, source="S:8", confidence="H"), withdrawn(JUNE, code=ACLASTA)]
    release = desk.publish(*changes)
    snapshot = store.refresh(desk.session)
    facts = list(snapshot.facts("medicament", 1, release.seq))
    assert [(fact.code, fact.period, fact.release) for fact in facts] == [
        (change.code, change.period, 2) for change in changes
    ]
    assert facts[0].held is not None
    assert (facts[0].held.payload, facts[0].held.source, facts[0].held.confidence) == (changes[0].payload, "S:8", "H")
    assert facts[1].held is None
    assert list(snapshot.facts("medicament", 2, 9)) == []


def test_releases_are_found_as_in_the_tables(desk: Desk, store: SnapshotStore) -> None:
    desk.publish(priced("29.70", JUNE), label="7.06")
    snapshot = store.refresh(desk.session)
    for asked in (1, "2", "GMR_7_06"):
        assert snapshot.release(asked).chain_digest == truth.find_release(desk.session, asked).chain_digest
    for asked in (0, 3, "-1", "07-07", ""):
        with pytest.raises(UnknownReleaseError):
            snapshot.release(asked)
    first = snapshot.releases[0].published_at
    assert snapshot.release_at(first) == truth.release_at(desk.session, first) == 1
    with pytest.raises(NothingPublishedError):
        snapshot.release_at(first - timedelta(microseconds=1))


def test_proposals_are_in_no_snapshot(desk: Desk, store: SnapshotStore) -> None:
    desk.publish(priced("29.70", JUNE))
    before = encode(building.build(desk.session, FEW_KINDS))
    desk.approved(priced("99.00", JUNE), priced("12.00", JUNE, code=ACTEMRA))
    desk.session.commit()
    assert encode(building.build(desk.session, FEW_KINDS)) == before
    assert store.refresh(desk.session).codes("medicament") == [DOLIPRANE]


def test_a_release_published_while_building_is_left_out_whole(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.publish(priced("29.70", MAY), priced("12.00", JUNE, code=ACTEMRA))
    before = building.build(desk.session, FEW_KINDS)
    desk.publish(priced("25.00", JUNE, JULY), withdrawn(JUNE, code=ACTEMRA), priced("1.00", JUNE, code=ACLASTA))
    assert building.build(desk.session, FEW_KINDS) != before
    monkeypatch.setattr(building, "head", lambda _: before.head)
    assert building.build(desk.session, FEW_KINDS) == before


def test_a_reader_keeps_the_snapshot_it_was_given(desk: Desk, store: SnapshotStore) -> None:
    desk.publish(priced("29.70", MAY))
    held = store.refresh(desk.session)
    desk.publish(priced("25.00", MAY))
    newer = store.refresh(desk.session)
    assert (held.head, newer.head) == (2, 3)
    for snapshot, ppv in ((held, 2970), (newer, 2500)):
        version = snapshot.find("medicament", DOLIPRANE, Moment(MAY, snapshot.head))
        assert version is not None
        assert version.payload["ppv"] == ppv
    older = newer.find("medicament", DOLIPRANE, Moment(MAY, 2))
    assert older is not None
    assert (older.payload["ppv"], older.closed_by, older.opened_by) == (2970, 3, 2)


def test_a_snapshot_is_built_only_when_it_is_behind(desk: Desk, store: SnapshotStore) -> None:
    first = store.refresh(desk.session)
    assert store.refresh(desk.session) is first
    assert store.refresh(desk.session, force=True) is not first
    desk.publish(priced("29.70", MAY))
    assert store.refresh(desk.session).head == 2


def test_another_process_opens_what_the_first_one_built(desk: Desk, store: SnapshotStore) -> None:
    desk.publish(priced("29.70", MAY, source="S:8"))
    built = store.refresh(desk.session)
    opened = SnapshotStore(store.directory, FEW_KINDS).current()
    moment = Moment(MAY, 2)
    assert opened.find("medicament", DOLIPRANE, moment) == built.find("medicament", DOLIPRANE, moment)
    assert opened.releases == built.releases


def test_few_snapshots_are_kept_and_the_newest_among_them(desk: Desk, store: SnapshotStore) -> None:
    for day in range(1, 6):
        desk.publish(priced("29.70", date(2014, 6, day)))
        store.refresh(desk.session)
    kept = sorted(path.name for path in store.directory.glob("*.bin"))
    assert len(kept) == KEPT
    assert kept[-1] == (store.directory / POINTER).read_text()
    sound = {f"{Path(name).stem}.sound" for name in kept}
    assert {path.name for path in store.directory.iterdir()} == {*kept, *sound, POINTER, NEXT, LOCK}


def test_without_a_snapshot_nothing_is_served(store: SnapshotStore) -> None:
    with pytest.raises(NoSnapshotError, match="reindex"):
        store.current()


def built_file(desk: Desk, store: SnapshotStore) -> Path:
    desk.publish(priced("29.70", MAY))
    store.refresh(desk.session)
    return store.directory / (store.directory / POINTER).read_text()


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


DAMAGES = {
    "a byte of the first line": lambda data: flipped(data, 3),
    "a byte of the digest": lambda data: flipped(data, len(MAGIC) + 7),
    "a byte of the body": lambda data: flipped(data, len(data) // 2),
    "the last byte": lambda data: flipped(data, len(data) - 1),
    "the last byte missing": lambda data: data[:-1],
    "half of it missing": lambda data: data[: len(data) // 2],
    "all of it missing": lambda data: b"",
    "a byte more": lambda data: data + b"\0",
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("force", [True, False])
def test_a_damaged_snapshot_is_refused_and_built_again(
    desk: Desk, store: SnapshotStore, damage: str, force: bool
) -> None:
    path = built_file(desk, store)
    whole = path.read_bytes()
    path.write_bytes(DAMAGES[damage](whole))
    other = SnapshotStore(store.directory, FEW_KINDS)
    with pytest.raises(SnapshotDamagedError, match="reindex"):
        other.current()
    assert other.refresh(desk.session, force=force).head == 2
    assert path.read_bytes() == whole
    assert SnapshotStore(store.directory, FEW_KINDS).current().head == 2


@pytest.mark.parametrize("pointer", [b"", b"snapshot-000009-feed.bin", b"\xff\xfe", b"a\0b", b"../../elsewhere", b"."])
def test_a_damaged_pointer_is_refused_and_written_again(desk: Desk, store: SnapshotStore, pointer: bytes) -> None:
    built_file(desk, store)
    (store.directory / POINTER).write_bytes(pointer)
    other = SnapshotStore(store.directory, FEW_KINDS)
    with pytest.raises(SnapshotDamagedError):
        other.current()
    assert other.refresh(desk.session).head == 2


def test_a_body_of_another_shape_is_refused_even_when_its_digest_is_right(desk: Desk, store: SnapshotStore) -> None:
    path = built_file(desk, store)
    table = msgspec.msgpack.encode({"head": 2})
    body = (HEADER).to_bytes(8, "little") + len(table).to_bytes(8, "little") + table
    path.write_bytes(MAGIC + hashlib.sha256(body).digest() + body)
    with pytest.raises(SnapshotDamagedError):
        SnapshotStore(store.directory, FEW_KINDS).current()


def test_a_snapshot_of_other_kinds_is_refused(desk: Desk, store: SnapshotStore) -> None:
    built_file(desk, store)
    narrower = building.build(desk.session, Kinds((LEGAL_ACT,)))
    with pytest.raises(SnapshotDamagedError, match="another gtin"):
        Snapshot(decode(encode(narrower), "a file"), Kinds((LEGAL_ACT, GTIN)))


def test_several_may_refresh_at_once(desk: Desk, store: SnapshotStore, engine: sa.Engine) -> None:
    built_file(desk, store)
    desk.session.rollback()

    def refresh(_: int) -> int:
        with Session(engine) as session:
            return SnapshotStore(store.directory, FEW_KINDS).refresh(session, force=True).head

    with ThreadPoolExecutor(4) as several:
        assert set(several.map(refresh, range(24))) == {2}
    assert SnapshotStore(store.directory, FEW_KINDS).current().head == 2


def test_a_question_about_an_unknown_code_leaves_nothing_behind(desk: Desk, store: SnapshotStore) -> None:
    desk.publish(priced("29.70", MAY))
    snapshot = store.refresh(desk.session)
    for number in range(100):
        assert snapshot.find("medicament", f"{number:013d}", Moment(MAY, 2)) is None
    assert snapshot._version.cache_info().currsize == 0
