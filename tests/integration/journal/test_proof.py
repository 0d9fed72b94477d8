"""Tampering with the journal, with published drafts, with the guards: found, named, and nothing more is published."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from catalog.errors import UnknownReleaseError
from catalog.journal.models import GENESIS
from catalog.journal.verifying import Link, prove
from catalog.releases import guards
from catalog.releases.soundness import GuardsDownError, PlantedRowsError
from catalog.releases.verifying import verify
from tests.integration.truth.desk import ACLASTA, FEW_KINDS, JULY, JUNE, Desk, priced
from tests.integration.truth.vandal import without_guards


@pytest.fixture
def published(desk: Desk) -> Iterator[sa.Engine]:
    desk.publish(priced("29.70", JUNE))
    desk.publish(priced("25.00", JULY))
    engine = desk.session.get_bind()
    assert isinstance(engine, sa.Engine)
    desk.session.close()
    yield engine


def faults(engine: sa.Engine, since: int = 0) -> list[str]:
    with sa.orm.Session(engine) as session:
        return verify(session, FEW_KINDS, since=since)


LAST = "(SELECT MAX(seq) FROM journal)"
TAMPERINGS = {
    "an actor": ("UPDATE journal SET actor = 'nobody' WHERE seq = 4", "Entry 4 of the journal was altered."),
    "an instant": ("UPDATE journal SET at = '2001-01-01T00:00:00.000000Z' WHERE seq = 4",
                   "Entry 4 of the journal was altered."),
    "a value": ("UPDATE journal SET after = '{}' WHERE seq = 4", "Entry 4 of the journal was altered."),
    "a digest": (f"UPDATE journal SET digest = '{'d' * 64}' WHERE seq = 4",
                 "The chain of the journal breaks at entry 5."),
    "a link": (f"UPDATE journal SET prev_digest = '{'e' * 64}' WHERE seq = 4",
               "The chain of the journal breaks at entry 4."),
    "an entry gone": ("DELETE FROM journal WHERE seq = 4", "The journal lacks entry 4."),
    "the first entries gone": ("DELETE FROM journal WHERE seq < 4", "The journal lacks entries 1 to 3."),
    "the last entry gone": (f"DELETE FROM journal WHERE seq = {LAST}",
                            "The journal does not tell of release 3 as it is."),
    "a release of which it tells": ("DELETE FROM release WHERE seq = 3",
                                    "The journal tells of release 3, which does not exist."),
    "a draft's title": ("UPDATE draft SET title = 'x' WHERE id = 2", "Release 2 and its draft 2 differ in title."),
    "a draft's approver": ("UPDATE draft SET approver = 'x' WHERE id = 2",
                           "Release 2 and its draft 2 differ in approver."),
    "a draft's ground": ("UPDATE draft SET legal_act = 'arrete-2014-07' WHERE id = 2", "differ in legal_act"),
    "a draft's state": ("UPDATE draft SET status = 'approved' WHERE id = 2",
                        "Release 2 comes from draft 2, which is approved, not published."),
    "a draft's price": ("UPDATE draft_change SET payload = NULL WHERE draft_id = 2",
                        "What draft 2 proposes is not what release 2 sealed."),
    "a draft's change gone": ("DELETE FROM draft_change WHERE draft_id = 2",
                              "What draft 2 proposes is not what release 2 sealed."),
}  # fmt: skip


def test_what_was_not_touched_is_proved(published: sa.Engine) -> None:
    assert faults(published) == []


@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampering_is_found_and_named(published: sa.Engine, what: str) -> None:
    statement, told = TAMPERINGS[what]
    with without_guards(published) as connection:
        assert connection.exec_driver_sql(statement).rowcount > 0
    assert any(told in fault for fault in faults(published)), faults(published)


def test_what_was_proved_and_is_another_now_is_noticed(published: sa.Engine) -> None:
    with sa.orm.Session(published) as session:
        half, found = prove(session, limit=5)
        assert (half.seq, found) == (5, [])
        whole, found = prove(session, half)
        assert (whole, found) == (prove(session)[0], [])
        _, found = prove(session, Link(5, GENESIS))
        assert found[0] == "Entry 5 of the journal is no longer the one that was proved."


@pytest.mark.parametrize("since", [4, 99, -1])
def test_a_release_that_is_none_is_not_begun_from(published: sa.Engine, since: int) -> None:
    with pytest.raises(UnknownReleaseError, match=str(since)):
        faults(published, since)
    assert faults(published, 3) == []


FACT = "medicament_fact"
COPY = (
    f"INSERT INTO {FACT} (id, entity_id, release, valid_from, valid_to, op, legal_act_id, row_digest, nom,"
    f" admis_remboursement) SELECT 999, entity_id, 4, '2030-01-01', '2031-01-01', op, legal_act_id, row_digest, nom,"
    f" admis_remboursement FROM {FACT} WHERE release = 3"
)
SPAN = (
    "INSERT INTO medicament_span (id, entity_id, valid_from, valid_to, rel_from, rel_to, fact_id)"
    f" SELECT 999, entity_id, '2001-01-01', '2002-01-01', 4, {2**31 - 1}, fact_id FROM medicament_span"
    " WHERE id = (SELECT MAX(id) FROM medicament_span)"
)
CLOSED = "UPDATE medicament_span SET rel_to = 4 WHERE id = (SELECT MAX(id) FROM medicament_span)"


def next_draft(engine: sa.Engine) -> Desk:
    session = sa.orm.Session(engine.execution_options(amo_writes=True), expire_on_commit=False)
    desk = Desk(session)
    desk.now = desk.now.replace(year=2015)
    return desk


@pytest.mark.parametrize(
    ("statement", "table"),
    [(COPY, FACT), (SPAN, "medicament_span"), (CLOSED, "medicament_span")],
    ids=["fact", "span", "closing"],
)
def test_nothing_is_published_over_planted_rows(published: sa.Engine, statement: str, table: str) -> None:
    """The guards let rows of the next release in; without foreign keys they stay with no release to seal them."""
    with without_guards(published) as connection:
        assert connection.exec_driver_sql(statement).rowcount == 1
    desk = next_draft(published)
    draft = desk.approved(priced("12.00", JUNE, code=ACLASTA))
    with pytest.raises(PlantedRowsError, match=f"1 in {table}"):
        desk.seal(draft)
    desk.session.close()


ALTERED = {
    "sqlite": (
        "DROP TRIGGER guard_release_update",
        "CREATE TRIGGER guard_release_update BEFORE UPDATE ON release WHEN 0 BEGIN SELECT RAISE(ABORT, 'no'); END",
    ),
    "postgresql": ("CREATE OR REPLACE FUNCTION amo_refuse() RETURNS trigger LANGUAGE plpgsql AS"
                   " $$ BEGIN RETURN NEW; END $$",),
}  # fmt: skip
NARROWED = {
    "sqlite": (
        "DROP TRIGGER guard_journal_delete",
        "CREATE TRIGGER guard_journal_delete BEFORE DELETE ON draft_hand WHEN 0 BEGIN SELECT 1; END",
    ),
    "postgresql": (
        "DROP TRIGGER guard_journal_sealed ON journal",
        "CREATE TRIGGER guard_journal_sealed BEFORE UPDATE OR DELETE ON journal FOR EACH ROW WHEN (false)"
        " EXECUTE FUNCTION amo_refuse()",
    ),
}
BESIDE = {
    "sqlite": ("CREATE TRIGGER mine BEFORE UPDATE ON release BEGIN SELECT RAISE(IGNORE); END",),
    "postgresql": (
        "CREATE FUNCTION mine() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
        "CREATE TRIGGER mine BEFORE UPDATE ON release FOR EACH ROW EXECUTE FUNCTION mine()",
    ),
}


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (ALTERED, "is not as this program sets it"),
        (NARROWED, "is not as this program sets it"),
        (BESIDE, "The trigger mine on a guarded table is none of this program's."),
    ],
    ids=["altered", "narrowed", "beside"],
)
def test_an_altered_guard_is_told_and_stops_publishing(
    published: sa.Engine, statements: dict[str, tuple[str, ...]], told: str
) -> None:
    with published.begin() as connection:
        for statement in statements[connection.dialect.name]:
            connection.exec_driver_sql(statement)
    assert any(told in fault for fault in faults(published))
    desk = next_draft(published)
    draft = desk.approved(priced("12.00", JUNE, code=ACLASTA))
    with pytest.raises(GuardsDownError, match="without its guards"):
        desk.seal(draft)
    desk.session.close()
    if "mine" not in told:
        with published.begin() as connection:
            guards.install(connection)
            assert guards.faults(connection) == []


def test_a_guard_gone_stops_publishing(published: sa.Engine) -> None:
    with published.begin() as connection:
        on = " ON draft_change" if connection.dialect.name == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER guard_change_hand{on}")
    desk = next_draft(published)
    draft = desk.approved(priced("12.00", JUNE, code=ACLASTA))
    with pytest.raises(GuardsDownError, match="guard_change_hand is missing"):
        desk.seal(draft)
    desk.session.close()
