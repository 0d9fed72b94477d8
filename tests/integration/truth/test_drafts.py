"""The editorial verbs: what each does, and each refusal with its sentence."""

from __future__ import annotations

import pytest

from catalog.errors import (
    CodeError,
    DraftStateError,
    EmptyDraftError,
    FourEyesError,
    InvalidError,
    LegalActRequiredError,
    OverlapError,
    UnknownDraftError,
    UnknownKindError,
    UnknownLegalActError,
)
from catalog.releases import drafts
from catalog.releases.changes import Change
from catalog.temporal import Period
from tests.integration.truth.desk import (
    ACLASTA,
    ACT,
    AUGUST,
    AUTHOR,
    CHIEF,
    DOLIPRANE,
    ERRATUM,
    JULY,
    JUNE,
    SECOND,
    Desk,
    enacted,
    medicine,
    priced,
    withdrawn,
)


def test_a_draft_goes_from_hand_to_hand_to_a_release(desk: Desk) -> None:
    draft = desk.draft(priced("29.70", JUNE), label="GMR_7_06")
    assert (draft.status, draft.base_seq, draft.label) == ("draft", 1, "07-06")
    desk.submit(draft)
    assert (draft.status, draft.submitted_by) == ("in_review", AUTHOR)
    desk.approve(draft)
    assert (draft.status, draft.approver, draft.decided_by) == ("approved", CHIEF, CHIEF)
    release = desk.seal(draft)
    assert (draft.status, release.seq, release.label, release.n_facts) == ("published", 2, "07-06", 1)
    assert (release.author, release.approver, release.publisher) == (AUTHOR, CHIEF, "driss")


@pytest.mark.parametrize("opened", [{"title": "  "}, {"author": " "}])
def test_a_draft_needs_a_title_and_an_author(desk: Desk, opened: dict[str, str]) -> None:
    with pytest.raises(InvalidError, match="a title and an author"):
        desk.draft(**opened)


def test_a_draft_is_found_by_its_number_only(desk: Desk) -> None:
    draft = desk.draft()
    assert drafts.find_draft(desk.session, str(draft.id)) is draft
    for asked in ("999", "-1", "one", "", "1.0", "9" * 12):
        with pytest.raises(UnknownDraftError):
            drafts.find_draft(desk.session, asked)


def test_codes_are_made_canonical_when_staged(desk: Desk) -> None:
    draft = desk.draft(Change("medicaments", " 6118000-100058 ", Period(JUNE), medicine()))
    assert [(change.kind, change.code) for change in desk.proposed(draft)] == [("medicament", DOLIPRANE)]


def test_what_is_proposed_comes_back_whole(desk: Desk) -> None:
    change = priced("29.70", JUNE, JULY, legal_act=ERRATUM, source="S:8", confidence="H", reason="coquille", row=12)
    void = withdrawn(JULY, AUGUST, reason="radié")
    assert desk.proposed(desk.draft(change, void)) == [change, void]


def test_unknown_kinds_and_unreadable_codes_are_refused(desk: Desk) -> None:
    draft = desk.draft()
    with pytest.raises(UnknownKindError, match="medicaments"):
        desk.stage(draft, Change("remede", DOLIPRANE, Period(JUNE), medicine()))
    with pytest.raises(CodeError, match="8, 12, 13 or 14 digits"):
        desk.stage(draft, Change("medicament", "611", Period(JUNE), medicine()))


def test_a_change_over_the_same_days_replaces_the_one_before(desk: Desk) -> None:
    draft = desk.draft(priced("29.70", JUNE), priced("30.70", JUNE))
    desk.stage(draft, priced("31.70", JUNE), by=SECOND)
    assert [change.payload["ppv"] for change in desk.proposed(draft) if change.payload] == [3170]


@pytest.mark.parametrize("second", [priced("9.00", JULY), withdrawn(JULY), priced("9.00", JUNE), withdrawn(JUNE, JULY)])
def test_two_values_for_one_day_are_refused_in_a_draft(desk: Desk, second: Change) -> None:
    with pytest.raises(OverlapError, match=DOLIPRANE):
        desk.draft(priced("29.70", JUNE, AUGUST), second)
    draft = desk.draft(priced("29.70", JUNE, AUGUST))
    with pytest.raises(OverlapError, match=DOLIPRANE):
        desk.stage(draft, second)


def test_periods_that_touch_are_no_overlap(desk: Desk) -> None:
    draft = desk.draft(priced("29.70", JUNE, JULY), priced("31.70", JULY), priced("12.00", JUNE, code=ACLASTA))
    assert len(desk.proposed(draft)) == 3


def test_unstaging_takes_every_change_of_one_entry(desk: Desk) -> None:
    draft = desk.draft(priced("29.70", JUNE, JULY), priced("31.70", JULY), priced("12.00", JUNE, code=ACLASTA))
    assert desk.unstage(draft, DOLIPRANE, by=AUTHOR) == 2
    assert [change.code for change in desk.proposed(draft)] == [ACLASTA]


def test_the_author_does_not_approve(desk: Desk) -> None:
    draft = desk.submit(desk.draft(priced("29.70", JUNE)))
    with pytest.raises(FourEyesError, match="its author"):
        desk.approve(draft, by=AUTHOR)
    assert draft.status == "in_review"


