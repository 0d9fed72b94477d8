"""The guards as the databases tell them, in a form that shows any difference from those this program sets."""

from __future__ import annotations

import re
from collections.abc import Iterable

import sqlalchemy as sa

from catalog.releases.guards_postgresql import postgresql_exclusions, postgresql_functions, postgresql_triggers
from catalog.releases.guards_sqlite import sqlite_guards

Standing = dict[str, tuple[str, str]]
"""What stands, by name: its table, and all that makes it what it is."""

_BITS = {"BEFORE": 2, "AFTER": 0, "INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32, "ROW": 1, "STATEMENT": 0}
"""``pg_trigger.tgtype``: when, on what and how often a trigger fires."""

_TRIGGERS = """
    SELECT tgname, tgrelid::regclass::text, tgtype::integer, proname, prosrc,
           tgenabled = 'O' AND tgqual IS NULL AND tgattr = ''::int2vector AS is_whole
    FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_class ON pg_class.oid = tgrelid
    WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace
"""
_EXCLUSIONS = """
    SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE contype = 'x' AND connamespace = current_schema()::regnamespace
"""


_TABLE = re.compile(r" ON (\w+)")


def sqlite_standing(connection: sa.Connection) -> Standing:
    """The text of each trigger. SQLite keeps it as it was given."""
    query = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
    return {name: (table, text) for name, table, text in connection.execute(sa.text(query))}


def sqlite_expected(kinds: Iterable[str], has_journal: bool) -> Standing:
    """What ``sqlite_standing`` tells when every guard is as this program sets it."""
    expected = {}
    for name, body in sqlite_guards(kinds, has_journal=has_journal):
        table = _TABLE.search(body)
        expected[name] = (table[1] if table else "", f"CREATE TRIGGER {name} {body}")
    return expected


def postgresql_standing(connection: sa.Connection) -> Standing:
    """Each trigger with its table, its events and the text of its function; each exclusion with its definition.

    A trigger that is asleep, or that a condition or a list of columns narrows, is told apart.
    """
    standing = {}
    for name, table, kind, function, text, is_whole in connection.execute(sa.text(_TRIGGERS)):
        standing[name] = table, _trigger(kind, function, text) + ("" if is_whole else " not always")
    for name, table, definition in connection.execute(sa.text(_EXCLUSIONS)):
        standing[name] = table, definition
    return standing


def postgresql_expected(kinds: Iterable[str], has_journal: bool) -> Standing:
    """What ``postgresql_standing`` tells when every guard is as this program sets it."""
    names = list(kinds)
    texts = postgresql_functions(has_journal=has_journal)
    expected = {}
    for name, table, event, level, function in postgresql_triggers(names, has_journal=has_journal):
        kind = _BITS[level] + sum(_BITS[word] for word in event.split() if word != "OR")
        expected[name] = table, _trigger(kind, function, texts[function])
    return expected | {name: (table, definition) for name, table, definition in postgresql_exclusions(names)}


def _trigger(kind: int, function: str, text: str) -> str:
    return f"{kind} {function}: {text}"
