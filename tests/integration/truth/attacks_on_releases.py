"""Attacks on releases and the chain they form."""

from __future__ import annotations

from tests.integration.truth.attacks import DELETES, Attack, new, plain, replacing, upserting
from tests.integration.truth.desk import AUTHOR, CHIEF, SECOND
from tests.integration.truth.ground import Named

ON_PG = ("guard_release_new",)
ONCE = "a release is sealed once"
FORK = "a release follows the last one: no fork"
UNAPPROVED = "a release comes from an approved draft"
ALONE = "nobody publishes alone"
LATER = "a release is published after the last one"

ON_RELEASES = [
    Attack("update a release", plain("UPDATE release SET title = 'other' WHERE seq = {head}"), "is sealed, no update",
           ("guard_release_update",), ("guard_release_sealed",)),
    Attack("delete the last release", plain("DELETE FROM release WHERE seq = {head}"), "is sealed, no delete",
           ("guard_release_delete",), ("guard_release_sealed",)),
    Attack("leave a number out", new("release", seq=Named("after_next")), "takes the next number",
           ("guard_release_seq",), ON_PG, legal=new("release")),
    Attack("take a number again", new("release", seq=Named("head")), f"takes the next number|{ONCE}",
           ("guard_release_seq", "guard_release_once"), ON_PG, then="release.seq|pk_release", legal=new("release")),
    Attack("fork the chain", new("release", prev_digest=Named("previous_chain")), f"{FORK}|{ONCE}",
           ("guard_release_chain", "guard_release_once"), ON_PG, then="prev_digest", legal=new("release")),
    Attack("begin another chain", new("release", prev_digest="0" * 64), f"{FORK}|{ONCE}",
           ("guard_release_chain", "guard_release_once"), ON_PG, then="prev_digest", legal=new("release")),
    Attack("follow what does not exist", new("release", prev_digest="a" * 64), FORK,
           ("guard_release_chain",), ON_PG, legal=new("release")),
    Attack("publish at the instant of the last", new("release", published_at=Named("last_instant")), LATER,
           ("guard_release_time",), ON_PG, legal=new("release")),
    Attack("publish before the last", new("release", published_at="2001-01-01T00:00:00.000000Z"), LATER,
           ("guard_release_time",), ON_PG, legal=new("release")),
    Attack("a seal twice", new("release", chain_digest=Named("chain")), f"{ONCE}|uq_release_chain_digest",
           legal=new("release")),
    Attack("a label twice", new("release", label="07-01"), f"{ONCE}|uq_release_label",
           legal=new("release", label="07-99")),
]  # fmt: skip
ON_RELEASES += [
    Attack(f"publish {what}", new("release", **changed), f"{UNAPPROVED}|{ONCE}|{ALONE}",
           ("guard_release_approved",), ON_PG, then=then, legal=new("release"))
    for what, changed, then in (
        ("an open draft", {"draft_id": Named("open")}, None),
        ("a draft under review", {"draft_id": Named("in_review")}, None),
        ("a rejected draft", {"draft_id": Named("rejected")}, None),
        ("a draft again", {"draft_id": Named("published")}, f"draft_id|{ONCE}"),
        ("what was no draft", {"draft_id": 404}, "(?i)foreign key"),
        ("under another author", {"author": SECOND}, None),
        ("under another approver", {"approver": SECOND}, None),
        ("alone", {"author": AUTHOR, "approver": AUTHOR}, f"four_eyes|CHECK|{ALONE}"),
        ("the two the other way round", {"author": CHIEF, "approver": AUTHOR}, None),
    )
]  # fmt: skip
ON_RELEASES += [
    Attack(
        f"replace a release by its {what}",
        replacing("release", **changed),
        f"next number|{UNAPPROVED}|{ONCE}",
        guards,
        then=DELETES,
    )
    for what, changed, guards in (
        ("number", {"seq": Named("head")}, ("guard_release_seq", "guard_release_once")),
        ("label", {"label": "07-01"}, ("guard_release_once",)),
        ("seal", {"chain_digest": Named("chain")}, ("guard_release_once",)),
        ("draft", {"draft_id": Named("published")}, ("guard_release_once", "guard_release_approved")),
    )
]
ON_RELEASES += [
    Attack("upsert a release", upserting("release", "label", "title = 'other'", label="07-01"), f"{ONCE}|no update",
           ("guard_release_once", "guard_release_update"), ("guard_release_sealed",)),
    Attack("take the lock away", plain("DELETE FROM publication_lock"), "lock stays|is sealed",
           ("guard_lock_delete",), ("guard_lock_delete",)),
    Attack("a second lock", plain("INSERT INTO publication_lock (id, taken) VALUES (2, 0)"), "one_row|CHECK",
           legal=plain("UPDATE publication_lock SET taken = taken + 1")),
]  # fmt: skip