def test_who_wrote_one_change_does_not_approve(desk: Desk) -> None:
    draft = desk.draft(priced("29.70", JUNE))
    desk.stage(draft, priced("12.00", JUNE, code=ACLASTA), by=SECOND)
    desk.submit(draft)
    with pytest.raises(FourEyesError, match="wrote one of its changes"):
        desk.approve(draft, by=SECOND)
    assert desk.approve(draft, by=CHIEF).status == "approved"


def test_an_empty_draft_is_not_submitted(desk: Desk) -> None:
    with pytest.raises(EmptyDraftError):
        desk.submit(desk.draft())


def test_a_draft_without_legal_act_is_not_submitted(desk: Desk) -> None:
    draft = desk.draft(priced("29.70", JUNE), legal_act=None)
    with pytest.raises(LegalActRequiredError):
        desk.submit(draft)
    desk.ground(draft, by=AUTHOR, legal_act=ACT.upper(), label="7.06", title="Titre")
    assert (draft.legal_act, draft.label, draft.title) == (ACT, "07-06", "Titre")
    assert desk.submit(draft).status == "in_review"


@pytest.mark.parametrize("where", ["draft", "change"])
def test_a_legal_act_that_was_never_published_is_refused(desk: Desk, where: str) -> None:
    unknown = "arrete-inconnu"
    draft = (
        desk.draft(priced("29.70", JUNE), legal_act=unknown)
        if where == "draft"
        else desk.draft(priced("29.70", JUNE, legal_act=unknown))
    )
    with pytest.raises(UnknownLegalActError, match=unknown):
        desk.submit(draft)


def test_a_draft_may_bring_the_act_it_cites(desk: Desk) -> None:
    release = desk.publish(enacted("loi-65-00"), priced("29.70", JUNE), legal_act="loi-65-00")
    assert desk.price(JUNE, release.seq) == 2970


def test_an_act_withdrawn_meanwhile_no_longer_grounds_a_draft(desk: Desk) -> None:
    draft = desk.approved(priced("29.70", JUNE))
    act = enacted()
    desk.publish(Change(act.kind, act.code, act.period, None), legal_act=ERRATUM)
    with pytest.raises(UnknownLegalActError, match=ACT):
        desk.seal(draft)


def rebase_after_another(desk: Desk, draft: drafts.Draft) -> None:
    desk.publish(priced("12.00", JUNE, code=ACLASTA))
    desk.rebase(draft)


VERBS = {
    "stage": lambda desk, draft: desk.stage(draft, priced("1.00", JULY)),
    "unstage": lambda desk, draft: desk.unstage(draft, DOLIPRANE, by=AUTHOR),
    "ground": lambda desk, draft: desk.ground(draft, by=AUTHOR, title="Autre"),
    "submit": lambda desk, draft: desk.submit(draft),
    "approve": lambda desk, draft: desk.approve(draft),
    "reject": lambda desk, draft: drafts.reject(desk.session, draft, by=CHIEF, at=desk.tick(), comment="non"),
    "reopen": lambda desk, draft: desk.reopen(draft),
    "publish": lambda desk, draft: desk.seal(draft),
    "rebase": lambda desk, draft: rebase_after_another(desk, draft),
}
ALLOWED = {
    "draft": {"stage", "unstage", "ground", "submit", "rebase"},
    "in_review": {"approve", "reject", "reopen", "rebase"},
    "approved": {"publish", "reject", "reopen", "rebase"},
    "rejected": {"reopen", "rebase"},
    "published": set(),
}


def brought_to(desk: Desk, status: str) -> drafts.Draft:
    draft = desk.draft(priced("29.70", JUNE, JULY))
    path = {"in_review": ["submit"], "approved": ["submit", "approve"], "rejected": ["submit", "reject"],
            "published": ["submit", "approve", "publish"]}  # fmt: skip
    for verb in path.get(status, []):
        VERBS[verb](desk, draft)
    assert draft.status == status
    return draft


@pytest.mark.parametrize("status", ALLOWED)
def test_each_state_allows_its_verbs_and_no_other(desk: Desk, status: str) -> None:
    allowed = set()
    for verb, act in VERBS.items():
        draft = brought_to(desk, status)
        desk.session.commit()
        try:
            act(desk, draft)
            allowed.add(verb)
        except DraftStateError as error:
            assert f"is {status}" in str(error)
        desk.session.rollback()
    assert allowed == ALLOWED[status]


def test_reopening_loses_the_approval(desk: Desk) -> None:
    draft = desk.approved(priced("29.70", JUNE))
    desk.reopen(draft)
    assert (draft.status, draft.approver) == ("draft", None)
    desk.stage(draft, priced("31.70", JUNE))
    desk.approve(desk.submit(draft))
    assert desk.price(JUNE, desk.seal(draft).seq) == 3170


def test_a_rejection_tells_who_and_why(desk: Desk) -> None:
    draft = desk.submit(desk.draft(priced("29.70", JUNE)))
    drafts.reject(desk.session, draft, by=CHIEF, at=desk.tick(), comment="prix faux")
    assert (draft.status, draft.approver, draft.decided_by, draft.comment) == ("rejected", None, CHIEF, "prix faux")
