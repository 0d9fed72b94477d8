"""Datasette over an SQLite export of the versions of the medicines: one indexed table, one canned as-of query."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.http_load import Question
from benchmarks.serving import HOST
from catalog.snapshots.reading import Snapshot

FRAME = ("code TEXT", "valid_from TEXT", "valid_to TEXT", "rel_from INTEGER", "rel_to INTEGER", "legal_act TEXT")
AS_OF = """
SELECT * FROM version
WHERE code = :code AND valid_from <= :day AND valid_to > :day AND rel_from <= :release AND rel_to > :release
"""


def export(folder: Path, snapshot: Snapshot) -> Path:
    """Every version of every medicine, on both clocks, and the query over them."""
    path = folder / "versions.db"
    fields = list(snapshot.kinds.find("medicament").fields)
    connection = sqlite3.connect(path)
    connection.execute(f"CREATE TABLE version ({', '.join((*FRAME, *fields))})")
    slots = ", ".join("?" * (len(FRAME) + len(fields)))
    connection.executemany(f"INSERT INTO version VALUES ({slots})", _rows(snapshot, fields))
    connection.execute("CREATE INDEX version_at ON version (code, valid_from, rel_from)")
    connection.commit()
    connection.execute("ANALYZE")
    connection.close()
    queries = {"databases": {"versions": {"queries": {"as_of": {"sql": AS_OF}}}}}
    (folder / "metadata.json").write_text(json.dumps(queries), encoding="utf-8")
    return path


def _rows(snapshot: Snapshot, fields: Sequence[str]) -> Iterator[list[Any]]:
    for code in snapshot.codes("medicament"):
        for one in snapshot.history("medicament", code, snapshot.head):
            period = (one.period.start.isoformat(), one.period.end.isoformat())
            values = (_plain(one.payload[name]) for name in fields)
            yield [one.code, *period, one.rel_from, one.rel_to, one.legal_act, *values]


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | None) else json.dumps(value, default=str, ensure_ascii=False)


def questions(pairs: Sequence[tuple[str, date]], release: int) -> list[Question]:
    told = f"release={release}&_shape=array"
    return [Question(f"/versions/as_of.json?code={code}&day={day}&{told}") for code, day in pairs]


def options(path: Path, port: int) -> list[str]:
    """Told that the file does not change, which is its fastest way of serving."""
    metadata = str(path.with_name("metadata.json"))
    return ["serve", "--immutable", str(path), "--metadata", metadata, "--host", HOST, "--port", str(port)]
