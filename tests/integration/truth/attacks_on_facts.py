"""Attacks on entities, facts and spans."""

from __future__ import annotations

from datetime import date

from tests.integration.truth.attacks import DELETES, Attack, both, new, plain, replacing, upserting
from tests.integration.truth.ground import Named

SEALED = ("is sealed, no update", "is sealed, no delete")
TWO_VALUES = "two values for one entry on one day|_overlap"
ONCE = "a span is closed once, by the next release"
NEXT_ONLY = "a span opens with the next release"

ON_ENTITIES = [
    Attack("update an entity", plain("UPDATE entity SET code = 'other' WHERE id = 90"), SEALED[0],
           ("guard_entity_update",), ("guard_entity_sealed",)),
    Attack("delete an entity", plain("DELETE FROM entity WHERE id = 90"), SEALED[1],
           ("guard_entity_delete",), ("guard_entity_sealed",)),
    Attack("replace an entity by its number", replacing("entity", id=90), "published once",
           ("guard_entity_new",), then=DELETES),
    Attack("replace an entity by its code", replacing("entity", code="orphan"), "published once",
           ("guard_entity_new",), then=DELETES),
    Attack("upsert an entity", upserting("entity", "id", "code = 'other'", id=90), "published once|no update",
           ("guard_entity_new", "guard_entity_update"), ("guard_entity_sealed",)),
    Attack("a code twice", new("entity", code="orphan"), "published once|uq_entity_kind_code",
           legal=new("entity", code="other")),
]  # fmt: skip

_OLD = {"id": Named("old_fact")}
ON_FACTS = [
    Attack("update a fact", plain("UPDATE {fact} SET provenance = 'other' WHERE id = {old_fact}"), SEALED[0],
           ("guard_{fact}_update",), ("guard_{fact}_sealed",)),
    Attack("delete a fact", plain("DELETE FROM {fact} WHERE id = {old_fact}"), SEALED[1],
           ("guard_{fact}_delete",), ("guard_{fact}_sealed",), then="(?i)foreign key"),
    Attack("replace a fact", replacing("fact", **_OLD), "a fact is written once", ("guard_{fact}_new",), then=DELETES),
    Attack("upsert a fact", upserting("fact", "id", "provenance = 'other'", **_OLD), "written once|no update",
           ("guard_{fact}_new", "guard_{fact}_update"), ("guard_{fact}_sealed",)),
    Attack("a fact for the last release", new("fact", release=Named("head")), "facts enter with the next release only",
           ("guard_{fact}_release",), ("guard_{fact}_release",)),
    Attack("a fact for a release to come", new("fact", release=Named("after_next")), "with the next release only",
           ("guard_{fact}_release",), ("guard_{fact}_release",)),
    Attack("a fact of no operation", new("fact", op="X"), "(?i)ck_.*_op|CHECK constraint failed",
           legal=new("fact", op="V")),
    Attack("a fact of no day", new("fact", valid_to=date(2001, 1, 1)), "(?i)ck_.*_period|CHECK constraint failed",
           legal=new("fact", valid_to=date(2001, 1, 2))),
    Attack("a fact of no entity", new("fact", entity_id=404), "(?i)foreign key", legal=new("fact", entity_id=90)),
    Attack("a fact of no legal act", new("fact", legal_act_id=404), "(?i)foreign key",
           legal=new("fact", legal_act_id=90)),
]  # fmt: skip
ON_FACTS += [
    Attack(
        f"a fact {how} another of its release",
        both(new("fact"), new("fact", id=9002, valid_from=start, valid_to=end)),
        TWO_VALUES,
        ("guard_{fact}_overlap",),
        ("ex_{fact}_overlap",),
        legal=both(new("fact"), new("fact", id=9002, valid_from=date(2002, 1, 1), valid_to=date(2003, 1, 1))),
    )
    for how, start, end in (
        ("over the end of", date(2001, 12, 31), date(2003, 1, 1)),
        ("over the start of", date(2000, 1, 1), date(2001, 1, 2)),
        ("within", date(2001, 3, 1), date(2001, 4, 1)),
        ("around", date(2000, 1, 1), date(2003, 1, 1)),
        ("on the days of", date(2001, 1, 1), date(2002, 1, 1)),
    )
]

