"""Where attacks take place: a catalogue with a row of every sort, and statements built from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.gmr.family import GTIN
from catalog.journal import record
from catalog.kinds import Kinds
from catalog.legal.family import LEGAL_ACT
from catalog.releases import drafts
from catalog.releases.changes import Change
from catalog.releases.models import Draft, Entity, Release
from catalog.releases.tables import OPEN, tables_of
from catalog.temporal import Period
from tests.integration.truth.desk import (
    ACT,
    AUGUST,
    CHIEF,
    DOLIPRANE,
    ERRATUM,
    JULY,
    JUNE,
    MAY,
    OPENING,
    SECOND,
    Desk,
    enacted,
)

LATER = "2020-01-01T00:00:00.000000Z"
ORPHAN = 90
"""An entity that no row refers to."""


@dataclass(frozen=True)
class Named:
    """A value known once the ground is laid."""

    name: str


@dataclass
class Ground:
    """The rows an attack may name. ``kind`` is the one whose facts and spans are attacked."""

    dialect: str
    kind: str
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    names: dict[str, Any] = field(default_factory=dict)

    def sql(self, text: str) -> str:
        """``text`` with {names} of this ground put in; values as literals."""
        return text.format(**{name: literal(value) for name, value in self.names.items()}, **self.tables)

    @property
    def tables(self) -> dict[str, str]:
        return {"fact": f"{self.kind}_fact", "span": f"{self.kind}_span"}

    def insert(self, sort: str, *, verb: str = "INSERT", after: str = "", **changed: Any) -> str:
        """A legal new row of a sort, but for what is ``changed``."""
        row = self.rows[sort] | changed
        values = ", ".join(
            literal(self.names[value.name] if isinstance(value, Named) else value) for value in row.values()
        )
        table = self.tables.get(sort, sort)
        return f"{verb} INTO {table} ({', '.join(row)}) VALUES ({values}) {after}".strip()


def literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"


def found(engine: sa.Engine, kind_name: str) -> Ground:
    """Publishes and proposes enough on an empty or an older catalogue, and names it."""
    kinds = Kinds((LEGAL_ACT, GTIN) if kind_name == GTIN.name else (LEGAL_ACT,))
    with Session(engine.execution_options(amo_writes=True), expire_on_commit=False) as session:
        last = session.scalar(sa.select(sa.func.max(Release.published_at)))
        desk = Desk(session, kinds, last or OPENING)
        names = _publish(desk, kind_name) | _propose(desk, kind_name)
        session.commit()
    return found_again(engine, Ground(engine.dialect.name, kind_name, names=names))


def found_again(engine: sa.Engine, ground: Ground) -> Ground:
    """The same ground on the schema and after the releases there are now."""
    with Session(engine.execution_options(amo_writes=True), expire_on_commit=False) as session:
        anew = Ground(ground.dialect, ground.kind, names=ground.names | _last_release(session))
        _name_rows(session, anew)
        if "journal" in sa.inspect(session.connection()).get_table_names():
            _name_journal(session, anew)
        session.commit()
    return anew


def _last_release(session: Session) -> dict[str, Any]:
    last = session.scalars(sa.select(Release).order_by(Release.seq.desc()).limit(1)).one()
    return {
        "head": last.seq,
        "next": last.seq + 1,
        "after_next": last.seq + 2,
        "chain": last.chain_digest,
        "previous_chain": last.prev_digest,
        "last_instant": last.published_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    }


def _name_journal(session: Session, ground: Ground) -> None:
    if session.scalar(sa.text("SELECT COUNT(*) FROM journal")) == 0:
        # The way down threw it away: an attack needs an entry to attack.
        record(session, at=OPENING, actor=CHIEF, action="draft.opened", subject="draft 1")
    last = _row(session, "journal", "seq = (SELECT MAX(seq) FROM journal)")
    ground.names |= {
        "entry": last["seq"],
        "entry_next": last["seq"] + 1,
        "entry_after_next": last["seq"] + 2,
        "entry_digest": last["digest"],
        "entry_prev": last["prev_digest"],
    }
    ground.rows["journal"] = last | {
        "seq": Named("entry_next"), "at": LATER, "prev_digest": Named("entry_digest"), "digest": "e" * 64,
    }  # fmt: skip
    ground.rows["draft_hand"] = {"draft_id": Named("in_review"), "name": "nobody"}


def _change(kind: str, start: date, end: date, text: str, code: str | None = None) -> Change:
    if kind == GTIN.name:
        return Change(kind, code or DOLIPRANE, Period(start, end), {"presentation": DOLIPRANE, "remarque": text})
    act = enacted(code or ACT)
    return Change(kind, act.code, Period(start, end), dict(act.payload or {}) | {"title": text})


def _publish(desk: Desk, kind: str) -> dict[str, Any]:
    if desk.session.scalar(sa.select(sa.func.count()).select_from(Release)) == 0:
        desk.publish(enacted(), enacted(ERRATUM), label="07-01")
    desk.publish(_change(kind, MAY, date(2030, 1, 1), "first"))
    last = desk.publish(_change(kind, JUNE, JULY, "second"))
    if desk.session.get(Entity, ORPHAN) is None:
        desk.session.add(Entity(id=ORPHAN, kind="nothing", code="orphan"))
    return {"open_end": OPEN, "published": last.draft_id}


def _propose(desk: Desk, kind: str) -> dict[str, Any]:
    """An open draft and one in each later state, all with changes of two hands; and an empty one."""
    drafted: dict[str, Draft] = {}
    for name, state in (("open", 0), ("in_review", 1), ("approved", 2), ("rejected", 3)):
        draft = drafted[name] = desk.draft(_change(kind, MAY, JUNE, "mine"))
        desk.stage(draft, _change(kind, JULY, AUGUST, "ours"), by=SECOND)
        if state > 0:
            desk.submit(draft)
        if state == 2:
            desk.approve(draft)
        if state == 3:
            drafts.reject(desk.session, draft, by=CHIEF, at=desk.tick())
    drafted["empty"] = desk.draft()
    desk.session.flush()
    return {name: draft.id for name, draft in drafted.items()}


def _name_rows(session: Session, ground: Ground) -> None:
    kind = GTIN if ground.kind == GTIN.name else LEGAL_ACT
    fact, span = tables_of(kind).fact, tables_of(kind).span
    names = ground.names
    still = session.execute(sa.select(span).where(span.c.rel_to == OPEN).order_by(span.c.id.desc())).mappings().first()
    gone = session.execute(sa.select(span).where(span.c.rel_to < OPEN).order_by(span.c.id.desc())).mappings().first()
    assert still
    assert gone
    names |= {"open_span": still["id"], "closed_span": gone["id"]}
    row = dict(session.execute(sa.select(fact).where(fact.c.id == still["fact_id"])).mappings().one())
    names["old_fact"] = row["id"]
    early = {"valid_from": date(2001, 1, 1), "valid_to": date(2002, 1, 1)}
    ground.rows["fact"] = row | early | {"id": 9001, "release": Named("next")}
    kept = {name: value for name, value in still.items() if name != "closed_by"}
    ground.rows["span"] = kept | early | {"id": 9001, "rel_from": Named("next"), "rel_to": OPEN}
    ground.rows["entity"] = {"id": 90_001, "kind": "nothing", "code": "another"}
    ground.rows["release"] = _row(session, "release", f"seq = {names['head']}") | {
        "seq": Named("next"), "label": None, "draft_id": Named("approved"), "published_at": LATER,
        "prev_digest": Named("chain"), "chain_digest": "f" * 64,
    }  # fmt: skip
    ground.rows["draft"] = _row(session, "draft", f"id = {names['empty']}") | {"id": 9001, "created_at": LATER}
    change = sa.table("draft_change", sa.column("id"), sa.column("draft_id"))
    for name in ("open", "in_review"):
        lines = session.scalars(sa.select(change.c.id).where(change.c.draft_id == names[name]).order_by(change.c.id))
        names[f"{name}_change"] = lines.first()
    line = session.execute(sa.text(f"SELECT * FROM draft_change WHERE id = {names['open_change']}")).mappings().one()
    ground.rows["draft_change"] = dict(line) | early | {"id": 9001, "made_at": LATER}


def _row(session: Session, table: str, condition: str) -> dict[str, Any]:
    """As the database has it: an older schema lacks columns that the models have."""
    return dict(session.execute(sa.text(f"SELECT * FROM {table} WHERE {condition}")).mappings().one())
