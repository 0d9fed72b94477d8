"""Every editorial verb leaves one entry: who, when, from what to what."""

from __future__ import annotations

import pytest

from catalog.errors import DraftStateError, FourEyesError
from catalog.journal.reading import Entry, Filters, every_entry
from catalog.releases import drafts
from catalog.releases.models import Draft
from catalog.releases.verifying import verify
from tests.integration.truth.desk import (
    ACLASTA,
    ACT,
    AUTHOR,
    CHIEF,
    DOLIPRANE,
    ERRATUM,
    FEW_KINDS,
    JULY,
    JUNE,
    PRINTER,
    SECOND,
    Desk,
    priced,
    withdrawn,
)

KEY = f"medicament {DOLIPRANE} 2014-07-01/.."


def told(desk: Desk, draft: Draft) -> list[Entry]:
    return list(every_entry(desk.session, Filters(subject=f"draft {draft.id}")))


def last(desk: Desk, draft: Draft) -> Entry:
    return told(desk, draft)[-1]


def test_the_life_of_a_draft_is_told_step_by_step(desk: Desk) -> None:
    draft = desk.submit(desk.draft(priced("29.70", JUNE), label="07-06"))
    drafts.reject(desk.session, draft, by=CHIEF, at=desk.tick(), comment="prix faux")
    desk.reopen(draft, by=SECOND)
    desk.approve(desk.submit(draft))
    release = desk.seal(draft)
    assert [(entry.action, entry.actor) for entry in told(desk, draft)] == [
        ("draft.opened", AUTHOR),
        ("draft.staged", AUTHOR),
        ("draft.submitted", AUTHOR),
        ("draft.rejected", CHIEF),
        ("draft.reopened", SECOND),
        ("draft.submitted", AUTHOR),
        ("draft.approved", CHIEF),
        ("draft.published", PRINTER),
    ]
    rejected, published = told(desk, draft)[3], last(desk, draft)
    assert (rejected.before, rejected.after) == ({"status": "in_review"}, {"status": "rejected"})
    assert rejected.detail == {"comment": "prix faux"}
    assert published.after["chain"] == release.chain_digest
    assert (published.after["release"], published.detail["facts"], published.at) == (2, 1, desk.now)


def test_a_staged_change_tells_what_it_changes_and_nothing_else(desk: Desk) -> None:
    desk.publish(priced("29.70", JUNE))
    entry = last(desk, desk.draft(priced("25.00", JULY, legal_act=ERRATUM, reason="coquille")))
    assert entry.before == {KEY: {"ppv": "29.70", "legal_act": None, "reason": None}}
    assert entry.after == {KEY: {"ppv": "25.00", "legal_act": ERRATUM, "reason": "coquille"}}
    assert entry.detail == {"changes": 1, "kinds": {"medicament": {"set": 1}}}


def test_a_change_staged_again_is_told_from_what_was_staged(desk: Desk) -> None:
    draft = desk.draft(priced("25.00", JULY))
    desk.stage(draft, priced("24.00", JULY), by=SECOND)
    entry = last(desk, draft)
    assert (entry.actor, entry.before, entry.after) == (SECOND, {KEY: {"ppv": "25.00"}}, {KEY: {"ppv": "24.00"}})


def test_a_withdrawal_tells_what_goes(desk: Desk) -> None:
    desk.publish(priced("29.70", JUNE))
    entry = last(desk, desk.draft(withdrawn(JULY)))
    assert entry.before[KEY]["ppv"] == "29.70"
    assert entry.after == {KEY: None}


def test_many_changes_are_one_entry_of_counts(desk: Desk) -> None:
    codes = [f"61180001{number:05d}" for number in range(21)]
    draft = desk.draft(*(priced("12.00", JUNE, code=code) for code in codes), withdrawn(JUNE))
    entry = last(desk, draft)
    assert (entry.before, entry.after) == (None, None)
    assert entry.detail == {"changes": 22, "kinds": {"medicament": {"set": 21, "withdrawn": 1}}}
    assert len(told(desk, draft)) == 2