CLOSE = "UPDATE {span} SET rel_to = {next}"
CLOSED = plain(f"{CLOSE} WHERE id = {{open_span}}")
ON_SPANS = [
    Attack(name, plain(text), ONCE, ("guard_{span}_update",), ("guard_{span}_close",), then=then, legal=CLOSED)
    for name, text, then in (
        ("close a span again", f"{CLOSE} WHERE id = {{closed_span}}", "_overlap"),
        ("open a span again", "UPDATE {span} SET rel_to = {open_end} WHERE id = {closed_span}", "_overlap"),
        ("close a span with a release to come", "UPDATE {span} SET rel_to = {after_next} WHERE id = {open_span}", None),
        (
            "close a span in the past",
            "UPDATE {span} SET rel_to = {head} WHERE id = {open_span}",
            "CHECK|ck_.*_releases",
        ),
        ("lengthen a span", "UPDATE {span} SET valid_to = '2031-01-01' WHERE id = {open_span}", "_overlap"),
        ("lengthen a span it closes", f"{CLOSE}, valid_to = '2031-01-01' WHERE id = {{open_span}}", "_overlap"),
        ("move a span it closes", f"{CLOSE}, valid_from = '2001-01-01' WHERE id = {{open_span}}", "_overlap"),
        ("give away a span it closes", f"{CLOSE}, entity_id = 90 WHERE id = {{open_span}}", None),
        ("rewrite a span it closes", f"{CLOSE}, fact_id = fact_id - 1 WHERE id = {{open_span}}", "(?i)foreign key"),
        ("predate a span it closes", f"{CLOSE}, rel_from = 1 WHERE id = {{open_span}}", "_overlap"),
        ("renumber a span it closes", f"{CLOSE}, id = 9001 WHERE id = {{open_span}}", None),
    )
]
ON_SPANS += [
    Attack("delete a span", plain("DELETE FROM {span} WHERE id = {closed_span}"), SEALED[1],
           ("guard_{span}_delete",), ("guard_{span}_delete",)),
    Attack("replace a span", replacing("span", id=Named("closed_span")), NEXT_ONLY,
           ("guard_{span}_new",), then=DELETES),
    Attack("upsert a span", upserting("span", "id", "valid_to = '2031-01-01'", id=Named("open_span")),
           f"{NEXT_ONLY}|{ONCE}",
           ("guard_{span}_new", "guard_{span}_update"), ("guard_{span}_close",), then="_overlap"),
    Attack("a span for the last release", new("span", rel_from=Named("head")), NEXT_ONLY,
           ("guard_{span}_new",), ("guard_{span}_new",)),
    Attack("a span for a release to come", new("span", rel_from=Named("after_next")), NEXT_ONLY,
           ("guard_{span}_new",), ("guard_{span}_new",)),
    Attack("a span born closed", new("span", rel_to=Named("after_next")), NEXT_ONLY,
           ("guard_{span}_new",), ("guard_{span}_new",)),
    Attack("a span of no fact", new("span", fact_id=404), "(?i)foreign key", legal=new("span")),
    Attack("a span of no day", new("span", valid_to=date(2001, 1, 1)), "(?i)ck_.*_period|CHECK constraint failed",
           legal=new("span", valid_to=date(2001, 1, 2))),
]  # fmt: skip
ON_SPANS += [
    Attack(
        f"a span {how} one still open",
        new("span", valid_from=start, valid_to=end),
        TWO_VALUES,
        ("guard_{span}_overlap",),
        ("ex_{span}_overlap",),
        legal=both(plain(f"{CLOSE} WHERE rel_to = {{open_end}}"), new("span", valid_from=start, valid_to=end)),
    )
    for how, start, end in (
        ("over the end of", date(2029, 12, 31), date(2031, 1, 1)),
        ("over the start of", date(2014, 4, 1), date(2014, 5, 2)),
        ("within", date(2014, 5, 2), date(2014, 5, 3)),
        ("around", date(2001, 1, 1), date(2031, 1, 1)),
    )
]
