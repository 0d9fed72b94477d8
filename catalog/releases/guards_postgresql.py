"""The guards on PostgreSQL: trigger functions, and exclusion constraints for overlaps (no extension needed)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalog.releases.models import GENESIS
from catalog.releases.tables import OPEN

NEXT = "(SELECT COALESCE(MAX(seq), 0) + 1 FROM release)"

_FUNCTIONS = {
    "amo_refuse": "RAISE EXCEPTION 'amo: % is sealed, no %', TG_TABLE_NAME, lower(TG_OP);",
    "amo_release": f"""
        IF NEW.seq <> {NEXT} THEN RAISE EXCEPTION 'amo: a release takes the next number'; END IF;
        IF NEW.prev_digest <> COALESCE((SELECT chain_digest FROM release ORDER BY seq DESC LIMIT 1), '{GENESIS}')
        THEN RAISE EXCEPTION 'amo: a release follows the last one: no fork'; END IF;
        IF EXISTS (SELECT 1 FROM release WHERE published_at >= NEW.published_at)
        THEN RAISE EXCEPTION 'amo: a release is published after the last one'; END IF;
        IF NOT EXISTS (SELECT 1 FROM draft WHERE id = NEW.draft_id AND status = 'approved'
                       AND author = NEW.author AND approver = NEW.approver)
        THEN RAISE EXCEPTION 'amo: a release comes from an approved draft'; END IF;
        IF lower(trim(NEW.author)) = lower(trim(NEW.approver))
        THEN RAISE EXCEPTION 'amo: nobody publishes alone'; END IF;
        RETURN NEW;""",
    "amo_fact": f"""
        IF NEW.release <> {NEXT} THEN RAISE EXCEPTION 'amo: facts enter with the next release only'; END IF;
        RETURN NEW;""",
    "amo_span_open": f"""
        IF NEW.rel_from <> {NEXT} OR NEW.rel_to <> {OPEN}
        THEN RAISE EXCEPTION 'amo: a span opens with the next release'; END IF;
        RETURN NEW;""",
    "amo_span_close": f"""
        IF OLD.rel_to <> {OPEN} OR NEW.rel_to <> {NEXT} OR NEW.id <> OLD.id OR NEW.entity_id <> OLD.entity_id
           OR NEW.valid_from <> OLD.valid_from OR NEW.valid_to <> OLD.valid_to
           OR NEW.rel_from <> OLD.rel_from OR NEW.fact_id <> OLD.fact_id
        THEN RAISE EXCEPTION 'amo: a span is closed once, by the next release'; END IF;
        RETURN NEW;""",
    "amo_draft_new": """
        IF NEW.status <> 'draft' THEN RAISE EXCEPTION 'amo: a draft starts as a draft'; END IF;
        RETURN NEW;""",
    "amo_draft": """
        IF NEW.id <> OLD.id OR NEW.author <> OLD.author OR NEW.created_at <> OLD.created_at
        THEN RAISE EXCEPTION 'amo: the author of a draft stays'; END IF;
        IF NOT (OLD.status || '>' || NEW.status IN ('draft>draft','draft>in_review','in_review>approved',
            'in_review>rejected','in_review>draft','approved>draft','approved>rejected','approved>published',
            'rejected>draft'))
        THEN RAISE EXCEPTION 'amo: a draft goes draft, in_review, approved, published'; END IF;
        IF OLD.status <> 'draft' AND NEW.status <> 'draft' AND (NEW.base_seq <> OLD.base_seq
            OR NEW.legal_act IS DISTINCT FROM OLD.legal_act OR NEW.label IS DISTINCT FROM OLD.label
            OR NEW.covers <> OLD.covers OR NEW.title <> OLD.title)
        THEN RAISE EXCEPTION 'amo: what is under review does not change'; END IF;
        IF OLD.status = 'approved' AND NEW.status = 'published' AND NEW.approver IS DISTINCT FROM OLD.approver
        THEN RAISE EXCEPTION 'amo: the approver of a draft stays'; END IF;
        IF NEW.status = 'approved' AND (lower(trim(NEW.author)) = lower(trim(NEW.approver))
           OR EXISTS (SELECT 1 FROM draft_change
                      WHERE draft_id = NEW.id AND lower(trim(made_by)) = lower(trim(NEW.approver))))
        THEN RAISE EXCEPTION 'amo: nobody approves what they wrote'; END IF;
        IF NEW.status = 'published' AND NOT EXISTS (SELECT 1 FROM release WHERE draft_id = NEW.id)
        THEN RAISE EXCEPTION 'amo: a draft is published by its release'; END IF;
        RETURN NEW;""",
    "amo_change": """
        IF TG_OP <> 'INSERT' AND (SELECT status FROM draft WHERE id = OLD.draft_id FOR SHARE) IS DISTINCT FROM 'draft'
        THEN RAISE EXCEPTION 'amo: changes are made in an open draft only'; END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        IF (SELECT status FROM draft WHERE id = NEW.draft_id FOR SHARE) IS DISTINCT FROM 'draft'
        THEN RAISE EXCEPTION 'amo: changes are made in an open draft only'; END IF;
        IF TG_OP = 'UPDATE' AND (NEW.draft_id <> OLD.draft_id OR NEW.made_by <> OLD.made_by)
        THEN RAISE EXCEPTION 'amo: a change stays in its draft, with its author'; END IF;
        IF TG_OP = 'INSERT' AND EXISTS (SELECT 1 FROM draft_change WHERE draft_id = NEW.draft_id AND kind = NEW.kind
            AND code = NEW.code AND valid_from < NEW.valid_to AND NEW.valid_from < valid_to)
        THEN RAISE EXCEPTION 'amo: two values for one entry on one day'; END IF;
        RETURN NEW;""",
}

_JOURNAL_FUNCTIONS = {
    "amo_draft_hands": """
        IF NEW.status = 'approved'
           AND EXISTS (SELECT 1 FROM draft_hand WHERE draft_id = NEW.id AND name = lower(trim(NEW.approver)))
        THEN RAISE EXCEPTION 'amo: nobody approves what they wrote'; END IF;
        RETURN NEW;""",
    "amo_hand": """
        INSERT INTO draft_hand (draft_id, name) VALUES (NEW.draft_id, lower(trim(NEW.made_by)))
        ON CONFLICT DO NOTHING;
        RETURN NEW;""",
    "amo_journal": f"""
        IF NEW.seq IS DISTINCT FROM (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal)
        THEN RAISE EXCEPTION 'amo: the journal takes the next number'; END IF;
        IF NEW.prev_digest IS DISTINCT FROM
           COALESCE((SELECT digest FROM journal ORDER BY seq DESC LIMIT 1), '{GENESIS}')
        THEN RAISE EXCEPTION 'amo: an entry follows the last one: no fork'; END IF;
        RETURN NEW;""",
}

_CORE_TRIGGERS = (
    ("guard_entity_sealed", "entity", "BEFORE UPDATE OR DELETE", "ROW", "amo_refuse"),
    ("guard_entity_truncate", "entity", "BEFORE TRUNCATE", "STATEMENT", "amo_refuse"),
    ("guard_release_sealed", "release", "BEFORE UPDATE OR DELETE", "ROW", "amo_refuse"),
    ("guard_release_truncate", "release", "BEFORE TRUNCATE", "STATEMENT", "amo_refuse"),
    ("guard_release_new", "release", "BEFORE INSERT", "ROW", "amo_release"),
    ("guard_lock_delete", "publication_lock", "BEFORE DELETE", "ROW", "amo_refuse"),
    ("guard_lock_truncate", "publication_lock", "BEFORE TRUNCATE", "STATEMENT", "amo_refuse"),
    ("guard_draft_new", "draft", "BEFORE INSERT", "ROW", "amo_draft_new"),
    ("guard_draft_path", "draft", "BEFORE UPDATE", "ROW", "amo_draft"),
    ("guard_draft_delete", "draft", "BEFORE DELETE", "ROW", "amo_refuse"),
    ("guard_draft_truncate", "draft", "BEFORE TRUNCATE", "STATEMENT", "amo_refuse"),
    ("guard_change", "draft_change", "BEFORE INSERT OR UPDATE OR DELETE", "ROW", "amo_change"),
    ("guard_change_truncate", "draft_change", "BEFORE TRUNCATE", "STATEMENT", "amo_refuse"),
)

_JOURNAL_TRIGGERS = (
    ("guard_journal_sealed", "journal", "BEFORE UPDATE OR DELETE", "ROW", "amo_refuse"),
    ("guard_journal_truncate", "journal", "BEFORE TRUNCATE", "STATEMENT", "amo_refuse"),
    ("guard_journal_new", "journal", "BEFORE INSERT", "ROW", "amo_journal"),
    ("guard_hand_sealed", "draft_hand", "BEFORE UPDATE OR DELETE", "ROW", "amo_refuse"),
    ("guard_hand_truncate", "draft_hand", "BEFORE TRUNCATE", "STATEMENT", "amo_refuse"),
    ("guard_draft_hands", "draft", "BEFORE UPDATE", "ROW", "amo_draft_hands"),
    ("guard_change_hand", "draft_change", "AFTER INSERT", "ROW", "amo_hand"),
)

Trigger = tuple[str, str, str, str, str]
"""(name, table, event, level, function)"""


def postgresql_guards(kinds: Iterable[str], *, has_journal: bool = True) -> Iterator[str]:
    """Every statement, in order; each may be run again."""
    for name, body in postgresql_functions(has_journal=has_journal).items():
        yield f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$".replace("%", "%%")
    names = list(kinds)
    for trigger, table, event, level, function in postgresql_triggers(names, has_journal=has_journal):
        yield f"DROP TRIGGER IF EXISTS {trigger} ON {table}"
        yield f"CREATE TRIGGER {trigger} {event} ON {table} FOR EACH {level} EXECUTE FUNCTION {function}()"
    for exclusion in postgresql_exclusions(names):
        yield _exclusion(*exclusion)


def postgresql_functions(*, has_journal: bool = True) -> dict[str, str]:
    """The text of each trigger function, as the database keeps it."""
    bodies = _FUNCTIONS | (_JOURNAL_FUNCTIONS if has_journal else {})
    return {name: f" BEGIN {body} END " for name, body in bodies.items()}


def postgresql_triggers(kinds: Iterable[str], *, has_journal: bool = True) -> Iterator[Trigger]:
    """Every trigger that should stand."""
    yield from _CORE_TRIGGERS
    if has_journal:
        yield from _JOURNAL_TRIGGERS
    for kind in kinds:
        fact, span = f"{kind}_fact", f"{kind}_span"
        yield f"guard_{fact}_sealed", fact, "BEFORE UPDATE OR DELETE", "ROW", "amo_refuse"
        yield f"guard_{fact}_truncate", fact, "BEFORE TRUNCATE", "STATEMENT", "amo_refuse"
        yield f"guard_{fact}_release", fact, "BEFORE INSERT", "ROW", "amo_fact"
        yield f"guard_{span}_new", span, "BEFORE INSERT", "ROW", "amo_span_open"
        yield f"guard_{span}_close", span, "BEFORE UPDATE", "ROW", "amo_span_close"
        yield f"guard_{span}_delete", span, "BEFORE DELETE", "ROW", "amo_refuse"
        yield f"guard_{span}_truncate", span, "BEFORE TRUNCATE", "STATEMENT", "amo_refuse"


def postgresql_exclusions(kinds: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """(name, table, definition as the database tells it) of every exclusion of overlaps."""
    same = "int4range(entity_id, entity_id, '[]'::text) WITH &&, daterange(valid_from, valid_to) WITH &&"
    for kind in kinds:
        for part, known in (("fact", "release, release, '[]'::text"), ("span", "rel_from, rel_to")):
            table = f"{kind}_{part}"
            yield f"ex_{table}_overlap", table, f"EXCLUDE USING gist ({same}, int4range({known}) WITH &&)"


def _exclusion(name: str, table: str, definition: str) -> str:
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{name}'"
        f" AND conrelid = '{table}'::regclass)"
        f" THEN ALTER TABLE {table} ADD CONSTRAINT {name} {definition}; END IF; END $$"
    )