JOURNAL_PG = ("guard_journal_new",)
ENTRY_ONCE = "an entry is written once"
NUMBER = "the journal takes the next number"
NO_FORK = "an entry follows the last one: no fork"
AN_ENTRY = {"seq": Named("entry")}
LINKED = {"prev_digest": Named("entry_prev")}
SEALED_ENTRY = {"digest": Named("entry_digest")}
ON_JOURNAL = [
    Attack("rewrite an entry", plain("UPDATE journal SET actor = 'other' WHERE seq = {entry}"), "is sealed, no update",
           ("guard_journal_update",), ("guard_journal_sealed",)),
    Attack("tear the last entry out", plain("DELETE FROM journal WHERE seq = {entry}"), "is sealed, no delete",
           ("guard_journal_delete",), ("guard_journal_sealed",)),
    Attack("leave an entry out", new("journal", seq=Named("entry_after_next")), NUMBER,
           ("guard_journal_seq",), JOURNAL_PG, legal=new("journal")),
    Attack("an entry twice", new("journal", **AN_ENTRY), f"{NUMBER}|{ENTRY_ONCE}",
           ("guard_journal_seq", "guard_journal_once"), JOURNAL_PG, then="journal.seq|pk_journal",
           legal=new("journal")),
    Attack("an entry without a number", new("journal", seq=None), f"{NUMBER}|not-null",
           legal=new("journal")),
    Attack("fork the journal", new("journal", **LINKED), f"{NO_FORK}|{ENTRY_ONCE}",
           ("guard_journal_chain", "guard_journal_once"), JOURNAL_PG, then="prev_digest", legal=new("journal")),
    Attack("begin another journal", new("journal", prev_digest="0" * 64), f"{NO_FORK}|{ENTRY_ONCE}",
           ("guard_journal_chain", "guard_journal_once"), JOURNAL_PG, then="prev_digest", legal=new("journal")),
    Attack("follow no entry", new("journal", prev_digest="a" * 64), NO_FORK,
           ("guard_journal_chain",), JOURNAL_PG, legal=new("journal")),
    Attack("an entry with a digest there is", new("journal", **SEALED_ENTRY), f"{ENTRY_ONCE}|uq_journal_digest",
           legal=new("journal")),
    Attack("replace an entry by its number", replacing("journal", **AN_ENTRY), f"{NUMBER}|{ENTRY_ONCE}",
           ("guard_journal_seq", "guard_journal_once"), then=DELETES),
    Attack("replace an entry by its link", replacing("journal", **LINKED), f"{NO_FORK}|{ENTRY_ONCE}",
           ("guard_journal_chain", "guard_journal_once"), then=DELETES),
    Attack("replace an entry by its digest", replacing("journal", **SEALED_ENTRY), ENTRY_ONCE,
           ("guard_journal_once",), then=DELETES),
    Attack("upsert an entry", upserting("journal", "seq", "actor = 'other'", **AN_ENTRY),
           f"{NUMBER}|{ENTRY_ONCE}|no update",
           ("guard_journal_seq", "guard_journal_once", "guard_journal_update"),
           ("guard_journal_new", "guard_journal_sealed")),
]  # fmt: skip
ON_RELEASES += [
    Attack("publish alone under a name in capitals", new("release", approver=AUTHOR.upper()),
           f"{ALONE}|{UNAPPROVED}", ("guard_release_four_eyes", "guard_release_approved"), ON_PG,
           legal=new("release")),
]  # fmt: skip
