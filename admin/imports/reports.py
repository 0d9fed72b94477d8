"""A report on disk, in a form that answers one page of it without reading the rest: an SQLite file of its own."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from admin.imports.lines import Line
from catalog.importing.layout import fold
from catalog.kinds import Kinds
from catalog.releases.changes import Change
from catalog.temporal import Period

ROWS_A_PAGE = 100
MOST_ROWS = 2**31
"""No report has as many, and SQLite still counts that far."""

_SCHEMA = """
CREATE TABLE meta (content TEXT NOT NULL);
CREATE TABLE line (
  position INTEGER PRIMARY KEY, row INTEGER, verdict TEXT NOT NULL, severity TEXT NOT NULL,
  search TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX line_verdict ON line (verdict, position);
CREATE INDEX line_severity ON line (severity, position);
CREATE INDEX line_row ON line (row);
CREATE TABLE finding (rule TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (rule, position)) WITHOUT ROWID;
CREATE TABLE change (
  position INTEGER PRIMARY KEY, kind TEXT, code TEXT, start TEXT, finish TEXT, payload TEXT, legal_act TEXT,
  source TEXT, confidence TEXT, reason TEXT, row INTEGER
);
"""
_CHOSEN = """
FROM line WHERE (:verdict = '' OR verdict = :verdict) AND (:severity = '' OR severity = :severity)
AND (:rule = '' OR position IN (SELECT position FROM finding WHERE rule = :rule))
AND (:text = '' OR search LIKE :text ESCAPE '\\')
"""
_COUNT = "SELECT count(*)" + _CHOSEN
_PAGE = "SELECT body" + _CHOSEN + "ORDER BY position LIMIT :size OFFSET :passed"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which lines are wanted; an empty text asks nothing."""

    verdict: str = ""
    severity: str = ""
    rule: str = ""
    text: str = ""

    @property
    def parameters(self) -> dict[str, str]:
        text = fold(self.text)
        for sign in ("\\", "%", "_"):
            text = text.replace(sign, f"\\{sign}")
        return {**asdict(self), "text": f"%{text}%" if text else ""}


def write_report(
    path: Path, kinds: Kinds, meta: Mapping[str, Any], lines: Iterable[Line], changes: Iterable[Change]
) -> None:
    """Beside first, then in one step in place of the former: whoever reads the former reads it to its end."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    with closing(sqlite3.connect(beside)) as made:
        made.executescript(_SCHEMA)
        made.execute("INSERT INTO meta VALUES (?)", (json.dumps(meta, ensure_ascii=False),))
        for position, line in enumerate(lines, 1):
            body = json.dumps(asdict(line), ensure_ascii=False)
            made.execute(
                "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)",
                (position, line.row, line.verdict, line.severity, line.search, body),
            )
            rules = {found["rule"] for found in line.findings}
            made.executemany("INSERT INTO finding VALUES (?, ?)", [(rule, position) for rule in rules])
        made.executemany(
            "INSERT INTO change VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (_stored(kinds, one) for one in changes)
        )
        made.commit()
    beside.replace(path)


def _stored(kinds: Kinds, change: Change) -> tuple[Any, ...]:
    payload = None if change.payload is None else kinds.find(change.kind).to_text(change.payload)
    start, finish = change.period.start.isoformat(), change.period.end.isoformat()
    carried = (change.legal_act, change.source, change.confidence, change.reason, change.row)
    return (change.kind, change.code, start, finish, payload, *carried)


@dataclass(frozen=True, slots=True)
class ReportFile:
    """Questions to a report; each opens the file and closes it."""

    path: Path

    def meta(self) -> dict[str, Any]:
        """Counts, rules, notes and what the report was judged against."""
        ((content,),) = self._ask("SELECT content FROM meta", {})
        found: dict[str, Any] = json.loads(content)
        return found

    def page(self, wanted: Filter, number: int, size: int = ROWS_A_PAGE) -> tuple[list[dict[str, Any]], int]:
        """The lines of one page, from 1, and how many there are in all."""
        told, passed = wanted.parameters, min((number - 1) * size, MOST_ROWS)
        ((total,),) = self._ask(_COUNT, told)
        rows = self._ask(_PAGE, {**told, "size": size, "passed": passed})
        return [json.loads(body) for (body,) in rows], total

    def totals(self) -> dict[str, int]:
        """Lines by verdict, and by severity under its own name."""
        verdicts = self._ask("SELECT verdict, count(*) FROM line GROUP BY verdict", {})
        severities = self._ask("SELECT severity, count(*) FROM line WHERE severity <> '' GROUP BY severity", {})
        return dict([*verdicts, *severities])

    def row(self, number: int) -> dict[str, Any] | None:
        """The line of one row of the file."""
        told = {"row": min(number, MOST_ROWS)}
        found = self._ask("SELECT body FROM line WHERE row = :row ORDER BY position LIMIT 1", told)
        return json.loads(found[0][0]) if found else None

    def changes(self, kinds: Kinds) -> Iterator[Change]:
        """What the file proposes, in its order."""
        for _, kind, code, start, finish, payload, *carried in self._ask("SELECT * FROM change ORDER BY position", {}):
            typed = None if payload is None else kinds.find(kind).from_text(payload)
            yield Change(kind, code, Period(date.fromisoformat(start), date.fromisoformat(finish)), typed, *carried)

    def _ask(self, query: str, told: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as opened:
            return opened.execute(query, told).fetchall()
