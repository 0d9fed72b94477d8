"""The guards on SQLite. BEFORE INSERT also refuses ids that exist: INSERT OR REPLACE would delete them unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalog.releases.models import GENESIS
from catalog.releases.tables import OPEN

NEXT = "(SELECT COALESCE(MAX(seq), 0) + 1 FROM release)"
LAST_CHAIN = f"COALESCE((SELECT chain_digest FROM release ORDER BY seq DESC LIMIT 1), '{GENESIS}')"

LAST_ENTRY = f"COALESCE((SELECT digest FROM journal ORDER BY seq DESC LIMIT 1), '{GENESIS}')"

Guard = tuple[str, str]


def sqlite_guards(kinds: Iterable[str], *, has_journal: bool = True) -> Iterator[Guard]:
    """(name, body) of every trigger; schemas of before the journal know neither it nor the hands of a draft."""
    for table in ("entity", "release"):
        yield from _sealed(table)
    yield _before(
        "entity_new",
        "INSERT ON entity",
        "an entity is published once",
        "EXISTS (SELECT 1 FROM entity WHERE id = NEW.id OR (kind = NEW.kind AND code = NEW.code))",
    )
    yield from _release_guards()
    yield from _draft_guards()
    yield _four_eyes(has_journal)
    yield from _change_guards()
    if has_journal:
        yield from _hand_guards()
        yield from _journal_guards()
    for kind in kinds:
        yield from _fact_guards(f"{kind}_fact")
        yield from _span_guards(f"{kind}_span")


def _before(name: str, event: str, message: str, condition: str = "1") -> Guard:
    body = f"BEFORE {event} WHEN {condition} BEGIN SELECT RAISE(ABORT, 'amo: {message}'); END"
    return f"guard_{name}", body


def _sealed(table: str) -> Iterator[Guard]:
    yield _before(f"{table}_update", f"UPDATE ON {table}", f"{table} is sealed, no update")
    yield _before(f"{table}_delete", f"DELETE ON {table}", f"{table} is sealed, no delete")


def _release_guards() -> Iterator[Guard]:
    yield _before("release_seq", "INSERT ON release", "a release takes the next number", f"NEW.seq <> {NEXT}")
    yield _before(
        "release_chain",
        "INSERT ON release",
        "a release follows the last one: no fork",
        f"NEW.prev_digest <> {LAST_CHAIN}",
    )
    yield _before(
        "release_time",
        "INSERT ON release",
        "a release is published after the last one",
        "EXISTS (SELECT 1 FROM release WHERE published_at >= NEW.published_at)",
    )
    yield _before(
        "release_approved",
        "INSERT ON release",
        "a release comes from an approved draft",
        "NOT EXISTS (SELECT 1 FROM draft WHERE id = NEW.draft_id AND status = 'approved'"
        " AND author = NEW.author AND approver = NEW.approver)",
    )
    yield _before(
        "release_four_eyes",
        "INSERT ON release",
        "nobody publishes alone",
        "lower(trim(NEW.author)) = lower(trim(NEW.approver))",
    )
    # A label or a digest already there would let INSERT OR REPLACE delete the release that has it.
    yield _before(
        "release_once",
        "INSERT ON release",
        "a release is sealed once",
        "EXISTS (SELECT 1 FROM release WHERE seq = NEW.seq OR label = NEW.label OR draft_id = NEW.draft_id"
        " OR prev_digest = NEW.prev_digest OR chain_digest = NEW.chain_digest)",
    )
    yield _before("lock_delete", "DELETE ON publication_lock", "the publication lock stays")


def _draft_guards() -> Iterator[Guard]:
    yield _before(
        "draft_new",
        "INSERT ON draft",
        "a draft starts as a draft",
        "NEW.status <> 'draft' OR EXISTS (SELECT 1 FROM draft WHERE id = NEW.id)",
    )
    yield _before("draft_delete", "DELETE ON draft", "drafts are kept")
    yield _before(
        "draft_identity",
        "UPDATE ON draft",
        "the author of a draft stays",
        "NEW.id <> OLD.id OR NEW.author <> OLD.author OR NEW.created_at <> OLD.created_at",
    )
    yield _before(
        "draft_path",
        "UPDATE ON draft",
        "a draft goes draft, in_review, approved, published",
        "NOT (OLD.status || '>' || NEW.status IN ('draft>draft','draft>in_review','in_review>approved',"
        "'in_review>rejected','in_review>draft','approved>draft','approved>rejected','approved>published',"
        "'rejected>draft'))",
    )
    yield _before(
        "draft_frozen",
        "UPDATE ON draft",
        "what is under review does not change",
        "OLD.status <> 'draft' AND NEW.status <> 'draft' AND (NEW.base_seq <> OLD.base_seq"
        " OR NEW.legal_act IS NOT OLD.legal_act OR NEW.label IS NOT OLD.label OR NEW.covers <> OLD.covers"
        " OR NEW.title <> OLD.title)",
    )
    yield _before(
        "draft_approver",
        "UPDATE ON draft",
        "the approver of a draft stays",
        "OLD.status = 'approved' AND NEW.status = 'published' AND NEW.approver IS NOT OLD.approver",
    )
    yield _before(
        "draft_sealed",
        "UPDATE ON draft",
        "a draft is published by its release",
        "NEW.status = 'published' AND NOT EXISTS (SELECT 1 FROM release WHERE draft_id = NEW.id)",
    )


def _four_eyes(has_hands: bool) -> Guard:
    wrote = "EXISTS (SELECT 1 FROM {} WHERE draft_id = NEW.id AND {} = lower(trim(NEW.approver)))"
    hands = " OR " + wrote.format("draft_hand", "name") if has_hands else ""
    return _before(
        "draft_four_eyes",
        "UPDATE ON draft",
        "nobody approves what they wrote",
        "NEW.status = 'approved' AND (lower(trim(NEW.author)) = lower(trim(NEW.approver))"
        f" OR {wrote.format('draft_change', 'lower(trim(made_by))')}{hands})",
    )


def _hand_guards() -> Iterator[Guard]:
    yield from _sealed("draft_hand")
    # Nobody un-writes: whoever made a change, even by hand in the database, stays among those who do not approve.
    yield (
        "guard_change_hand",
        "AFTER INSERT ON draft_change BEGIN INSERT INTO draft_hand (draft_id, name)"
        " SELECT NEW.draft_id, lower(trim(NEW.made_by)) WHERE NOT EXISTS (SELECT 1 FROM draft_hand"
        " WHERE draft_id = NEW.draft_id AND name = lower(trim(NEW.made_by))); END",
    )


def _journal_guards() -> Iterator[Guard]:
    yield from _sealed("journal")
    yield _before(
        "journal_seq",
        "INSERT ON journal",
        "the journal takes the next number",
        "NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal)",
    )
    yield _before(
        "journal_chain",
        "INSERT ON journal",
        "an entry follows the last one: no fork",
        f"NEW.prev_digest IS NOT {LAST_ENTRY}",
    )
    yield _before(
        "journal_once",
        "INSERT ON journal",
        "an entry is written once",
        "EXISTS (SELECT 1 FROM journal WHERE seq = NEW.seq OR prev_digest = NEW.prev_digest OR digest = NEW.digest)",
    )


def _change_guards() -> Iterator[Guard]:
    open_draft = "(SELECT status FROM draft WHERE id = {row}.draft_id) IS NOT 'draft'"
    closed = "changes are made in an open draft only"
    for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        yield _before(f"change_{event.lower()}", f"{event} ON draft_change", closed, open_draft.format(row=row))
    yield _before(
        "change_moved",
        "UPDATE ON draft_change",
        "a change stays in its draft, with its author",
        "NEW.draft_id <> OLD.draft_id OR NEW.made_by <> OLD.made_by",
    )
    yield _before(
        "change_new",
        "INSERT ON draft_change",
        "a change is made once",
        "EXISTS (SELECT 1 FROM draft_change WHERE id = NEW.id)",
    )
    yield _before(
        "change_overlap",
        "INSERT ON draft_change",
        "two values for one entry on one day",
        _overlap("draft_change", "draft_id = NEW.draft_id AND kind = NEW.kind AND code = NEW.code"),
    )


def _overlap(table: str, same: str) -> str:
    return f"EXISTS (SELECT 1 FROM {table} WHERE {same} AND valid_from < NEW.valid_to AND NEW.valid_from < valid_to)"


def _fact_guards(table: str) -> Iterator[Guard]:
    yield from _sealed(table)
    yield _before(
        f"{table}_release", f"INSERT ON {table}", "facts enter with the next release only", f"NEW.release <> {NEXT}"
    )
    yield _before(
        f"{table}_new",
        f"INSERT ON {table}",
        "a fact is written once",
        f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)",
    )
    yield _before(
        f"{table}_overlap",
        f"INSERT ON {table}",
        "two values for one entry on one day",
        _overlap(table, "entity_id = NEW.entity_id AND release = NEW.release"),
    )


def _span_guards(table: str) -> Iterator[Guard]:
    yield _before(f"{table}_delete", f"DELETE ON {table}", f"{table} is sealed, no delete")
    yield _before(
        f"{table}_new",
        f"INSERT ON {table}",
        "a span opens with the next release",
        f"NEW.rel_from <> {NEXT} OR NEW.rel_to <> {OPEN} OR EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)",
    )
    yield _before(
        f"{table}_overlap",
        f"INSERT ON {table}",
        "two values for one entry on one day",
        _overlap(table, "entity_id = NEW.entity_id AND NEW.rel_from < rel_to"),
    )
    yield _before(
        f"{table}_update",
        f"UPDATE ON {table}",
        "a span is closed once, by the next release",
        f"OLD.rel_to <> {OPEN} OR NEW.rel_to <> {NEXT} OR NEW.id <> OLD.id OR NEW.entity_id <> OLD.entity_id"
        " OR NEW.valid_from <> OLD.valid_from OR NEW.valid_to <> OLD.valid_to"
        " OR NEW.rel_from <> OLD.rel_from OR NEW.fact_id <> OLD.fact_id",
    )
