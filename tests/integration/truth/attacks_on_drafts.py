"""Attacks on drafts, their changes, and the second pair of eyes."""

from __future__ import annotations

from datetime import date

from tests.integration.truth.attacks import DELETES, Attack, Statements, both, new, plain, replacing, upserting
from tests.integration.truth.desk import AUTHOR, CHIEF, MAY, SECOND
from tests.integration.truth.ground import Named

PG = ("guard_draft_path",)
PG_HANDS = ("guard_draft_path", "guard_draft_hands")
WROTE = "nobody approves what they wrote"
LONG_AGO = "2001-01-01T00:00:00.000000Z"
APPROVE = f"UPDATE draft SET status = 'approved', approver = '{CHIEF}'"
APPROVED = plain(f"{APPROVE} WHERE id = {{in_review}}")
PATH = "a draft goes draft, in_review, approved, published"
FROZEN = "what is under review does not change"
STAYS = "the author of a draft stays"


def moved(draft: str, status: str) -> Statements:
    return plain(f"UPDATE draft SET status = '{status}', approver = '{CHIEF}' WHERE id = {{{draft}}}")


ON_DRAFTS = [
    Attack("a draft born approved", new("draft", status="approved", approver=CHIEF), "starts as a draft",
           ("guard_draft_new",), ("guard_draft_new",), legal=new("draft")),
    Attack("a draft born under review", new("draft", status="in_review"), "starts as a draft",
           ("guard_draft_new",), ("guard_draft_new",), legal=new("draft")),
    Attack("a draft in a state of its own", plain("UPDATE draft SET status = 'sealed' WHERE id = {in_review}"),
           "ck_draft_status|CHECK|a draft goes", legal=APPROVED),
    Attack("replace a draft", replacing("draft", id=Named("empty")), "starts as a draft",
           ("guard_draft_new",), then=DELETES),
    Attack("upsert a draft", upserting("draft", "id", "author = 'other'", id=Named("empty")), f"starts as|{STAYS}",
           ("guard_draft_new", "guard_draft_identity"), PG),
    Attack("delete a draft", plain("DELETE FROM draft WHERE id = {empty}"), "drafts are kept|is sealed",
           ("guard_draft_delete",), ("guard_draft_delete",)),
    Attack("change the author", plain("UPDATE draft SET author = 'other' WHERE id = {open}"), STAYS,
           ("guard_draft_identity",), PG, legal=plain("UPDATE draft SET title = 'other' WHERE id = {open}")),
    Attack("change the author while approving", plain(f"{APPROVE}, author = 'other' WHERE id = {{in_review}}"), STAYS,
           ("guard_draft_identity",), PG, legal=APPROVED),
    Attack("change the birthday", plain(f"UPDATE draft SET created_at = '{LONG_AGO}' WHERE id = {{open}}"),
           STAYS, ("guard_draft_identity",), PG),
    Attack("renumber a draft", plain("UPDATE draft SET id = 9001 WHERE id = {empty}"), STAYS,
           ("guard_draft_identity",), PG),
    Attack("approve one's own draft",
           plain(f"UPDATE draft SET status = 'approved', approver = '{AUTHOR}' WHERE id = {{in_review}}"),
           "four_eyes|CHECK|nobody approves", legal=APPROVED),
    Attack("approve by nobody", plain("UPDATE draft SET status = 'approved', approver = NULL WHERE id = {in_review}"),
           "approved_by|CHECK", legal=APPROVED),
    Attack("approve what one contributed to",
           plain(f"UPDATE draft SET status = 'approved', approver = '{SECOND}' WHERE id = {{in_review}}"),
           WROTE, ("guard_draft_four_eyes",), PG_HANDS, legal=APPROVED),
    Attack("approve one's own draft under a name in capitals",
           plain(f"UPDATE draft SET status = 'approved', approver = ' {AUTHOR.upper()}' WHERE id = {{in_review}}"),
           WROTE, ("guard_draft_four_eyes",), PG_HANDS, legal=APPROVED),
    Attack("approve what one contributed to under a name in capitals",
           plain(f"UPDATE draft SET status = 'approved', approver = '{SECOND.title()}' WHERE id = {{in_review}}"),
           WROTE, ("guard_draft_four_eyes",), PG_HANDS, legal=APPROVED),
    Attack("publish without a release", moved("approved", "published"), "a draft is published by its release",
           ("guard_draft_sealed",), PG, legal=both(new("release"), moved("approved", "published"))),
    Attack("publish under another approver",
           both(new("release"),
                plain("UPDATE draft SET status = 'published', approver = 'other' WHERE id = {approved}")),
           "the approver of a draft stays", ("guard_draft_approver",), PG,
           legal=both(new("release"), moved("approved", "published"))),
    Attack("retitle what is approved", plain("UPDATE draft SET title = 'other' WHERE id = {approved}"),
           f"{PATH}|{FROZEN}",
           ("guard_draft_path", "guard_draft_frozen"), PG),
]  # fmt: skip
ON_DRAFTS += [
    Attack(
        f"from {draft} to {status}",
        moved(draft, status),
        f"{PATH}|by its release",
        ("guard_draft_path",),
        PG,
        then=then,
        legal=APPROVED,
    )
    for draft, status, then in (
        ("open", "approved", None),
        ("open", "rejected", None),
        ("open", "published", "by its release"),
        ("in_review", "published", "by its release"),
        ("rejected", "approved", None),
        ("rejected", "in_review", None),
        ("approved", "in_review", None),
        ("published", "draft", None),
        ("published", "approved", None),
    )
]
ON_DRAFTS += [
    Attack(f"change the {column} while approving", plain(f"{APPROVE}, {column} = {value} WHERE id = {{in_review}}"),
           FROZEN, ("guard_draft_frozen",), PG, legal=APPROVED)
    for column, value in (
        ("title", "'other'"), ("label", "'other'"), ("legal_act", "NULL"), ("covers", "'medicament'"),
        ("base_seq", "1"),
    )
]  # fmt: skip

