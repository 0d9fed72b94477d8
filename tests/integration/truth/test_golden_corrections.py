"""G35 and G39 of the golden cases, whole: a correction of the past, and two acts over one line."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from catalog.errors import OverlapError
from catalog.gmr.family import MEDICAMENT
from catalog.releases.diffing import diff, touched_spans
from catalog.releases.models import Entity
from catalog.releases.tables import OPEN, tables_of
from catalog.releases.truth import find_held, release_at, standing_spans
from catalog.releases.verifying import verify
from catalog.snapshots.reading import Snapshot
from catalog.snapshots.store import SnapshotStore
from catalog.temporal import Moment, Period
from tests.integration.truth.desk import ACT, DOLIPRANE, ERRATUM, FEW_KINDS, JULY, Desk, medicine, priced

EFFECT = date(2014, 6, 9)
RECORDED, CORRECTED = datetime(2014, 6, 6, 12, tzinfo=UTC), datetime(2014, 7, 3, 12, tzinfo=UTC)
TWO_VALUES = r"two values for one entry on one day|ex_medicament_(fact|span)_overlap"
CARE, BEFORE = date(2014, 6, 20), date(2014, 6, 1)


def corrected(desk: Desk, store: SnapshotStore) -> Snapshot:
    desk.publish(priced("150.00", date(2010, 1, 1)), on=datetime(2014, 5, 20, tzinfo=UTC))
    desk.publish(priced("120.00", EFFECT), on=RECORDED)
    desk.publish(priced("102.00", EFFECT), on=CORRECTED, legal_act=ERRATUM)
    return store.refresh(desk.session)


@pytest.mark.parametrize(
    ("care", "known_at", "ppv"),
    [
        (CARE, datetime(2014, 6, 25, tzinfo=UTC), 12000),
        (CARE, datetime(2014, 7, 10, tzinfo=UTC), 10200),
        (BEFORE, datetime(2014, 6, 25, tzinfo=UTC), 15000),
        (BEFORE, datetime(2014, 7, 10, tzinfo=UTC), 15000),
        (CARE, datetime(2014, 6, 1, tzinfo=UTC), 15000),  # before the price was recorded, its predecessor
        (EFFECT, CORRECTED, 10200),  # at the very instant of the erratum
        (date(2014, 6, 8), CORRECTED, 15000),  # the eve of its effect
    ],
)
def test_g35_an_erratum_changes_the_answer_and_not_what_was_known(
    desk: Desk, store: SnapshotStore, care: date, known_at: datetime, ppv: int
) -> None:
    snapshot = corrected(desk, store)
    release = release_at(desk.session, known_at)
    assert snapshot.release_at(known_at) == release
    held = find_held(desk.session, MEDICAMENT, DOLIPRANE, Moment(care, release))
    version = snapshot.find("medicament", DOLIPRANE, Moment(care, release))
    assert held is not None
    assert version is not None
    assert held.payload["ppv"] == version.payload["ppv"] == ppv


def test_g35_the_erratum_is_told_as_retroactive_over_the_days_it_rewrites(desk: Desk, store: SnapshotStore) -> None:
    snapshot = corrected(desk, store)
    spans = touched_spans(desk.session, MEDICAMENT, 3, 4)
    [entry] = diff(MEDICAMENT, spans, 3, 4, snapshot.published_on)
    [piece] = entry.pieces
    assert (piece.period, piece.release) == (Period(EFFECT), 4)
    assert list(piece.fields()) == [("ppv", 12000, 10200)]
    assert piece.retroactive == Period(EFFECT, date(2014, 7, 3))
    assert [piece.before and piece.before.legal_act, piece.after and piece.after.legal_act] == [ACT, ERRATUM]
    assert diff(MEDICAMENT, snapshot.touched("medicament", 3, 4), 3, 4, snapshot.published_on) == [entry]


def test_g35_the_price_announced_in_advance_is_not_retroactive(desk: Desk, store: SnapshotStore) -> None:
    snapshot = corrected(desk, store)
    [entry] = diff(MEDICAMENT, snapshot.touched("medicament", 2, 3), 2, 3, snapshot.published_on)
    assert [(piece.period, piece.retroactive) for piece in entry.pieces] == [(Period(EFFECT), None)]
    assert verify(desk.session, FEW_KINDS) == []


def test_g39_a_draft_refuses_two_acts_over_one_line(desk: Desk) -> None:
    draft = desk.draft(priced("120.00", EFFECT, legal_act=ACT))
    with pytest.raises(OverlapError, match=f"{DOLIPRANE} is staged twice"):
        desk.stage(draft, priced("102.00", JULY, legal_act=ERRATUM))


def test_g39_a_later_act_cuts_the_earlier_one_short(desk: Desk) -> None:
    desk.publish(priced("120.00", EFFECT), legal_act=ACT)
    known = desk.publish(priced("102.00", JULY), legal_act=ERRATUM).seq
    spans = standing_spans(desk.session, MEDICAMENT, [DOLIPRANE], known)[DOLIPRANE]
    assert [(span.period, span.held.legal_act) for span in spans] == [
        (Period(EFFECT, JULY), ACT),
        (Period(JULY), ERRATUM),
    ]


def fact(desk: Desk, number: int, start: date, ppv: str) -> dict[str, object]:
    entity = desk.session.scalar(sa.select(Entity.id).where(Entity.code == DOLIPRANE))
    act = desk.session.scalar(sa.select(Entity.id).where(Entity.code == ACT))
    row = {"id": number, "entity_id": entity, "release": 3, "valid_from": start, "valid_to": date(2015, 1, 1)}
    return row | {"op": "S", "legal_act_id": act, "row_digest": "0" * 64} | MEDICAMENT.to_row(medicine(ppv))


def test_g39_the_database_refuses_two_facts_over_one_line(desk: Desk) -> None:
    desk.publish(priced("150.00", date(2010, 1, 1)))
    table = tables_of(MEDICAMENT).fact
    desk.session.execute(sa.insert(table), [fact(desk, 11, EFFECT, "120.00")])
    with pytest.raises(sa.exc.IntegrityError, match=TWO_VALUES):
        desk.session.execute(sa.insert(table), [fact(desk, 12, JULY, "102.00")])


def test_g39_the_database_refuses_two_spans_over_one_line(desk: Desk) -> None:
    desk.publish(priced("150.00", date(2010, 1, 1), EFFECT))
    table = tables_of(MEDICAMENT).span
    standing = desk.session.execute(sa.select(table)).mappings().one()
    span = {name: standing[name] for name in ("entity_id", "fact_id")} | {"rel_from": 3, "rel_to": OPEN}
    beside = span | {"id": 12, "valid_from": EFFECT, "valid_to": JULY}
    desk.session.execute(sa.insert(table), [beside])
    with pytest.raises(sa.exc.IntegrityError, match=TWO_VALUES):
        desk.session.execute(sa.insert(table), [span | {"id": 13, "valid_from": date(2014, 6, 30), "valid_to": JULY}])
