"""A snapshot made from the one before and what came after it is, byte for byte, the one made of everything."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.gmr.family import GTIN, MEDICAMENT
from catalog.kinds import Kinds
from catalog.legal.family import LEGAL_ACT
from catalog.releases.changes import Change
from catalog.snapshots import adding, store
from catalog.snapshots.adding import NotAnAdditionError, add
from catalog.snapshots.building import build
from catalog.snapshots.packed import Packed, decode
from catalog.snapshots.packing import encode
from catalog.snapshots.store import SnapshotStore
from catalog.temporal import DAWN, DUSK, Period
from tests.integration.truth.desk import (
    ACLASTA,
    DOLIPRANE,
    FEW_KINDS,
    JULY,
    JUNE,
    MAY,
    Desk,
    enacted,
    priced,
    withdrawn,
)

CODES = [f"61180001000{number:02d}" for number in range(12)]
DAYS = [DAWN, *(MAY + timedelta(days=number) for number in range(9)), date(2030, 1, 1), DUSK]
RELEASES = 9


def whole(desk: Desk) -> bytes:
    return encode(build(desk.session, FEW_KINDS))


def opened(data: bytes) -> Packed:
    return decode(data, "memory")


def some_changes(chance: random.Random, *, known: int) -> list[Change]:
    """Values, voids, new sources and codes nobody has told of yet, in every place of their order."""
    changes: list[Change] = []
    for code in chance.sample(CODES[-known:] if chance.random() < 0.5 else CODES, chance.randint(1, min(4, known))):
        start, end = sorted(chance.sample(DAYS, 2))
        how = {"source": chance.choice([None, "S:8", f"S:{chance.randint(1, 99)}"]), "confidence": "H"}
        is_void = chance.random() < 0.3
        ppv = f"{chance.randint(1, 99)}.00"
        changes.append(withdrawn(start, end, code=code) if is_void else priced(ppv, start, end, code=code, **how))
    if chance.random() < 0.2:
        changes.append(enacted(f"arrete-{chance.randint(1, 999)}"))
    return changes


@pytest.mark.parametrize("seed", range(4))
def test_each_release_may_be_added_to_any_earlier_one(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    files = [opened(whole(desk))]
    for number in range(RELEASES):
        desk.publish(*some_changes(chance, known=number + 2))
        made = whole(desk)
        for before in files:
            assert add(desk.session, FEW_KINDS, before, largest=math.inf) == made
        files.append(opened(made))
    assert files[-1].kinds["medicament"].n_codes > 5


def test_a_release_that_says_nothing_of_a_kind_leaves_it_as_it_lies(desk: Desk) -> None:
    desk.publish(
        priced("29.70", MAY), Change("gtin", DOLIPRANE, Period(MAY), GTIN.load("x", {"presentation": DOLIPRANE}))
    )
    before = opened(whole(desk))
    desk.publish(priced("25.00", JUNE, JULY))
    after = opened(add(desk.session, FEW_KINDS, before, largest=math.inf))
    assert {name: bytes(part) for name, part in after.kinds["gtin"].parts.items()} == {
        name: bytes(part) for name, part in before.kinds["gtin"].parts.items()
    }
    assert after.kinds["medicament"].n_facts == 2


def test_a_code_first_told_of_by_a_void_takes_its_place(desk: Desk) -> None:
    desk.publish(priced("29.70", MAY))
    before = opened(whole(desk))
    desk.publish(withdrawn(MAY, code=CODES[0]))
    voided = add(desk.session, FEW_KINDS, before, largest=math.inf)
    assert voided == whole(desk)
    assert opened(voided).kinds["medicament"].codes == [DOLIPRANE]
    desk.publish(priced("1.00", MAY, code=CODES[0]))
    assert add(desk.session, FEW_KINDS, opened(voided), largest=math.inf) == whole(desk)


def test_what_is_mostly_new_is_built_whole(desk: Desk) -> None:
    before = opened(whole(desk))
    desk.publish(priced("29.70", MAY))
    with pytest.raises(NotAnAdditionError, match="most of it is new"):
        add(desk.session, FEW_KINDS, before)


def test_a_file_of_another_history_is_not_added_to(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.publish(priced("29.70", MAY))
    before = opened(whole(desk))
    before.chain = "f" * 64
    with pytest.raises(NotAnAdditionError, match="not in this database"):
        add(desk.session, FEW_KINDS, before, largest=math.inf)


def test_a_file_of_other_kinds_is_not_added_to(desk: Desk) -> None:
    desk.publish(priced("29.70", MAY))
    narrower = opened(encode(build(desk.session, Kinds((LEGAL_ACT, MEDICAMENT)))))
    with pytest.raises(NotAnAdditionError, match="another gtin"):
        add(desk.session, FEW_KINDS, narrower, largest=math.inf)


def test_a_fact_that_the_file_lacks_refuses_the_addition(desk: Desk) -> None:
    desk.publish(priced("29.70", MAY))
    older = opened(whole(desk))
    desk.publish(priced("25.00", MAY), priced("9.00", MAY, code=ACLASTA))
    newer = opened(whole(desk))
    desk.publish(priced("24.00", MAY))
    # As if the file of release 3 had been written without what release 3 said.
    newer.kinds = older.kinds
    with pytest.raises(NotAnAdditionError, match="of release 3 is not in it"):
        add(desk.session, FEW_KINDS, newer, largest=math.inf)


@pytest.fixture
def readily(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much is new, it is added."""
    monkeypatch.setattr(adding.add, "__kwdefaults__", {"largest": math.inf})


