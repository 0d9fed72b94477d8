"""The family in a database: its pack is published by the verbs of an editor, and answers as compiled by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.conventions.family import KINDS as FAMILY
from catalog.conventions.lookups import find_tarif_lettre
from catalog.kinds import Kinds
from catalog.orm import Base
from catalog.releases import drafts
from catalog.releases.changes import Change
from catalog.releases.publishing import publish
from catalog.releases.tables import tables_of
from catalog.releases.verifying import verify
from catalog.snapshots.building import build
from catalog.snapshots.reading import Snapshot
from tests.unit.conventions.builders import DAY, KINDS, Fact, at
from tests.unit.conventions.pack import FOLDERS, NEWEST, facts_of, pack

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def change(made: Fact) -> Change:
    payload = None if made.fields is None else KINDS.find(made.kind).load(made.code, made.fields)
    return Change(made.kind, made.code, made.period, payload, made.legal_act, made.source, made.confidence)


def publish_pack(session: Session, kinds: Kinds) -> None:
    for number, folder in enumerate(FOLDERS):
        facts = list(facts_of(folder))
        draft = drafts.open_draft(session, title=folder, author="author", at=NOW, legal_act=facts[0].legal_act)
        drafts.stage(session, kinds, draft, [change(made) for made in facts], by="author", at=NOW)
        drafts.submit(session, kinds, draft, by="author", at=NOW)
        drafts.approve(session, draft, by="approver", at=NOW)
        published = NOW - timedelta(days=len(FOLDERS) - number)
        publish(session, kinds, draft, by="approver", at=NOW, published_at=published)
    session.commit()


@pytest.fixture
def published(session: Session) -> Snapshot:
    publish_pack(session, KINDS)
    return Snapshot(build(session, KINDS), KINDS)


def test_the_published_pack_is_the_compiled_one(published: Snapshot) -> None:
    assert published.head == pack().head == NEWEST
    for kind in FAMILY:
        assert published.codes(kind.name) == pack().codes(kind.name)
        for code in published.codes(kind.name):
            assert published.history(kind.name, code, NEWEST) == pack().history(kind.name, code, NEWEST)


def test_the_published_pack_prices_and_verifies(published: Snapshot, session: Session) -> None:
    tarif = find_tarif_lettre(published, "C", None, "prive", "cnss", at(DAY, NEWEST))
    assert tarif is not None and (tarif.value, len(tarif.notes)) == (8000, 1)
    assert verify(session, KINDS) == []


def test_the_migration_makes_the_tables_of_the_kinds(engine: sa.Engine) -> None:
    made = sa.inspect(engine)
    for kind in FAMILY:
        tables = tables_of(kind, Base.metadata)
        for table in (tables.fact, tables.span):
            columns = {column["name"]: column for column in made.get_columns(table.name)}
            assert set(columns) == set(table.columns.keys()), table.name
            for column in table.columns:
                assert columns[column.name]["nullable"] == column.nullable, f"{table.name}.{column.name}"
