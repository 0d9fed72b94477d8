"""What the catalogue answers, against the oracle. Each function fails by an AssertionError."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial
from itertools import product

import msgspec
from sqlalchemy.orm import Session

from catalog.errors import NothingPublishedError
from catalog.kinds import Kind, Kinds
from catalog.releases import diffing, drafts, truth, verifying
from catalog.releases.diffing import EntryDiff
from catalog.snapshots.adding import add
from catalog.snapshots.building import build
from catalog.snapshots.packed import decode
from catalog.snapshots.packing import encode
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN, DUSK, Moment, Period, day_in_morocco
from tests.integration.truth.desk import ACT
from tests.integration.truth.oracle import BOUNDS, CELLS, ENTRIES, Cell, Line, Oracle, Proposal, Value

FAR = date(2100, 1, 1)


def days_of(cell: int) -> list[date]:
    """The first and the last day of a cell, or one far ahead where it has no end."""
    last = FAR if BOUNDS[cell + 1] == DUSK else BOUNDS[cell + 1] - timedelta(days=1)
    return [BOUNDS[cell], last]


def cells_of(period: Period) -> range:
    return range(BOUNDS.index(period.start), BOUNDS.index(period.end))


def snapshot_of(session: Session, kinds: Kinds, before: Snapshot | None = None) -> Snapshot:
    """As another process would read it; the one before, and what came after it, make the same file."""
    whole = encode(build(session, kinds))
    if before is not None:
        assert add(session, kinds, before.packed, largest=math.inf) == whole
    return Snapshot(decode(whole, "memory"), kinds)


def entry_kinds(kinds: Kinds) -> list[Kind]:
    return [kinds.find(name) for name in sorted({kind for kind, _ in ENTRIES})]


def stored(kinds: Kinds, kind: str, value: Value) -> list[object]:
    """A value as the snapshot keeps it: columns in the order of the fields, days as texts."""
    row = kinds.find(kind).to_row(value.held(kind).payload)
    return [told.isoformat() if isinstance(told, date) else told for told in row.values()]


def answers(session: Session, snapshot: Snapshot, oracle: Oracle, cell: int, release: int) -> None:
    """Everything in force on a day of a cell, by the tables and by the snapshot."""
    table, moment = oracle.tables[release], Moment(days_of(cell)[release % 2], release)
    for kind in entry_kinds(snapshot.kinds):
        expected = {
            code: table[(name, code), cell].held(name)
            for name, code in ENTRIES
            if name == kind.name and ((name, code), cell) in table
        }
        assert truth.in_force(session, kind, moment) == expected
        assert {found.code: found.held for found in snapshot.in_force(kind.name, moment)} == expected
    name, code = ENTRIES[cell % len(ENTRIES)]
    value = table.get(((name, code), cell))
    assert truth.find_held(session, snapshot.kinds.find(name), code, moment) == (value and value.held(name))


def every_moment(snapshot: Snapshot, oracle: Oracle) -> None:
    """What the snapshot finds for each entry, day and release; it costs no statement."""
    for release, table in enumerate(oracle.tables):
        for entry, cell in product(ENTRIES, CELLS):
            value = table.get((entry, cell))
            for day in days_of(cell):
                found = snapshot.find(*entry, Moment(day, release))
                assert (found and found.held) == (value and value.held(entry[0]))
                ready = snapshot.ready(*entry, Moment(day, release))
                assert (ready and msgspec.msgpack.decode(ready)) == (value and stored(snapshot.kinds, entry[0], value))


def known_at(session: Session, snapshot: Snapshot, oracle: Oracle, instant: datetime) -> None:
    expected = oracle.release_at(instant)
    for release_at in (partial(truth.release_at, session), snapshot.release_at):
        try:
            assert release_at(instant) == expected
        except NothingPublishedError:
            assert expected == 0


def whole_history(session: Session, snapshot: Snapshot, oracle: Oracle) -> None:
    """Every value of every day at every release there ever was: one at most, and the one it always had."""
    assert truth.head(session) == oracle.head
    by_tables: dict[tuple[int, Cell], object] = {}
    by_snapshot: dict[tuple[int, Cell], object] = {}
    for kind in entry_kinds(snapshot.kinds):
        for found in truth.rectangles(session, kind):
            _paint(by_tables, kind.name, found, oracle)
        for code in snapshot.codes(kind.name):
            for version in snapshot.history(kind.name, code, oracle.head):
                _paint(by_snapshot, kind.name, version, oracle)
    expected = {
        (release, cell): value.held(cell[0][0])
        for release, table in enumerate(oracle.tables)
        for cell, value in table.items()
    }
    assert by_tables == expected
    assert by_snapshot == expected
    assert verifying.verify(session, snapshot.kinds) == []


def _paint(seen: dict[tuple[int, Cell], object], kind: str, found: diffing.Known, oracle: Oracle) -> None:
    for release in range(found.rel_from, min(found.rel_to, oracle.head + 1)):
        for cell in cells_of(found.period):
            place = release, ((kind, found.code), cell)
            assert place not in seen, f"two values at {place}"
            seen[place] = found.held


def proposed(session: Session, kinds: Kinds, proposal: Proposal, expected: dict[Cell, Line]) -> None:
    """What a draft proposes, day by day; the proposal then takes its lines from there."""
    draft = drafts.find_draft(session, proposal.number)
    assert (draft.status, draft.approver, draft.base_seq) == ("draft", None, truth.head(session))
    lines = list(
        session.query(drafts.DraftChange).filter_by(draft_id=proposal.number).order_by("kind", "code", "valid_from")
    )
    changes = list(drafts.changes_of(session, kinds, draft))
    hands = [line.made_by for line in lines]
    proposal.lines = {}
    for change, by in zip(changes, hands, strict=True):
        cells = cells_of(change.period)
        entry = change.kind, change.code
        line = expected.get((entry, cells[0]))
        assert line is not None, f"{entry} is proposed {change.period}"
        assert by == line.by
        assert change.payload == (line.value and line.value.held(change.kind).payload)
        if line.value is not None:
            assert (change.legal_act or ACT, change.source) == (line.value.act, line.value.source)
        proposal.lines[entry, (cells[0], cells[-1] + 1)] = line
    assert proposal.cells == expected


def differences(session: Session, snapshot: Snapshot, oracle: Oracle, older: int, newer: int) -> int:
    """Applied to one release, the difference gives the other, by the tables and by the snapshot; answers its size."""
    size = 0
    for kind in entry_kinds(snapshot.kinds):
        touched = diffing.touched_spans(session, kind, older, newer)
        by_tables = diffing.diff(kind, touched, older, newer, snapshot.published_on)
        seen = snapshot.touched(kind.name, older, newer)
        assert diffing.diff(kind, seen, older, newer, snapshot.published_on) == by_tables
        size += _compare(by_tables, oracle, kind.name, older, newer)
    return size


def _compare(entries: Iterable[EntryDiff], oracle: Oracle, kind: str, older: int, newer: int) -> int:
    told = {
        ((kind, entry.code), cell): piece
        for entry in entries
        for piece in entry.pieces
        for cell in cells_of(piece.period)
    }
    expected = {cell: change for cell, change in oracle.changed(older, newer).items() if cell[0][0] == kind}
    assert set(told) == set(expected)
    for cell, (was, now, release) in expected.items():
        piece = told[cell]
        assert (piece.before, piece.after) == (was and was.held(kind), now and now.held(kind))
        assert piece.release == release
        published = day_in_morocco(oracle.instants[release - 1])
        is_timeless = was is None and piece.period == Period(DAWN)
        is_past = older < newer and BOUNDS[cell[1]] < published and not is_timeless
        past = piece.retroactive
        assert bool(past and past.start <= BOUNDS[cell[1]] < past.end) == is_past
    return len(told)
