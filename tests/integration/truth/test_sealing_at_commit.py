"""What only shows when a transaction ends: rows of a release that never came."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from catalog.database import writing
from catalog.gmr.family import GTIN
from catalog.legal.family import LEGAL_ACT
from catalog.releases import drafts
from tests.integration.truth.attacks import new, plain
from tests.integration.truth.battle import Battlefield
from tests.integration.truth.copies import Original, fresh
from tests.integration.truth.ground import found

UNSEALED = {
    "a fact": new("fact"),
    "a span": new("span"),
    "a closing": plain("UPDATE {span} SET rel_to = {next} WHERE id = {open_span}"),
}


@pytest.fixture(params=[LEGAL_ACT.name, GTIN.name])
def battlefield(original: Original, request: pytest.FixtureRequest) -> Iterator[Battlefield]:
    with fresh(original) as engine:
        yield engine, found(engine, request.param)


@pytest.mark.parametrize("what", UNSEALED)
def test_what_no_release_seals_is_not_kept(battlefield: Battlefield, what: str) -> None:
    engine, ground = battlefield
    with pytest.raises(sa.exc.IntegrityError, match=r"(?i)foreign key"), engine.begin() as connection:
        for statement in UNSEALED[what](ground):
            assert connection.exec_driver_sql(statement).rowcount == 1
    with engine.begin() as connection:
        for statement in (*UNSEALED[what](ground), ground.insert("release")):
            assert connection.exec_driver_sql(statement).rowcount == 1
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT MAX(seq) FROM release")) == ground.names["next"]


@pytest.mark.parametrize("what", UNSEALED)
def test_sealed_at_last_it_is_sealed_for_ever(battlefield: Battlefield, what: str) -> None:
    engine, ground = battlefield
    with engine.begin() as connection:
        for statement in (*UNSEALED[what](ground), ground.insert("release")):
            connection.exec_driver_sql(statement)
    with pytest.raises(sa.exc.DBAPIError, match="amo: "), engine.begin() as connection:
        for statement in UNSEALED[what](ground):
            connection.exec_driver_sql(statement)


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.parametrize("statement", ["DELETE FROM draft_change WHERE id = {open_change}",
                                       "UPDATE draft_change SET payload = NULL WHERE id = {open_change}"])  # fmt: skip
def test_nobody_submits_a_draft_while_a_change_of_it_is_in_other_hands(
    request: pytest.FixtureRequest, postgres_url: str, statement: str
) -> None:
    """Or what is approved would differ from what was read: the change goes only when its transaction ends."""
    engine = sa.create_engine(postgres_url)
    ground = found(engine, GTIN.name)
    submitted = threading.Event()

    def submit() -> None:
        with writing(engine) as session:
            drafts.find_draft(session, ground.names["open"]).status = "in_review"
        submitted.set()

    with engine.begin() as editing:
        assert editing.exec_driver_sql(ground.sql(statement)).rowcount == 1
        submitter = threading.Thread(target=submit)
        submitter.start()
        assert not submitted.wait(timeout=1)
    submitter.join(timeout=60)
    assert submitted.is_set()
    engine.dispose()
