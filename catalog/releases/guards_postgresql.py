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
        IF NEW.status = 'approved'
           AND EXISTS (SELECT 1 FROM draft_change WHERE draft_id = NEW.id AND made_by = NEW.approver)
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

Trigger = tuple[str, str, str, str, str]


def postgresql_guards(kinds: Iterable[str]) -> Iterator[str]:
    """Every statement, in order; each may be run again."""
    for name, body in _FUNCTIONS.items():
        yield f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$".replace(
            "%", "%%"
        )
    names = list(kinds)
    for trigger, table, event, level, function in _triggers(names):
        yield f"DROP TRIGGER IF EXISTS {trigger} ON {table}"
        yield f"CREATE TRIGGER {trigger} {event} ON {table} FOR EACH {level} EXECUTE FUNCTION {function}()"
    for kind in names:
        yield from _exclusions(kind)


def postgresql_names(kinds: Iterable[str]) -> list[str]:
    """The names of all guards that should stand."""
    names = list(kinds)
    exclusions = [_exclusion_name(f"{kind}_{part}") for kind in names for part in ("fact", "span")]
    return [trigger[0] for trigger in _triggers(names)] + exclusions


def _triggers(kinds: Iterable[str]) -> Iterator[Trigger]:
    yield from _CORE_TRIGGERS
    for kind in kinds:
        fact, span = f"{kind}_fact", f"{kind}_span"
        yield f"guard_{fact}_sealed", fact, "BEFORE UPDATE OR DELETE", "ROW", "amo_refuse"
        yield f"guard_{fact}_truncate", fact, "BEFORE TRUNCATE", "STATEMENT", "amo_refuse"
        yield f"guard_{fact}_release", fact, "BEFORE INSERT", "ROW", "amo_fact"
        yield f"guard_{span}_new", span, "BEFORE INSERT", "ROW", "amo_span_open"
        yield f"guard_{span}_close", span, "BEFORE UPDATE", "ROW", "amo_span_close"
        yield f"guard_{span}_delete", span, "BEFORE DELETE", "ROW", "amo_refuse"
        yield f"guard_{span}_truncate", span, "BEFORE TRUNCATE", "STATEMENT", "amo_refuse"


def _exclusion_name(table: str) -> str:
    return f"ex_{table}_overlap"


def _exclusions(kind: str) -> Iterator[str]:
    same = "int4range(entity_id, entity_id, '[]') WITH &&, daterange(valid_from, valid_to) WITH &&"
    yield _exclusion(f"{kind}_fact", f"{same}, int4range(release, release, '[]') WITH &&")
    yield _exclusion(f"{kind}_span", f"{same}, int4range(rel_from, rel_to) WITH &&")


def _exclusion(table: str, what: str) -> str:
    name = _exclusion_name(table)
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{name}'"
        f" AND conrelid = '{table}'::regclass)"
        f" THEN ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist ({what}); END IF; END $$"
    )
