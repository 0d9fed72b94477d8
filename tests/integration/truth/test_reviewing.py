"""A draft against what is published: its difference, what it breaks, and what is accepted of that."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from catalog.errors import DraftStateError, FourEyesError, InvalidError, LabelTakenError
from catalog.releases import drafts
from catalog.releases.changes import Change
from catalog.releases.models import Draft
from catalog.releases.planning import plan
from catalog.releases.reviewing import digest_to_seal, review, revision_of, shown_of
from catalog.releases.reviewing_acceptance import (
    Acceptance,
    BrokenRulesError,
    DraftChangedError,
    UnknownWarningError,
    UnsettledWarningsError,
    accept,
    find_findings,
    withdraw_acceptance,
)
from catalog.releases.reviewing_stale import ENTRY, drifts
from catalog.releases.reviewing_steps import (
    approve_judged,
    ground_judged,
    judged,
    publish_judged,
    reject_with_reason,
    submit_judged,
)
from tests.integration.truth.desk import (
    ACLASTA,
    AUGUST,
    AUTHOR,
    CHIEF,
    DOLIPRANE,
    ERRATUM,
    JULY,
    JUNE,
    MAY,
    PRINTER,
    Desk,
    medicine,
    withdrawn,
)
from tests.integration.truth.settled import priced

TODAY = date(2014, 7, 15)
JUMP = "PriceJump"


def jumping(desk: Desk) -> Draft:
    """A draft whose price doubles: a warning."""
    desk.publish(priced("29.70", JUNE))
    return desk.draft(priced("60.00", AUGUST))


def rules(desk: Desk, draft: Draft) -> list[str]:
    return [found.rule for found in find_findings(desk.session, desk.kinds, draft)]


def settle(desk: Desk, draft: Draft, rule: str = JUMP, reason: str = "arrêté", **told: str) -> list[Acceptance]:
    found = find_findings(desk.session, desk.kinds, draft)
    return accept(desk.session, draft, found, rule=rule, reason=reason, by=CHIEF, at=desk.tick(), **told)


def is_settled(desk: Desk, draft: Draft) -> bool:
    return not judged(desk.session, desk.kinds, draft).unsettled


def approve(desk: Desk, draft: Draft, by: str = CHIEF, **told: str) -> None:
    approve_judged(desk.session, desk.kinds, draft, by=by, at=desk.tick(), **told)


def test_a_review_tells_what_publishing_would_change(desk: Desk) -> None:
    desk.publish(priced("29.70", JUNE), priced("12.00", JUNE, code=ACLASTA))
    draft = desk.draft(priced("31.00", JULY), withdrawn(AUGUST, code=ACLASTA))
    (price, gone) = review(desk.session, desk.kinds, draft, TODAY).entries["medicament"]
    assert [list(piece.fields()) for piece in price.pieces] == [[("ppv", 2970, 3100), ("pbr", 2970, 3100)]]
    assert price.is_retroactive
    assert (gone.status, gone.pieces[0].period.start, gone.is_retroactive) == ("withdrawn", AUGUST, False)


def test_the_review_of_a_draft_is_the_difference_of_its_release(desk: Desk) -> None:
    desk.publish(priced("29.70", MAY, AUGUST), priced("12.00", JUNE, code=ACLASTA))
    draft = desk.approved(priced("31.00", JUNE, JULY), withdrawn(JULY, code=ACLASTA), priced("40.00", AUGUST))
    before = review(desk.session, desk.kinds, draft, TODAY)
    desk.seal(draft)
    after = review(desk.session, desk.kinds, draft, TODAY)
    told = [
        [(e.code, p.period, p.before, p.after) for e in r.entries["medicament"] for p in e.pieces]
        for r in (before, after)
    ]
    assert told[0] == told[1] != []


def test_what_is_already_so_is_no_difference(desk: Desk) -> None:
    desk.publish(priced("29.70", JUNE))
    assert review(desk.session, desk.kinds, desk.draft(priced("29.70", JULY)), TODAY).entries == {"medicament": []}


def test_a_review_names_the_hand_behind_a_piece(desk: Desk) -> None:
    draft = desk.draft(priced("29.70", JUNE), by="brahim")
    made = review(desk.session, desk.kinds, draft, TODAY)
    (entry,) = made.entries["medicament"]
    hand = made.written("medicament", DOLIPRANE, entry.pieces[0].period)
    assert hand is not None and hand.made_by == "brahim"
    assert made.written("medicament", ACLASTA, entry.pieces[0].period) is None


def test_the_digest_shown_is_the_digest_sealed(desk: Desk) -> None:
    draft = desk.approved(priced("29.70", JUNE, source="S:8"), withdrawn(JULY, AUGUST, code=ACLASTA, legal_act=ERRATUM))
    shown = digest_to_seal(desk.session, desk.kinds, draft)
    assert desk.seal(draft).content_digest == shown


def test_the_revision_follows_the_content_alone(desk: Desk) -> None:
    draft = desk.draft(priced("29.70", JUNE))
    first = revision_of(desk.session, draft)
    desk.submit(draft)
    assert revision_of(desk.session, draft) == first
    other = desk.draft(priced("29.71", JUNE))
    assert revision_of(desk.session, other) != first


def test_errors_stop_a_draft_before_its_review(desk: Desk) -> None:
    broken = Change("medicament", DOLIPRANE, priced("1.00", JUNE).period, medicine("29.70", retire=True))
    draft = desk.draft(broken)
    with pytest.raises(BrokenRulesError, match="RetiredYetAdmitted"):
        submit_judged(desk.session, desk.kinds, draft, by=AUTHOR, at=desk.tick())


def test_a_change_is_judged_on_its_own_day(desk: Desk) -> None:
    desk.publish(priced("29.70", JUNE, JULY), priced("60.00", JULY))
    assert rules(desk, desk.draft(priced("61.00", AUGUST))) == []
    assert JUMP in rules(desk, desk.draft(priced("61.00", JUNE, JULY)))


def test_warnings_wait_for_a_reason(desk: Desk) -> None:
    draft = jumping(desk)
    submit_judged(desk.session, desk.kinds, draft, by=AUTHOR, at=desk.tick())
    with pytest.raises(UnsettledWarningsError, match=JUMP), desk.session.begin_nested():
        approve(desk, draft)
    desk.session.refresh(draft)
    assert draft.status == "in_review"
    for rule in sorted(set(rules(desk, draft))):
        settle(desk, draft, rule)
    approve(desk, draft)
    assert draft.status == "approved"


def test_an_approver_may_accept_with_the_approval(desk: Desk) -> None:
    draft = jumping(desk)
    submit_judged(desk.session, desk.kinds, draft, by=AUTHOR, at=desk.tick())
    approve(desk, draft, accepting="arrêté du 1er août")
    assert is_settled(desk, draft)


def test_accepting_is_no_way_round_four_eyes(desk: Desk) -> None:
    draft = jumping(desk)
    submit_judged(desk.session, desk.kinds, draft, by=AUTHOR, at=desk.tick())
    with pytest.raises(FourEyesError):
        approve(desk, draft, by=AUTHOR, accepting="je le sais")


def test_one_warning_or_all_of_a_rule(desk: Desk) -> None:
    desk.publish(priced("29.70", JUNE), priced("12.00", JUNE, code=ACLASTA))
    draft = desk.draft(priced("60.00", JULY), priced("60.00", JULY, code=ACLASTA))
    found = [f for f in find_findings(desk.session, desk.kinds, draft) if f.rule == JUMP]
    assert len(found) == 2
    (row,) = settle(desk, draft, fingerprint=found[0].fingerprint)
    assert (row.code, row.covered) == (found[0].violation.code, 1)
    left = [f for f in judged(desk.session, desk.kinds, draft).unsettled if f.rule == JUMP]
    assert left == [found[1]]
    (row,) = settle(desk, draft)
    assert (row.code, row.covered) == (None, 2)


def test_an_acceptance_is_void_once_the_draft_changes(desk: Desk) -> None:
    draft = jumping(desk)
    for rule in sorted(set(rules(desk, draft))):
        settle(desk, draft, rule)
    assert is_settled(desk, draft)
    desk.stage(draft, priced("61.00", AUGUST))
    state = judged(desk.session, desk.kinds, draft)
    assert state.unsettled and state.void and not state.accepted


def test_an_acceptance_of_a_rule_is_void_once_it_finds_more(desk: Desk) -> None:
    draft = jumping(desk)
    settle(desk, draft)
    desk.publish(priced("12.00", JUNE, code=ACLASTA))
    assert JUMP not in [f.rule for f in judged(desk.session, desk.kinds, draft).unsettled]
    desk.publish(priced("20.00", JUNE))
    assert JUMP in [f.rule for f in judged(desk.session, desk.kinds, draft).unsettled]


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"reason": "  "}, InvalidError),
        ({"rule": "NoSuchRule"}, UnknownWarningError),
        ({"fingerprint": "0" * 64}, UnknownWarningError),
        ({"seen": "0" * 64}, DraftChangedError),
    ],
)
def test_what_cannot_be_accepted(desk: Desk, told: dict[str, str], error: type[Exception]) -> None:
    draft = jumping(desk)
    with pytest.raises(error):
        settle(desk, draft, **told)


def test_nothing_is_accepted_twice_nor_after_the_decision(desk: Desk) -> None:
    draft = jumping(desk)
    settle(desk, draft)
    with pytest.raises(UnknownWarningError):
        settle(desk, draft)
    desk.submit(draft)
    approve(desk, draft, accepting="le reste")
    with pytest.raises(DraftStateError):
        settle(desk, draft)


def test_an_acceptance_can_be_taken_back(desk: Desk) -> None:
    draft = jumping(desk)
    (row,) = settle(desk, draft)
    withdraw_acceptance(desk.session, draft, row.id, by=CHIEF, at=desk.tick())
    assert JUMP in [f.rule for f in judged(desk.session, desk.kinds, draft).unsettled]
    with pytest.raises(UnknownWarningError):
        withdraw_acceptance(desk.session, draft, row.id, by=CHIEF, at=desk.tick())


def test_a_draft_that_changed_under_its_reader_is_not_approved(desk: Desk) -> None:
    draft = desk.submit(desk.draft(priced("29.70", JUNE)))
    with pytest.raises(DraftChangedError):
        approve(desk, draft, seen="0" * 64)
    approve(desk, draft, seen=shown_of(desk.session, draft))


def test_what_is_shown_tells_labels_and_titles_apart(desk: Desk) -> None:
    draft = desk.draft(priced("29.70", JUNE))
    revision, seen = revision_of(desk.session, draft), set()
    for told in ({"label": "07-01"}, {"label": "07-02"}, {"title": "autre titre"}):
        drafts.ground(desk.session, draft, by=AUTHOR, at=desk.tick(), **told)
        seen.add(shown_of(desk.session, draft))
    assert len(seen) == 3 and revision_of(desk.session, draft) == revision


def test_a_label_already_published_is_told_at_every_step(desk: Desk) -> None:
    desk.publish(priced("29.70", JUNE), label="07-01")
    draft = desk.draft(priced("1.00", JUNE, code=ACLASTA), label="07-01")
    told = {"by": AUTHOR, "at": desk.tick()}
    with pytest.raises(LabelTakenError):
        ground_judged(desk.session, draft, label="7.01", **told)
    with pytest.raises(LabelTakenError):
        submit_judged(desk.session, desk.kinds, draft, **told)
    assert draft.status == "in_review"  # the caller's transaction is lost
    with pytest.raises(LabelTakenError):
        approve(desk, draft)
    with pytest.raises(LabelTakenError):
        plan(desk.session, desk.kinds, draft, publish_at=desk.tick() + timedelta(days=1), by=CHIEF, at=desk.now)


def test_a_rejection_says_why(desk: Desk) -> None:
    draft = desk.submit(desk.draft(priced("29.70", JUNE)))
    with pytest.raises(InvalidError, match="comment"):
        reject_with_reason(desk.session, draft, by=CHIEF, at=desk.tick(), comment=" ")
    reject_with_reason(desk.session, draft, by=CHIEF, at=desk.tick(), comment="prix à revoir")
    assert (draft.status, draft.comment) == ("rejected", "prix à revoir")


def test_what_became_wrong_since_the_approval_is_not_published(desk: Desk) -> None:
    desk.publish(priced("29.70", JUNE))
    draft = desk.approved(priced("60.00", AUGUST))
    with pytest.raises(UnsettledWarningsError):
        publish_judged(desk.session, desk.kinds, draft, by=PRINTER, at=desk.tick())


def test_drift_shows_base_theirs_and_ours(desk: Desk) -> None:
    desk.publish(priced("29.70", JUNE))
    draft = desk.draft(priced("31.00", JULY), withdrawn(JULY, code=ACLASTA))
    assert drifts(desk.session, desk.kinds, draft) == []
    desk.publish(priced("30.00", JUNE), priced("12.00", JUNE, code=ACLASTA))
    found = drifts(desk.session, desk.kinds, draft)
    prices = [(d.base, d.theirs, d.ours, d.is_clash) for d in found if d.field == "ppv"]
    assert prices == [(2970, 3000, 3000, False), (2970, 3000, 3100, True)]
    comes = [(d.code, d.base, d.theirs, d.ours) for d in found if d.field == ENTRY]
    assert (ACLASTA, False, True, False) in comes
