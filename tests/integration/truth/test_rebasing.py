"""Rebase: the author's work is kept field by field and day by day, and what both touched is told."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import DraftStateError, FourEyesError, StaleDraftError
from catalog.kinds import Payload
from catalog.releases.changes import Change
from catalog.releases.drafts import find_draft
from catalog.releases.models import Draft
from catalog.releases.rebasing import WHOLE, Clash, NotStaleError, StaleFullListError
from catalog.releases.verifying import verify
from catalog.temporal import DUSK, Period
from tests.integration.truth.desk import (
    ACLASTA,
    AUGUST,
    CHIEF,
    DOLIPRANE,
    ERRATUM,
    JULY,
    JUNE,
    MAY,
    SECOND,
    Desk,
    medicine,
    priced,
    withdrawn,
)

WHOLE_YEAR = Period(MAY)


def described(ppv: str, start: Period = WHOLE_YEAR, **external: object) -> Change:
    return Change("medicament", DOLIPRANE, start, medicine(ppv, **external))


def fields(payload: Payload | None, *names: str) -> tuple[object, ...] | None:
    return None if payload is None else tuple(payload[name] for name in names)


def proposed(desk: Desk, draft: Draft, *names: str) -> list[tuple[Period, object]]:
    return [(change.period, fields(change.payload, *names)) for change in desk.proposed(draft)]


def test_a_stale_draft_is_rebased_reviewed_again_and_published(desk: Desk) -> None:
    desk.publish(described("29.70"))
    draft = desk.approved(described("31.70"))
    desk.publish(described("29.70", laboratoire="MAPHAR"))
    with pytest.raises(StaleDraftError):
        desk.seal(draft)
    desk.session.rollback()
    done = desk.rebase(draft)
    assert (draft.status, draft.approver, draft.base_seq, done.base) == ("draft", None, 3, 3)
    assert (done.merged, done.dropped, done.clashes) == ([("medicament", DOLIPRANE)], [], [])
    desk.seal(desk.approve(desk.submit(draft)))
    assert verify(desk.session, desk.kinds) == []


def test_a_field_that_only_one_side_changed_has_that_side_s_value(desk: Desk) -> None:
    desk.publish(described("29.70", forme="CP"))
    draft = desk.draft(described("31.70", forme="CP"))
    desk.publish(described("29.70", forme="CP", laboratoire="MAPHAR"))
    desk.rebase(draft)
    assert proposed(desk, draft, "ppv", "forme", "laboratoire") == [(WHOLE_YEAR, (3170, "CP", "MAPHAR"))]


def test_a_field_that_both_changed_keeps_the_draft_s_value_and_is_told(desk: Desk) -> None:
    desk.publish(described("29.70"))
    draft = desk.draft(described("31.70", forme="CP"))
    desk.publish(described("25.00", forme="CP"))
    done = desk.rebase(draft)
    assert proposed(desk, draft, "ppv", "forme") == [(WHOLE_YEAR, (3170, "CP"))]
    assert done.clashes == [Clash("medicament", DOLIPRANE, "ppv", 2970, 2500, 3170)]


def test_what_is_already_done_is_dropped(desk: Desk) -> None:
    desk.publish(described("29.70"))
    draft = desk.draft(described("31.70"), priced("1.00", JUNE, code=ACLASTA))
    desk.publish(described("31.70"))
    done = desk.rebase(draft)
    assert done.dropped == [("medicament", DOLIPRANE)]
    assert [change.code for change in desk.proposed(draft)] == [ACLASTA]


def test_days_the_other_release_left_alone_keep_the_draft_as_it_is(desk: Desk) -> None:
    desk.publish(described("29.70"))
    draft = desk.draft(described("31.70"))
    desk.publish(described("29.70", Period(JULY, AUGUST), laboratoire="MAPHAR"))
    desk.rebase(draft)
    assert proposed(desk, draft, "ppv", "laboratoire") == [
        (Period(MAY, JULY), (3170, None)),
        (Period(JULY, AUGUST), (3170, "MAPHAR")),
        (Period(AUGUST), (3170, None)),
    ]


def test_days_are_not_cut_where_nothing_came_between(desk: Desk) -> None:
    desk.publish(described("29.70", Period(MAY, JULY)), described("30.70", Period(JULY)))
    draft = desk.draft(described("31.70"))
    desk.publish(described("29.70", Period(MAY, JUNE), laboratoire="MAPHAR"))
    desk.rebase(draft)
    assert [period for period, _ in proposed(desk, draft)] == [Period(MAY, JUNE), Period(JUNE)]


def test_a_draft_that_is_not_stale_is_moved_as_it_is(desk: Desk) -> None:
    draft = desk.draft(described("31.70"))
    desk.publish(priced("1.00", JUNE, code=ACLASTA))
    before = desk.proposed(draft)
    done = desk.rebase(draft)
    assert (done.merged, done.dropped, draft.base_seq) == ([], [], 2)
    assert desk.proposed(draft) == before


def test_a_correction_of_the_ground_alone_is_work_too(desk: Desk) -> None:
    desk.publish(described("29.70"))
    regrounded = Change("medicament", DOLIPRANE, WHOLE_YEAR, medicine("29.70"), legal_act=ERRATUM, source="S:8")
    draft = desk.draft(regrounded)
    desk.publish(described("25.00", Period(JULY)))
    desk.rebase(draft)
    [kept] = desk.proposed(draft)
    assert (kept.period, kept.legal_act, kept.source) == (Period(MAY, JULY), ERRATUM, "S:8")


def test_two_grounds_for_one_value_are_told(desk: Desk) -> None:
    desk.publish(described("29.70"))
    draft = desk.draft(Change("medicament", DOLIPRANE, WHOLE_YEAR, medicine("29.70"), legal_act="arrete-2014-06-bis"))
    desk.publish(described("29.70"), legal_act=ERRATUM)
    done = desk.rebase(draft)
    assert [(clash.field, clash.theirs, clash.ours) for clash in done.clashes] == [
        ("legal_act", ERRATUM, "arrete-2014-06-bis")
    ]
    assert len(desk.proposed(draft)) == 1


def test_a_withdrawal_published_meanwhile_is_never_undone_in_silence(desk: Desk) -> None:
    desk.publish(described("29.70"))
    draft = desk.draft(described("31.70"))
    desk.publish(withdrawn(JULY))
    done = desk.rebase(draft)
    assert proposed(desk, draft, "ppv") == [(WHOLE_YEAR, (3170,))]
    [clash] = done.clashes
    assert (clash.field, clash.theirs, fields(clash.ours, "ppv")) == (WHOLE, None, (3170,))  # type: ignore[arg-type]


def test_what_the_draft_left_alone_stays_withdrawn(desk: Desk) -> None:
    desk.publish(described("29.70"))
    draft = desk.draft(described("31.70", Period(MAY, JULY)), described("29.70", Period(JULY)))
    desk.publish(withdrawn(AUGUST))
    done = desk.rebase(draft)
    assert proposed(desk, draft, "ppv") == [(Period(MAY, JULY), (3170,)), (Period(JULY, AUGUST), (2970,))]
    assert done.clashes == []


def test_a_withdrawal_of_what_changed_meanwhile_is_kept_and_told(desk: Desk) -> None:
    desk.publish(described("29.70"))
    draft = desk.draft(withdrawn(MAY))
    desk.publish(described("25.00", Period(JULY)))
    done = desk.rebase(draft)
    assert proposed(desk, draft) == [(WHOLE_YEAR, None)]
    assert [(clash.field, clash.ours) for clash in done.clashes] == [(WHOLE, None)]


def test_a_withdrawal_already_published_is_dropped(desk: Desk) -> None:
    desk.publish(described("29.70"))
    draft = desk.draft(withdrawn(MAY))
    desk.publish(withdrawn(MAY))
    done = desk.rebase(draft)
    assert (proposed(desk, draft), done.dropped) == ([], [("medicament", DOLIPRANE)])


def test_an_entry_added_by_both_is_merged_and_its_differences_told(desk: Desk) -> None:
    draft = desk.draft(described("31.70", forme="CP"))
    desk.publish(described("25.00", laboratoire="MAPHAR"))
    done = desk.rebase(draft)
    assert proposed(desk, draft, "ppv", "forme", "laboratoire") == [(WHOLE_YEAR, (3170, "CP", "MAPHAR"))]
    assert done.clashes == [Clash("medicament", DOLIPRANE, "ppv", None, 2500, 3170)]


def test_a_merged_change_keeps_its_ground_and_its_source(desk: Desk) -> None:
    desk.publish(described("29.70"))
    mine = Change("medicament", DOLIPRANE, WHOLE_YEAR, medicine("31.70"), ERRATUM, "S:8", "M", "coquille", 4)
    draft = desk.draft(mine)
    desk.publish(described("29.70", laboratoire="MAPHAR"))
    desk.rebase(draft)
    [kept] = desk.proposed(draft)
    assert (kept.legal_act, kept.source, kept.confidence, kept.reason, kept.row) == (ERRATUM, "S:8", "M", "coquille", 4)


def test_rebasing_for_a_colleague_does_not_make_their_work_one_s_own(desk: Desk) -> None:
    desk.publish(described("29.70"))
    draft = desk.draft(described("31.70"), by=SECOND)
    desk.publish(described("29.70", laboratoire="MAPHAR"))
    desk.rebase(draft, by=CHIEF)
    desk.submit(draft)
    with pytest.raises(FourEyesError, match="wrote one of its changes"):
        desk.approve(draft, by=SECOND)
    assert desk.approve(draft, by=CHIEF).status == "approved"


def test_a_whole_list_is_not_rebased_over_what_its_file_did_not_know(desk: Desk) -> None:
    draft = desk.draft(described("31.70"), covers=["medicament"])
    desk.publish(priced("1.00", JUNE, code=ACLASTA))
    with pytest.raises(StaleFullListError, match=ACLASTA):
        desk.rebase(draft)


def test_a_whole_list_is_rebased_over_what_it_mentions(desk: Desk) -> None:
    draft = desk.draft(described("31.70"), covers=["medicament"])
    desk.publish(described("25.00", Period(JUNE, DUSK)))
    assert desk.rebase(draft).merged == [("medicament", DOLIPRANE)]


def test_a_draft_published_by_another_hand_is_not_rebased(desk: Desk) -> None:
    draft = desk.approved(described("31.70"))
    desk.session.commit()
    with Session(desk.session.get_bind(), expire_on_commit=False) as colleague:
        Desk(colleague, now=desk.now).seal(find_draft(colleague, draft.id))
    assert draft.status == "approved"  # as this session still believes
    with pytest.raises(DraftStateError, match="is published"):
        desk.rebase(draft)


def test_a_draft_on_the_newest_release_keeps_its_approval(desk: Desk) -> None:
    draft = desk.approved(described("31.70"))
    with pytest.raises(NotStaleError, match="nothing to rebase"):
        desk.rebase(draft)
    assert (draft.status, draft.approver) == ("approved", CHIEF)


def test_a_rebase_is_counted_in_no_release(desk: Desk) -> None:
    draft = desk.draft(described("31.70"))
    desk.publish(priced("1.00", JUNE, code=ACLASTA))
    desk.rebase(draft)
    desk.session.commit()
    assert desk.session.scalar(sa.select(sa.func.count()).select_from(sa.table("release"))) == 2
