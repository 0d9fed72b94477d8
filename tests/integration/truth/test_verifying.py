"""Proof: a clean catalogue has none of the faults, and each kind of tampering is found and named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from catalog.registry import KINDS
from catalog.releases import guards
from catalog.releases.models import GENESIS
from catalog.releases.tables import OPEN
from catalog.releases.verifying import verify
from tests.integration.truth.copies import Original, derive, fresh
from tests.integration.truth.desk import (
    ACLASTA,
    ACTEMRA,
    DOLIPRANE,
    ERRATUM,
    FEW_KINDS,
    JULY,
    JUNE,
    MAY,
    Desk,
    enacted,
    priced,
    withdrawn,
)
from tests.integration.truth.vandal import without_guards


@pytest.fixture(scope="module")
def forerunner(original: Original, tmp_path_factory: pytest.TempPathFactory) -> Original:
    return derive(original, history, tmp_path_factory.mktemp("published"))


def history(desk: Desk) -> None:
    """Release 2: two prices; release 3: one cut short and one new; release 4: one withdrawn."""
    desk.publish(enacted(), enacted(ERRATUM))
    desk.publish(priced("29.70", MAY), priced("12.00", MAY, code=ACLASTA))
    desk.publish(priced("25.00", JUNE, JULY), priced("5.00", JUNE, code=ACTEMRA, source="S:8"))
    desk.publish(withdrawn(MAY, code=ACLASTA, reason="radié"))


@pytest.fixture
def published(forerunner: Original) -> Iterator[sa.Engine]:
    with fresh(forerunner) as engine:
        yield engine


def faults(engine: sa.Engine, since: int = 0) -> list[str]:
    with sa.orm.Session(engine) as session:
        return verify(session, FEW_KINDS, since=since)


def test_what_was_published_is_proved(published: sa.Engine) -> None:
    assert faults(published) == []
    told: list[str] = []
    with sa.orm.Session(published) as session:
        verify(session, KINDS, progress=told.append)
    assert "facts of medicaments" in told
    assert told[-3:] == ["chain of releases", "published drafts", "journal"]


OF = {code: f"(SELECT id FROM entity WHERE code = '{code}')" for code in (DOLIPRANE, ACLASTA, ACTEMRA)}
FACT, SPAN = "medicament_fact", "medicament_span"
ALTERED = f"medicament {ACTEMRA} .release 3. was altered"
SEALED = "The facts of release 3 are not those it sealed"
BROKEN = "The chain breaks at release 3"
SPANS = "The spans of medicament {} do not follow from its facts"
COPIED = "id, entity_id, release, valid_from, valid_to, op, legal_act_id, row_digest, nom, admis_remboursement"


def unsealed(release: int) -> str:
    return (
        f"INSERT INTO {FACT} ({COPIED}) SELECT 99, entity_id, {release}, '2030-01-01', '2031-01-01', op,"
        f" legal_act_id, row_digest, nom, admis_remboursement FROM {FACT}"
        f" WHERE entity_id = {OF[DOLIPRANE]} AND release = 3"
    )


TAMPERINGS = {
    "a price": (f"UPDATE {FACT} SET ppv = 1 WHERE entity_id = {OF[ACTEMRA]}", ALTERED),
    "a first day": (f"UPDATE {FACT} SET valid_from = '2014-06-02' WHERE entity_id = {OF[ACTEMRA]}", ALTERED),
    "an end": (f"UPDATE {FACT} SET valid_to = '2014-06-02' WHERE entity_id = {OF[ACTEMRA]}", ALTERED),
    "a withdrawal": (f"UPDATE {FACT} SET op = 'V' WHERE entity_id = {OF[ACTEMRA]}", ALTERED),
    "a source": (f"UPDATE {FACT} SET provenance = 'S:9' WHERE entity_id = {OF[ACTEMRA]}", ALTERED),
    "a confidence": (f"UPDATE {FACT} SET confidence = 'H' WHERE entity_id = {OF[ACTEMRA]}", ALTERED),
    "a ground": (
        f"UPDATE {FACT} SET legal_act_id = legal_act_id + 1 WHERE entity_id = {OF[ACTEMRA]}",
        ALTERED,
    ),
    "a digest": (f"UPDATE {FACT} SET row_digest = '{GENESIS}' WHERE entity_id = {OF[ACTEMRA]}", ALTERED),
    "a fact's owner": (f"UPDATE {FACT} SET entity_id = 1 WHERE entity_id = {OF[ACTEMRA]}", "was altered"),
    "a fact's release": (f"UPDATE {FACT} SET release = 2 WHERE entity_id = {OF[ACTEMRA]}", SEALED),
    "a fact's number": (f"UPDATE {FACT} SET id = 99 WHERE entity_id = {OF[ACTEMRA]}", SPANS.format(ACTEMRA)),
    "a fact gone": (f"DELETE FROM {FACT} WHERE entity_id = {OF[ACTEMRA]}", SEALED),
    "a fact slipped in": (unsealed(3), SEALED),
    "a fact of no release": (unsealed(5), "There are facts of release 5, which does not exist"),
    "a code": (f"UPDATE entity SET code = '6118000100999' WHERE id = {OF[ACTEMRA]}", "was altered"),
    "an entry's kind": (f"UPDATE entity SET kind = 'gtin' WHERE id = {OF[ACTEMRA]}", "is filed under gtin"),
    "an act's kind": ("UPDATE entity SET kind = 'gtin' WHERE code = 'arrete-2014-06'", "is filed under gtin"),
    "a span's end": (f"UPDATE {SPAN} SET valid_to = '2014-06-02' WHERE entity_id = {OF[ACTEMRA]}",
                     SPANS.format(ACTEMRA)),
    "a span's start": (f"UPDATE {SPAN} SET valid_from = '2014-06-02' WHERE entity_id = {OF[ACTEMRA]}",
                       SPANS.format(ACTEMRA)),
    "a span's fact": (f"UPDATE {SPAN} SET fact_id = 1 WHERE entity_id = {OF[ACTEMRA]}", SPANS.format(ACTEMRA)),
    "a span's owner": (f"UPDATE {SPAN} SET entity_id = 1 WHERE entity_id = {OF[ACTEMRA]}",
                       SPANS.format(ACTEMRA)),
    "a span known earlier": (f"UPDATE {SPAN} SET rel_from = 2 WHERE entity_id = {OF[ACTEMRA]}", SPANS.format(ACTEMRA)),
    "a span closed": (f"UPDATE {SPAN} SET rel_to = 4 WHERE entity_id = {OF[ACTEMRA]}", SPANS.format(ACTEMRA)),
    "a span opened again": (f"UPDATE {SPAN} SET rel_to = {OPEN} WHERE entity_id = {OF[ACLASTA]}",
                            SPANS.format(ACLASTA)),
    "a span gone": (f"DELETE FROM {SPAN} WHERE entity_id = {OF[ACTEMRA]}", SPANS.format(ACTEMRA)),
    "a span twice": (
        f"INSERT INTO {SPAN} (id, entity_id, valid_from, valid_to, rel_from, rel_to, fact_id) SELECT 99, entity_id,"
        f" '2010-01-01', '2011-01-01', rel_from, 4, fact_id FROM {SPAN} WHERE entity_id = {OF[ACTEMRA]}",
        SPANS.format(ACTEMRA),
    ),
    "a title": ("UPDATE release SET title = 'x' WHERE seq = 3", BROKEN),
    "a label": ("UPDATE release SET label = 'x' WHERE seq = 3", BROKEN),
    "a release's act": ("UPDATE release SET legal_act_id = legal_act_id + 1 WHERE seq = 3", BROKEN),
    "an instant": ("UPDATE release SET published_at = '2014-04-01T00:00:00.000000Z' WHERE seq = 3",
                   "Release 3 is not later than the one before it"),
    "an author": ("UPDATE release SET author = 'x' WHERE seq = 3", BROKEN),
    "an approver": ("UPDATE release SET approver = 'x' WHERE seq = 3", BROKEN),
    "a publisher": ("UPDATE release SET publisher = 'x' WHERE seq = 3", BROKEN),
    "a count": ("UPDATE release SET n_facts = 1 WHERE seq = 3", BROKEN),
    "a content digest": (f"UPDATE release SET content_digest = '{GENESIS}' WHERE seq = 3", BROKEN),
    "a link": (f"UPDATE release SET prev_digest = '{'f' * 64}' WHERE seq = 3", BROKEN),
    "a seal": (f"UPDATE release SET chain_digest = '{'f' * 64}' WHERE seq = 3", "The chain breaks at release 4"),
    "a release gone": ("DELETE FROM release WHERE seq = 3", "Release 3 is missing"),
    "the first release gone": ("DELETE FROM release WHERE seq = 1", "Release 1 is missing"),
    "the last release gone": ("DELETE FROM release WHERE seq = 4", "Draft 4 is published, by no release"),
    "a release's draft": ("UPDATE release SET draft_id = 99 WHERE seq = 3", "Draft 3 is published, by no release"),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampering_is_found_and_named(published: sa.Engine, what: str) -> None:
    statement, told = TAMPERINGS[what]
    with without_guards(published) as connection:
        done = connection.exec_driver_sql(statement)
        assert done.rowcount == 1
    assert any(told.replace(".release 3.", "(release 3)") in fault for fault in faults(published)), faults(published)


def test_a_whole_release_rewritten_with_its_own_digests_breaks_the_chain(published: sa.Engine) -> None:
    """The last facts and their seals forged together: the link from the next release tells."""
    with without_guards(published) as connection:
        connection.exec_driver_sql(f"UPDATE {FACT} SET ppv = 1 WHERE entity_id = {OF[DOLIPRANE]} AND release = 2")
        forged = dict(connection.execute(sa.text("SELECT * FROM release WHERE seq = 2")).mappings().one())
        forged["content_digest"] = "e" * 64
        connection.execute(sa.text("UPDATE release SET content_digest = :content_digest WHERE seq = 2"), forged)
        connection.exec_driver_sql(f"UPDATE release SET chain_digest = '{'d' * 64}' WHERE seq = 2")
    assert "The chain breaks at release 3." in faults(published)


def test_digests_proved_before_may_be_left_out_and_the_rest_is_whole(published: sa.Engine) -> None:
    assert faults(published, since=4) == []
    with without_guards(published) as connection:
        connection.exec_driver_sql(f"UPDATE {FACT} SET ppv = 1 WHERE entity_id = {OF[ACTEMRA]}")
    assert faults(published, since=3) == []
    assert len(faults(published, since=2)) == 2
    with without_guards(published) as connection:
        connection.exec_driver_sql(f"UPDATE {SPAN} SET valid_to = '2014-06-02' WHERE entity_id = {OF[ACTEMRA]}")
        connection.exec_driver_sql("UPDATE release SET title = 'x' WHERE seq = 2")
    assert {*faults(published, since=4)} == {
        SPANS.format(ACTEMRA) + ".",
        "The chain breaks at release 2.",
        "Release 2 and its draft 2 differ in title.",
    }


def test_a_missing_guard_is_a_fault(published: sa.Engine) -> None:
    with published.begin() as connection:
        on = " ON release" if connection.dialect.name == "postgresql" else ""
        guard = "guard_release_new" if on else "guard_release_chain"
        connection.exec_driver_sql(f"DROP TRIGGER {guard}{on}")
        assert guards.missing(connection) == [guard]
    assert faults(published) == [f"The guard {guard} is missing."]
