"""SQLite and PostgreSQL seal the same facts under the same digests, in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from catalog.database import open_engine
from catalog.gmr.family import GROUPE
from catalog.kinds import Kind, Kinds
from catalog.legal.family import LEGAL_ACT
from catalog.registry import KINDS
from catalog.releases import truth
from catalog.releases.changes import Change
from catalog.releases.models import Release
from catalog.releases.verifying import verify
from catalog.snapshots.building import build
from catalog.snapshots.packing import encode
from catalog.temporal import DAWN, Moment, Period
from tests.integration.truth.desk import (
    ACLASTA,
    ERRATUM,
    JULY,
    JUNE,
    MAY,
    Desk,
    enacted,
    medicine,
    priced,
    withdrawn,
)
from tests.integration.truth.payloads import payloads

ALL = sorted(KINDS, key=lambda kind: kind.name)


def history(desk: Desk) -> None:
    """Codes that a French order sorts otherwise than bytes do, Arabic, and instants with microseconds."""
    desk.publish(enacted(), enacted(ERRATUM), enacted("arrete-2014-06-bis"))
    groups = [
        Change(GROUPE.name, code, Period(DAWN), GROUPE.load(code, {"libelle": f"Groupe {code}", "dci": ["É", "e"]}))
        for code in ("A-1", "A 1", "a1", "AB", "A_B", "É9", "Z")
    ]
    desk.now = desk.now.replace(microsecond=123456)
    desk.publish(*groups, priced("29.70", MAY), priced("12.00", MAY, code=ACLASTA, source="S:8"), label="7.06")
    named = medicine("31.70", nom_ar="دوليبران", dci=["PARACÉTAMOL", "CAFÉINE"])
    desk.publish(Change("medicament", "6118000100058", Period(JUNE, JULY), named, legal_act=ERRATUM))
    desk.publish(withdrawn(JUNE, code=ACLASTA))


@contextmanager
def desk_at(url: str) -> Iterator[Desk]:
    engine = open_engine(url)
    with Session(engine.execution_options(amo_writes=True), expire_on_commit=False) as session:
        yield Desk(session, KINDS)
    engine.dispose()


def seals(desk: Desk) -> list[tuple[Any, ...]]:
    columns = (Release.seq, Release.published_at, Release.n_facts, Release.content_digest, Release.chain_digest)
    return [tuple(row) for row in desk.session.execute(sa.select(*columns).order_by(Release.seq))]


@pytest.mark.slow
@pytest.mark.postgres
def test_the_same_facts_give_the_same_chain_and_the_same_snapshot(sqlite_url: str, postgres_url: str) -> None:
    with ExitStack() as stack:
        one, other = (stack.enter_context(desk_at(url)) for url in (sqlite_url, postgres_url))
        for desk in (one, other):
            history(desk)
            assert verify(desk.session, KINDS) == []
        assert seals(one) == seals(other)
        assert len(seals(one)) == 4
        assert encode(build(one.session, KINDS)) == encode(build(other.session, KINDS))
        for kind in ALL:
            codes = [list(truth.in_force(desk.session, kind, Moment(JUNE, 4))) for desk in (one, other)]
            assert codes[0] == codes[1] == sorted(codes[0])


@pytest.mark.slow
@pytest.mark.parametrize("kind", ALL, ids=[kind.name for kind in ALL])
def test_payloads_come_back_as_they_were_published(session: Session, kind: Kind) -> None:
    any_code = replace(kind, parse_code=str)
    desk = Desk(session, Kinds((LEGAL_ACT, any_code)))
    drawn = examples(kind)
    days = [date(2014, 1, 1) + timedelta(days=number) for number in range(len(drawn))]
    changes = [
        Change(kind.name, "any-code", Period(day, day + timedelta(days=1)), payload)
        for day, payload in zip(days, drawn, strict=True)
    ]
    desk.publish(enacted(), *changes)
    spans = truth.standing_spans(session, kind, ["any-code"])["any-code"]
    assert [span.held.payload for span in spans] == drawn
    assert verify(session, desk.kinds) == []


def examples(kind: Kind) -> list[dict[str, Any]]:
    drawn: list[dict[str, Any]] = []

    @given(st.lists(payloads(kind), min_size=8, max_size=8))
    @settings(max_examples=3, database=None, derandomize=True, deadline=None, phases=[Phase.generate])
    def draw(several: list[dict[str, Any]]) -> None:
        drawn.extend(several)

    draw()
    return drawn