@pytest.mark.usefixtures("readily")
def test_the_store_adds_what_came_after_its_newest_file(
    desk: Desk, store: SnapshotStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.publish(priced("29.70", MAY))
    store.refresh(desk.session)
    desk.publish(priced("25.00", JUNE), priced("9.00", MAY, code=ACLASTA))
    monkeypatch.setattr("catalog.snapshots.store.build", lambda *_: pytest.fail("the whole was built"))
    added = store.refresh(desk.session)
    monkeypatch.undo()
    assert (added.head, bytes(added.data)) == (3, whole(desk))
    assert store.faults(desk.session) == []


@pytest.mark.usefixtures("readily")
@pytest.mark.parametrize("error", [KeyError("a fact"), ValueError("a byte"), OverflowError("a number")])
def test_whatever_goes_wrong_the_whole_is_built_and_that_is_told(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    said: list[str] = []
    kept = SnapshotStore(tmp_path / "snapshots", FEW_KINDS, told=said.append)
    desk.publish(priced("29.70", MAY))
    kept.refresh(desk.session)
    desk.publish(priced("25.00", JUNE))

    def fail(*_: object) -> bytes:
        raise error

    monkeypatch.setattr(store, "add", fail)
    assert bytes(kept.refresh(desk.session).data) == whole(desk)
    assert len(said) == 1
    assert "built whole" in said[0]


@pytest.mark.usefixtures("readily")
def test_reindexing_reads_the_tables_alone(desk: Desk, store: SnapshotStore, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.publish(priced("29.70", MAY))
    store.refresh(desk.session)
    desk.publish(priced("25.00", JUNE))
    monkeypatch.setattr("catalog.snapshots.store.add", lambda *_: pytest.fail("added to the file before"))
    assert store.refresh(desk.session, force=True).head == 3


def test_who_has_waited_for_another_builder_takes_what_it_built(
    desk: Desk, store: SnapshotStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its release may even be newer than the one asked for: nobody goes back to that."""
    desk.publish(priced("29.70", MAY))
    store.refresh(desk.session)
    desk.publish(priced("25.00", JUNE))

    @contextmanager
    def waiting(directory: Path) -> Iterator[None]:
        monkeypatch.undo()
        desk.publish(priced("24.00", JUNE))
        SnapshotStore(directory, FEW_KINDS).refresh(desk.session)
        monkeypatch.setattr(store, "_write", lambda *_: pytest.fail("it was built again"))
        yield

    monkeypatch.setattr("catalog.snapshots.store.alone", waiting)
    assert store.refresh(desk.session).head == 4
    assert store.current().head == 4


def test_a_release_served_while_the_database_is_asked_is_not_gone_back_from(
    desk: Desk, store: SnapshotStore, engine: sa.Engine
) -> None:
    """The session does not see it yet; the next one to ask does."""
    desk.publish(priced("29.70", MAY))
    store.refresh(desk.session)
    asked: list[int] = []

    class Slow(Session):
        """Between its question and the answer another worker publishes a release and serves it."""

        def scalar(self, *told: Any, **how: Any) -> Any:
            seen = super().scalar(*told, **how)
            if not asked:
                asked.append(1)
                desk.publish(priced("25.00", JUNE))
                SnapshotStore(store.directory, FEW_KINDS).refresh(desk.session)
            return seen

    desk.session.commit()
    with Slow(engine) as session:
        store.refresh(session)
    assert asked
    assert store.current().head == 3
