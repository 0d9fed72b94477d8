"""Stored values are answered as they lie, however many codes are asked for and whatever is kept of them."""

from __future__ import annotations

from datetime import date
from itertools import product

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import UnknownKindError
from catalog.registry import KINDS
from catalog.snapshots import ready
from catalog.snapshots.columns import Facts
from catalog.snapshots.content import Content, StoredFact, StoredKind
from catalog.snapshots.packed import PackedKind, decode
from catalog.snapshots.packing import encode
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN, Moment, Period
from tests.unit.gmr.builders import fact, snapshot, void

MAY, JUNE, JULY = (date(2014, month, 1) for month in (5, 6, 7))
CODES = [f"61180001000{number:02d}" for number in range(6)]
DAYS = (DAWN, MAY, JUNE, JULY, date(2030, 1, 1))


@pytest.fixture
def world() -> Snapshot:
    """Six medicines, of which one lost its price, and one was never told of."""
    first = [fact("medicament", code, Period(MAY), ppv=f"{place + 10}.00") for place, code in enumerate(CODES[:-1])]
    second = [fact("medicament", CODES[1], Period(JUNE, JULY), ppv="99.00"), void("medicament", CODES[2], Period(JUNE))]
    return snapshot(first, second)


def stored(world: Snapshot, code: str, moment: Moment) -> list[object] | None:
    found = world.find("medicament", code, moment)
    kind = KINDS.find("medicament")
    return None if found is None else list(kind.to_row(found.payload).values())


@pytest.mark.parametrize("kept", [1, 2, ready.KEPT])
def test_ready_values_are_those_that_are_found(world: Snapshot, monkeypatch: pytest.MonkeyPatch, kept: int) -> None:
    monkeypatch.setattr(ready, "KEPT", kept)
    asked = list(product(CODES, DAYS, (1, 2)))
    answers = [world.ready("medicaments", code, Moment(day, release)) for code, day, release in asked * 2]
    told = [answer and msgspec.msgpack.decode(answer) for answer in answers]
    assert told == [stored(world, code, Moment(day, release)) for code, day, release in asked * 2]
    assert sum(one is not None for one in told) > 50


def test_no_more_is_kept_than_may_be(world: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "KEPT", 2)
    kept = ready.Places(world.packed, world.packed.kinds["medicament"])
    for code in (*CODES, "unknown"):
        days, *_ = kept[code]
        assert bool(days) == (code in CODES[:-1])
        assert len(kept) <= 2
        assert "unknown" not in kept


def test_an_unknown_kind_is_refused(world: Snapshot) -> None:
    with pytest.raises(UnknownKindError):
        world.ready("voitures", CODES[0], Moment(MAY, 1))


VALUES = st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=4)


@given(st.data(), st.integers(1, 20))
def test_values_come_back_whole_wherever_they_are_cut(data: st.DataObject, fields: int) -> None:
    rows = data.draw(st.lists(st.none() | st.lists(VALUES, min_size=fields, max_size=fields), min_size=1, max_size=6))
    alike = data.draw(st.integers(0, fields))
    facts = [StoredFact(1, "a", place, place + 1, "act", None, "H", row) for place, row in enumerate(rows)]
    kind = StoredKind([f"f{number}" for number in range(fields)], facts, {}, alike)
    packed = _packed(kind)
    assert [packed.fact(place).values for place in range(len(rows))] == rows
    assert len(packed.shared()) == len({str(row[:alike]) for row in rows if row is not None})


def _packed(kind: StoredKind) -> PackedKind:
    return decode(encode(Content(1, "chain", [], {"kind": kind})), "memory").kinds["kind"]


def test_facts_go_on_behind_those_packed_before() -> None:
    told = [(f"act-{place % 3}", None, None, [place % 2, place]) for place in range(9)]
    facts = [StoredFact(1 + place, "a", place, 99, *one) for place, one in enumerate(told)]
    whole = Facts(1, 2)
    whole.extend(facts, {"a": 0})
    packed = _packed(StoredKind(["x", "y"], facts[:4], {}, 1))
    later = Facts(1, 2)
    later.resume(packed.parts, packed.grounds(), packed.shared())
    later.extend(facts[4:], {"a": 0})
    assert len(later) == 9
    assert later.arrays() == whole.arrays()