PG_CHANGE = ("guard_change",)
CLOSED = "changes are made in an open draft only"
ALONE = "UPDATE draft_change SET payload = NULL WHERE id = {open_change}"
ON_CHANGES = [
    Attack(f"add a change to what is {state}", new("draft_change", draft_id=Named(state)), CLOSED,
           ("guard_change_insert",), PG_CHANGE, legal=new("draft_change"))
    for state in ("in_review", "approved", "rejected", "published")
]  # fmt: skip
ON_CHANGES += [
    Attack("rewrite a submitted change", plain("UPDATE draft_change SET payload = NULL WHERE id = {in_review_change}"),
           CLOSED,
           ("guard_change_update",), PG_CHANGE, legal=plain(ALONE)),
    Attack("drop a submitted change", plain("DELETE FROM draft_change WHERE id = {in_review_change}"),
           CLOSED,
           ("guard_change_delete",), PG_CHANGE, legal=plain("DELETE FROM draft_change WHERE id = {open_change}")),
    Attack("move a change under review",
           plain("UPDATE draft_change SET draft_id = {rejected}, valid_from = '2001-01-01' WHERE id = {open_change}"),
           f"stays in its draft|{CLOSED}", ("guard_change_moved",), PG_CHANGE, legal=plain(ALONE)),
    Attack("move a change to another draft",
           plain("UPDATE draft_change SET draft_id = {empty} WHERE id = {open_change}"),
           "stays in its draft", ("guard_change_moved",), PG_CHANGE, legal=plain(ALONE)),
    Attack("sign a change with another hand",
           plain("UPDATE draft_change SET made_by = 'other' WHERE id = {open_change}"),
           "with its author", ("guard_change_moved",), PG_CHANGE, legal=plain(ALONE)),
    Attack("replace a submitted change", replacing("draft_change", id=Named("in_review_change")), "made once",
           ("guard_change_new",), then=DELETES),
    Attack("replace a change by its day",
           replacing("draft_change", valid_from=MAY, valid_to=date(2014, 5, 2)), "two values",
           ("guard_change_overlap",)),
    Attack("upsert a submitted change", upserting("draft_change", "id", "payload = NULL", id=Named("in_review_change")),
           f"made once|{CLOSED}", ("guard_change_new", "guard_change_update"), PG_CHANGE),
    Attack("a change of no day", new("draft_change", valid_to=date(2001, 1, 1)), "ck_draft_change_period|CHECK",
           legal=new("draft_change")),
]  # fmt: skip
ON_CHANGES += [
    Attack(f"propose two values {how}", new("draft_change", valid_from=start, valid_to=end), "two values for one entry",
           ("guard_change_overlap",), PG_CHANGE, then=then, legal=new("draft_change"))
    for how, start, end, then in (
        ("over an end", date(2014, 5, 31), date(2014, 6, 2), None),
        ("within", date(2014, 5, 2), date(2014, 5, 3), None),
        ("around", date(2014, 4, 1), date(2014, 9, 1), None),
        ("from one day", MAY, date(2014, 5, 2), "(?i)unique"),
    )
]  # fmt: skip

TAKEN_OUT = plain(
    "UPDATE draft SET status = 'draft' WHERE id = {in_review}",
    f"DELETE FROM draft_change WHERE draft_id = {{in_review}} AND made_by = '{SECOND}'",
    "UPDATE draft SET status = 'in_review' WHERE id = {in_review}",
)
SECOND_APPROVES = plain(f"UPDATE draft SET status = 'approved', approver = '{SECOND}' WHERE id = {{in_review}}")
HAND = f"draft_id = {{in_review}} AND name = '{SECOND}'"
ON_HANDS = [
    Attack("approve once one's change is taken out", both(TAKEN_OUT, SECOND_APPROVES), WROTE,
           ("guard_draft_four_eyes",), ("guard_draft_hands",), legal=both(TAKEN_OUT, APPROVED)),
    Attack("approve what one wrote by raw SQL and took out",
           both(new("draft_change", made_by="Nadia"), plain("DELETE FROM draft_change WHERE id = 9001",
                "UPDATE draft SET status = 'in_review' WHERE id = {open}",
                "UPDATE draft SET status = 'approved', approver = 'nadia' WHERE id = {open}")), WROTE,
           ("guard_change_hand",), ("guard_change_hand",)),
    Attack("forget a hand", plain(f"DELETE FROM draft_hand WHERE {HAND}"), "is sealed, no delete",
           ("guard_draft_hand_delete",), ("guard_hand_sealed",)),
    Attack("lend a hand to another", plain(f"UPDATE draft_hand SET name = 'other' WHERE {HAND}"),
           "is sealed, no update", ("guard_draft_hand_update",), ("guard_hand_sealed",), legal=new("draft_hand")),
]  # fmt: skip
