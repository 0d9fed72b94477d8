"""The same rows in databases: SQLite by itself, through SQLAlchemy, and PostgreSQL with a prepared statement."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from benchmarks.lookup_data import Size, rows
from benchmarks.lookup_flat import Ask
from tests.databases import running_postgres

_COLUMNS = "code, valid_from, valid_to, rel_from, rel_to, price"
_IN_FORCE = """SELECT {price} FROM {tables} WHERE {entry} AND valid_from <= ? AND ? < valid_to AND rel_from <= ?
    AND ? < rel_to ORDER BY valid_from DESC, rel_from DESC LIMIT 1"""


class _Base(DeclarativeBase):
    pass


class _Version(_Base):
    __tablename__ = "flat"

    code: Mapped[str] = mapped_column(primary_key=True)
    valid_from: Mapped[int] = mapped_column(primary_key=True)
    rel_from: Mapped[int] = mapped_column(primary_key=True)
    valid_to: Mapped[int]
    rel_to: Mapped[int]
    price: Mapped[int]


def fill(path: Path, size: Size) -> None:
    """One flat table, and the same as entries, facts and spans, each with the index it wants."""
    database = sqlite3.connect(path)
    database.executescript(
        """PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
        CREATE TABLE flat (code TEXT, valid_from INT, valid_to INT, rel_from INT, rel_to INT, price INT,
            PRIMARY KEY (code, valid_from, rel_from)) WITHOUT ROWID;
        CREATE TABLE entity (id INTEGER PRIMARY KEY, code TEXT UNIQUE);
        CREATE TABLE fact (id INTEGER PRIMARY KEY, price INT);
        CREATE TABLE span (entity_id INT, valid_from INT, valid_to INT, rel_from INT, rel_to INT, fact_id INT)"""
    )
    told = ((row.code, row.start, row.end, row.rel_from, row.rel_to, row.price) for row in rows(size))
    database.executemany(f"INSERT INTO flat ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", told)
    database.executescript(
        """INSERT INTO entity (code) SELECT DISTINCT code FROM flat;
        INSERT INTO fact (price) SELECT price FROM flat ORDER BY code, valid_from, rel_from;
        INSERT INTO span SELECT entity.id, valid_from, valid_to, rel_from, rel_to,
            row_number() OVER (ORDER BY flat.code, valid_from, rel_from) FROM flat JOIN entity USING (code);
        CREATE INDEX span_at ON span (entity_id, valid_from, rel_from)"""
    )
    database.close()


def _ask(database: sqlite3.Connection, statement: str) -> Ask:
    def ask(code: str, day: int, release: int) -> int:
        found = database.execute(statement, (code, day, day, release, release)).fetchone()
        return int(found[0]) if found else 0

    return ask


def in_sqlite(path: Path) -> tuple[Ask, Ask]:
    """The flat table, and the normalised ones."""
    database = sqlite3.connect(path)
    flat = _IN_FORCE.format(price="price", tables="flat", entry="code = ?")
    joined = "span JOIN fact ON fact.id = span.fact_id"
    by_joins = _IN_FORCE.format(
        price="price", tables=joined, entry="entity_id = (SELECT id FROM entity WHERE code = ?)"
    )
    return _ask(database, flat), _ask(database, by_joins)


def in_sqlalchemy(path: Path) -> tuple[Ask, Ask]:
    """A statement of Core, made once, over a connection kept; and an entity of the ORM, in a session of its own."""
    engine = sa.create_engine(f"sqlite:///{path}")
    table = _Version.__table__
    day, release, code = sa.bindparam("day"), sa.bindparam("release"), sa.bindparam("code")

    def narrowed(wanted: Any) -> Any:
        held = (table.c.code == code, table.c.valid_from <= day, table.c.valid_to > day)
        known = (table.c.rel_from <= release, table.c.rel_to > release)
        return sa.select(wanted).where(*held, *known).order_by(table.c.valid_from.desc()).limit(1)

    statement, entity, connection = narrowed(table.c.price), narrowed(_Version), engine.connect()

    def by_core(code: str, day: int, release: int) -> int:
        found = connection.execute(statement, {"code": code, "day": day, "release": release}).scalar()
        return found or 0

    def by_orm(code: str, day: int, release: int) -> int:
        with Session(engine) as session:
            found = session.scalar(entity, {"code": code, "day": day, "release": release})
            return found.price if found else 0

    return by_core, by_orm


@contextmanager
def in_postgres(size: Size) -> Iterator[Ask]:
    """A prepared statement over a socket of the machine. Raises NoServerError."""
    with running_postgres() as server:
        name = server.create_database()
        with psycopg.connect(server.url(name).replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(
                "CREATE TABLE flat (code text, valid_from int, valid_to int, rel_from int, rel_to int, price int)"
            )
            with connection.cursor().copy(f"COPY flat ({_COLUMNS}) FROM STDIN") as copy:
                for row in rows(size):
                    copy.write_row((row.code, row.start, row.end, row.rel_from, row.rel_to, row.price))
            connection.execute("ALTER TABLE flat ADD PRIMARY KEY (code, valid_from, rel_from)")
            connection.execute("VACUUM ANALYZE flat")
            statement = _IN_FORCE.format(price="price", tables="flat", entry="code = ?").replace("?", "%s")
            cursor = connection.cursor()

            def ask(code: str, day: int, release: int) -> int:
                found = cursor.execute(statement, (code, day, day, release, release), prepare=True).fetchone()
                return int(found[0]) if found else 0

            yield ask