def test_a_new_ground_tells_the_old_one(desk: Desk) -> None:
    draft = desk.draft(priced("29.70", JUNE))
    desk.ground(draft, by=SECOND, legal_act=ERRATUM, title=draft.title)
    entry = last(desk, draft)
    assert (entry.action, entry.actor) == ("draft.grounded", SECOND)
    assert (entry.before, entry.after) == ({"legal_act": ACT}, {"legal_act": ERRATUM})
    count = len(told(desk, draft))
    desk.ground(draft, by=SECOND, legal_act=ERRATUM)
    assert len(told(desk, draft)) == count


def test_unstaging_tells_what_is_lost_and_nothing_where_nothing_was(desk: Desk) -> None:
    draft = desk.draft(priced("29.70", JULY))
    assert desk.unstage(draft, ACLASTA, by=SECOND) == 0
    assert last(desk, draft).action == "draft.staged"
    assert desk.unstage(draft, DOLIPRANE, by=SECOND) == 1
    entry = last(desk, draft)
    assert (entry.action, entry.before[KEY]["ppv"], entry.after) == ("draft.unstaged", "29.70", {KEY: None})


def test_a_rebase_is_one_entry(desk: Desk) -> None:
    draft = desk.draft(priced("29.70", JUNE), priced("12.00", JUNE, code=ACLASTA))
    desk.publish(priced("28.00", JUNE))
    before = len(told(desk, draft))
    desk.rebase(draft, by=SECOND)
    assert len(told(desk, draft)) == before + 1
    entry = last(desk, draft)
    assert (entry.before["base"], entry.after["base"]) == (1, 2)
    assert entry.detail["clashes"] == 1


def test_what_is_refused_leaves_no_entry(desk: Desk) -> None:
    draft = desk.submit(desk.draft(priced("29.70", JUNE)))
    desk.session.commit()
    before = len(told(desk, draft))
    with pytest.raises(FourEyesError):
        desk.approve(draft, by=AUTHOR)
    with pytest.raises(DraftStateError):
        desk.stage(draft, priced("1.00", JULY))
    assert len(told(desk, draft)) == before


HANDS = {
    "took a change out": lambda desk, draft: desk.unstage(draft, ACLASTA, by=SECOND),
    "gave another ground": lambda desk, draft: desk.ground(draft, by=SECOND, title="Autre"),
    "wrote what another replaced": lambda desk, draft: (
        desk.stage(draft, priced("9.00", JUNE), by=SECOND),
        desk.stage(draft, priced("8.00", JUNE), by=AUTHOR),
    ),
}


@pytest.mark.parametrize("what", HANDS)
@pytest.mark.parametrize("name", [SECOND, SECOND.upper(), f" {SECOND.title()} "])
def test_who_worked_on_a_draft_does_not_approve_it(desk: Desk, what: str, name: str) -> None:
    draft = desk.draft(priced("29.70", JUNE), priced("12.00", JUNE, code=ACLASTA))
    HANDS[what](desk, draft)
    desk.submit(draft)
    with pytest.raises(FourEyesError, match="worked on it"):
        desk.approve(draft, by=name)
    assert desk.approve(draft, by=CHIEF).status == "approved"


def test_a_writer_under_another_case_does_not_approve(desk: Desk) -> None:
    draft = desk.draft(priced("29.70", JUNE), by=SECOND.upper())
    desk.submit(draft)
    with pytest.raises(FourEyesError, match="wrote one of its changes"):
        desk.approve(draft, by=SECOND)


def test_reopening_for_a_colleague_is_no_writing(desk: Desk) -> None:
    draft = desk.submit(desk.draft(priced("29.70", JUNE)))
    desk.reopen(draft, by=CHIEF)
    assert desk.approve(desk.submit(draft), by=CHIEF).status == "approved"


def test_catalogue_and_journal_are_proved_together(desk: Desk) -> None:
    desk.publish(priced("29.70", JUNE))
    assert verify(desk.session, FEW_KINDS) == []
