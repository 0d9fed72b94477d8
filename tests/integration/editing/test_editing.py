"""Editing by hand on both databases: what holds afterwards on each day, who wrote it, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import DraftStateError, FourEyesError, UnknownLegalActError
from catalog.releases import editing
from catalog.releases.editing_errors import (
    AlreadyInForceError,
    FieldMovedError,
    LaterValuesError,
    NothingChangedError,
    NothingInForceError,
    ReasonRequiredError,
    RuleBrokenError,
    UnknownChangeError,
    ValuesRefusedError,
)
from catalog.releases.editing_writing import read_entry, restore
from catalog.releases.models import Draft, DraftChange
from catalog.temporal import DUSK, Period
from tests.integration.truth.desk import (
    ACT,
    AUGUST,
    AUTHOR,
    CHIEF,
    DOLIPRANE,
    ERRATUM,
    JULY,
    JUNE,
    MAY,
    SECOND,
    Desk,
    enacted,
    medicine,
    priced,
    withdrawn,
)

WHY = editing.Grounds(reason="Erreur de saisie")


@pytest.fixture
def desk(session: Session) -> Desk:
    """One medicine at 29.70 from May, at 31.00 from July."""
    made = Desk(session)
    made.publish(enacted(), enacted(ERRATUM), priced("29.70", MAY, JULY), priced("31.00", JULY))
    return made


def edit(desk: Desk, draft: Draft, start: date, by: str = AUTHOR, **values: object) -> editing.Edit:
    given = {name: values.pop(name) for name in ("grounds", "seen", "today") if name in values}
    how: dict[str, Any] = {"today": MAY, **given}
    return editing.edit_entry(
        desk.session, desk.kinds, draft, "medicament", DOLIPRANE, values, start, by=by, at=desk.tick(), **how
    )


def proposed(desk: Desk, draft: Draft, *names: str) -> list[tuple[object, ...]]:
    return [
        (change.period, *([change.payload[name] for name in names] if change.payload else [None]))
        for change in desk.proposed(draft)
    ]


def lines_of(desk: Desk, draft: Draft) -> list[DraftChange]:
    own = sa.select(DraftChange).where(DraftChange.draft_id == draft.id).order_by(DraftChange.valid_from)
    return list(desk.session.scalars(own))


def test_a_price_holds_from_its_day_until_the_price_recorded_for_later(desk: Desk) -> None:
    draft = desk.draft()
    done = edit(desk, draft, JUNE, ppv=3000)
    assert proposed(desk, draft, "ppv") == [(Period(JUNE, JULY), 3000)]
    assert [(stay.day, stay.field, stay.value) for stay in done.stays] == [(JULY, "ppv", 3100)]


def test_a_name_holds_through_a_later_price(desk: Desk) -> None:
    draft = desk.draft()
    edit(desk, draft, JUNE, laboratoire="MAPHAR")
    assert proposed(desk, draft, "laboratoire", "ppv") == [
        (Period(JUNE, JULY), "MAPHAR", 2970),
        (Period(JULY), "MAPHAR", 3100),
    ]


def test_two_editors_of_one_entry_both_keep_their_work(desk: Desk) -> None:
    draft = desk.draft()
    edit(desk, draft, AUGUST, ppv=3200)
    edit(desk, draft, AUGUST, by=SECOND, ph=2000)
    assert proposed(desk, draft, "ppv", "ph") == [(Period(AUGUST), 3200, 2000)]


def test_whoever_lent_a_hand_does_not_approve_even_when_another_wrote_over_it(desk: Desk) -> None:
    draft = desk.draft()
    edit(desk, draft, AUGUST, by=SECOND, ppv=3200)
    edit(desk, draft, AUGUST, by=AUTHOR, ph=2000)
    desk.submit(draft)
    with pytest.raises(FourEyesError):
        desk.approve(draft, by=SECOND)
    desk.approve(draft, by=CHIEF)


def test_a_field_that_moved_since_it_was_seen_is_refused_and_told(desk: Desk) -> None:
    draft = desk.draft()
    edit(desk, draft, AUGUST, by=SECOND, ppv=3200)
    with pytest.raises(FieldMovedError) as refused:
        edit(desk, draft, AUGUST, ppv=3300, seen=editing.Seen(AUGUST, medicine("31.00")))
    (moved,) = refused.value.moved
    assert (moved.field, moved.seen, moved.now, moved.by) == ("ppv", 3100, 3200, SECOND)


def test_going_back_to_the_published_value_leaves_nothing_staged(desk: Desk) -> None:
    draft = desk.draft()
    edit(desk, draft, AUGUST, ppv=3200)
    done = edit(desk, draft, AUGUST, ppv=3100)
    assert (desk.proposed(draft), done.undone) == ([], [Period(AUGUST)])


def test_an_edit_within_a_staged_value_cuts_it_and_keeps_its_hand(desk: Desk) -> None:
    draft = desk.draft()
    edit(desk, draft, JULY, by=SECOND, ppv=3200)
    edit(desk, draft, AUGUST, ppv=3300)
    lines = lines_of(desk, draft)
    assert [(line.valid_from, line.valid_to, line.made_by) for line in lines] == [
        (JULY, AUGUST, SECOND),
        (AUGUST, DUSK, AUTHOR),
    ]


def test_what_an_imported_value_rests_on_stays_unless_another_ground_is_given(desk: Desk) -> None:
    draft = desk.draft(priced("32.00", AUGUST, legal_act=ERRATUM, source="S:8", confidence="M"))
    edit(desk, draft, AUGUST, ph=2000)
    (kept,) = desk.proposed(draft)
    assert (kept.legal_act, kept.source, kept.confidence) == (ERRATUM, "S:8", "M")
    edit(desk, draft, AUGUST, ppv=3200, grounds=editing.Grounds(legal_act=ACT))
    (changed,) = desk.proposed(draft)
    assert (changed.legal_act, changed.source) == (ACT, None)


def test_a_correction_of_the_past_needs_its_reason(desk: Desk) -> None:
    draft = desk.draft()
    with pytest.raises(ReasonRequiredError):
        correct(desk, draft, Period(JUNE, JULY), editing.Grounds(reason=" "), ppv=3000)


def test_a_correction_of_the_past_covers_all_its_period(desk: Desk) -> None:
    draft = desk.draft()
    correct(desk, draft, Period(JUNE, AUGUST), WHY, ppv=3000)
    assert proposed(desk, draft, "ppv") == [(Period(JUNE, AUGUST), 3000)]


def correct(desk: Desk, draft: Draft, period: Period, grounds: editing.Grounds, **values: object) -> editing.Edit:
    return editing.correct_past(
        desk.session,
        desk.kinds,
        draft,
        "medicament",
        DOLIPRANE,
        values,
        period,
        by=AUTHOR,
        at=desk.tick(),
        grounds=grounds,
    )


def withdraw(desk: Desk, draft: Draft, period: Period, *, also_later: bool = False) -> editing.Edit:
    return editing.withdraw_entry(
        desk.session,
        desk.kinds,
        draft,
        "medicament",
        DOLIPRANE,
        period,
        by=AUTHOR,
        at=desk.tick(),
        today=MAY,
        also_later=also_later,
    )


def add(desk: Desk, draft: Draft, period: Period, code: str, **external: object) -> editing.Edit:
    values = medicine(**{"ppv": "10.00", **external})
    return editing.add_entry(
        desk.session, desk.kinds, draft, "medicament", code, values, period, by=AUTHOR, at=desk.tick(), today=MAY
    )


def test_a_withdrawal_never_takes_a_later_value_with_it_in_silence(desk: Desk) -> None:
    draft = desk.draft()
    with pytest.raises(LaterValuesError) as refused:
        withdraw(desk, draft, Period(JUNE))
    assert refused.value.days == [JULY]
    withdraw(desk, draft, Period(JUNE), also_later=True)
    assert proposed(desk, draft) == [(Period(JUNE), None)]


def test_withdrawing_what_only_the_draft_adds_leaves_nothing_staged(desk: Desk) -> None:
    draft = desk.draft(priced("12.00", JUNE, code="6118000100096"))
    editing.withdraw_entry(
        desk.session,
        desk.kinds,
        draft,
        "medicament",
        "6118000100096",
        Period(JUNE),
        by=AUTHOR,
        at=desk.tick(),
        today=MAY,
    )
    assert desk.proposed(draft) == []


def test_an_entry_is_added_until_the_value_recorded_for_later(desk: Desk) -> None:
    draft = desk.draft(priced("12.00", AUGUST, code="6118000100096"))
    done = add(desk, draft, Period(JUNE), "6118000100096", ppv="10.00")
    assert proposed(desk, draft, "ppv") == [(Period(JUNE, AUGUST), 1000), (Period(AUGUST), 1200)]
    assert [(stay.day, stay.field) for stay in done.stays] == [(AUGUST, "ppv")]


def test_what_is_in_force_is_not_added_again(desk: Desk) -> None:
    with pytest.raises(AlreadyInForceError):
        add(desk, desk.draft(), Period(JUNE), DOLIPRANE)


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"ppv": 2970}, NothingChangedError),
        ({"nom": None}, ValuesRefusedError),
        ({"retire": True}, RuleBrokenError),
    ],
)
def test_an_edit_that_cannot_be_is_refused(desk: Desk, values: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        edit(desk, desk.draft(), JUNE, **values)


def test_nothing_is_edited_before_it_is_in_force(desk: Desk) -> None:
    with pytest.raises(NothingInForceError):
        edit(desk, desk.draft(), date(2014, 4, 30), ppv=3000)


def test_an_act_nobody_brought_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownLegalActError):
        edit(desk, desk.draft(), JUNE, ppv=3000, grounds=editing.Grounds(legal_act="arrete-inconnu"))


def test_a_draft_out_of_work_is_not_edited(desk: Desk) -> None:
    draft = desk.submit(desk.draft(priced("30.00", JUNE, JULY)))
    with pytest.raises(DraftStateError):
        edit(desk, draft, AUGUST, ppv=3200)


def test_one_change_is_taken_out_and_the_rest_stays(desk: Desk) -> None:
    draft = desk.draft(priced("30.00", JUNE, JULY), withdrawn(AUGUST))
    first, _ = lines_of(desk, draft)
    restore(desk.session, desk.kinds, draft, first.id, by=AUTHOR, at=desk.tick())
    assert proposed(desk, draft) == [(Period(AUGUST), None)]
    with pytest.raises(UnknownChangeError):
        restore(desk.session, desk.kinds, draft, 999_999, by=AUTHOR, at=desk.tick())


def test_what_is_shown_is_what_would_be_published(desk: Desk) -> None:
    draft = desk.draft()
    edit(desk, draft, JUNE, ppv=3000)
    shown = read_entry(desk.session, desk.kinds, draft, "medicament", DOLIPRANE).layers
    assert [(layer.period, layer.payload and layer.payload["ppv"]) for layer in shown] == [
        (Period(MAY, JUNE), 2970),
        (Period(JUNE, JULY), 3000),
        (Period(JULY), 3100),
    ]
    desk.seal(desk.approve(desk.submit(draft)))
    head = 2
    assert [desk.price(day, head) for day in (MAY, JUNE, JULY)] == [2970, 3000, 3100]


def test_days_that_are_past_are_not_written_over_without_a_reason(desk: Desk) -> None:
    draft = desk.draft()
    for grounds in (None, editing.Grounds(legal_act=ERRATUM), editing.Grounds(reason=" ")):
        with pytest.raises(ReasonRequiredError):
            edit(desk, draft, JUNE, ppv=3000, today=JULY, grounds=grounds)
    entry = (desk.session, desk.kinds, draft, "medicament")
    hand: dict[str, Any] = {"by": AUTHOR, "at": desk.tick(), "today": JULY}
    with pytest.raises(ReasonRequiredError):
        editing.withdraw_entry(*entry, DOLIPRANE, Period(JUNE, JULY), **hand)
    with pytest.raises(ReasonRequiredError):
        editing.add_entry(*entry, "6118000100096", medicine("10.00"), Period(JUNE), **hand)
    assert desk.proposed(draft) == []
    edit(desk, draft, JUNE, ppv=3000, today=JULY, grounds=WHY)
    edit(desk, draft, JULY, ppv=3200, today=JULY)
