"""The staged changes of a draft against what is published: natures, filters, and one page of them in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from admin.entries.labels import main_field, one
from admin.entries.values import form_of, write_value
from catalog.gmr.codes import fold
from catalog.kinds import Kind, Kinds, Payload
from catalog.releases.models import Draft, DraftChange, Entity
from catalog.releases.tables import tables_of
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Period

PAGE = 50
NATURES: Mapping[str, tuple[str, str, str]] = {
    "add": ("Ajouts", "+ ajout", "ok"),
    "change": ("Modifications", "~ modif.", "info"),
    "void": ("Retraits", "− retrait", "alarm"),
}
"""By nature, its plural, its badge and the tone of that."""

Difference = tuple[str, str, str]
"""Label of a field, its value before and after, in French."""


@dataclass(frozen=True, slots=True)
class Line:
    """A staged change, its payload still a text."""

    id: int
    kind: str
    code: str
    period: Period
    payload: str | None
    legal_act: str | None
    source: str | None
    confidence: str | None
    reason: str | None
    row: int | None
    made_by: str
    made_at: datetime
    meets: bool = False
    """Whether something is published on one of its days."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days over which a change meets one published value, or none."""

    period: Period
    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class Shown:
    """A change as its page tells it; ``stretches`` has one item for each published value it covers."""

    line: Line
    kind: Kind
    kind_word: str
    name: str
    nature: str
    stretches: Sequence[Stretch]


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of a draft page; an empty text asks nothing."""

    kind: str = ""
    nature: str = ""
    by: str = ""
    q: str = ""
    page: int = 1


def read_lines(session: Session, kinds: Kinds, draft: Draft, release: int) -> list[Line]:
    """Every change of a draft against a release, in order of kind, code and start."""
    columns = DraftChange.__table__.c
    query = (
        sa.select(
            columns.id,
            columns.kind,
            columns.code,
            columns.valid_from,
            columns.valid_to,
            columns.payload,
            columns.legal_act,
            columns.source,
            columns.confidence,
            columns.reason,
            columns.row,
            columns.made_by,
            columns.made_at,
        )
        .where(columns.draft_id == draft.id)
        .order_by(columns.kind, columns.code, columns.valid_from)
    )
    rows: list[tuple[Any, ...]] = [tuple(row) for row in session.execute(query)]
    meeting = {
        number for name in {row[1] for row in rows} for number in _meeting(session, kinds.find(name), draft, release)
    }
    found: list[Line] = []
    for number, kind, code, start, end, *rest in rows:
        line = Line(number, kind, code, Period(start, end), *rest)
        found.append(replace(line, meets=number in meeting))
    return found


def _meeting(session: Session, kind: Kind, draft: Draft, release: int) -> Iterable[int]:
    """The changes of a kind on whose days something is published; asked of the database, which decodes no payload."""
    change, span = DraftChange.__table__.c, tables_of(kind).span.c
    query = (
        sa.select(change.id)
        .join(Entity, sa.and_(Entity.kind == change.kind, Entity.code == change.code))
        .join(tables_of(kind).span, span.entity_id == Entity.id)
        .where(
            change.draft_id == draft.id,
            change.kind == kind.name,
            span.rel_from <= release,
            release < span.rel_to,
            span.valid_from < change.valid_to,
            change.valid_from < span.valid_to,
        )
    )
    return session.scalars(query)


def nature_of(line: Line) -> str:
    """``void`` of a withdrawal, ``change`` of what meets a published value on one of its days, else ``add``."""
    if line.payload is None:
        return "void"
    return "change" if line.meets else "add"


def count_natures(lines: Iterable[Line]) -> Counter[str]:
    return Counter(map(nature_of, lines))


def select(lines: Sequence[Line], asked: Asked) -> list[Line]:
    """The lines that the filters leave."""
    sought = fold(asked.q)
    return [
        line
        for line in lines
        if asked.kind in ("", line.kind)
        and asked.by in ("", line.made_by)
        and asked.nature in ("", nature_of(line))
        and (not sought or sought in fold(f"{line.code} {line.payload or ''} {line.reason or ''}"))
    ]


def cut_page(lines: Sequence[Line], page: int) -> tuple[Sequence[Line], int, int]:
    """The lines of a page, its number within bounds, and how many pages there are."""
    pages = max(1, -(-len(lines) // PAGE))
    page = min(max(page, 1), pages)
    return lines[(page - 1) * PAGE : page * PAGE], page, pages


def show(snapshot: Snapshot, kinds: Kinds, line: Line, release: int) -> Shown:
    """A change with what it strikes out."""
    kind = kinds.find(line.kind)
    payload = None if line.payload is None else kind.from_text(line.payload)
    published = _published(snapshot, line, release)
    stretches = [
        Stretch(period, tuple(differences(kind, before, payload)))
        for period, before in _stretches(line.period, published)
    ]
    known = payload or (published[0].payload if published else {})
    name = main_field(kind)
    title = str(write_value(form_of(kind.fields[name]), name, known.get(name))) if name else ""
    told = [stretch for stretch in stretches if stretch.differences] or stretches[:1]
    return Shown(line, kind, one(kind), title, nature_of(line), told)


def differences(kind: Kind, before: Payload | None, after: Payload | None) -> Iterator[Difference]:
    """The fields that differ, in the order of the schema."""
    for name, field in kind.fields.items():
        was, now = (before or {}).get(name), (after or {}).get(name)
        if was != now and not (before is None and now is False):
            write = partial(write_value, form_of(field), name)
            yield field.label, write(was), write(now)


def _published(snapshot: Snapshot, line: Line, release: int) -> list[Version]:
    known = snapshot.versions(line.kind, line.code, release)
    return [version for version in known if version.period.overlaps(line.period)]


def _stretches(period: Period, published: Sequence[Version]) -> Iterator[tuple[Period, Payload | None]]:
    days: set[date] = {period.start, period.end}
    for version in published:
        days |= {day for day in (version.period.start, version.period.end) if period.start < day < period.end}
    for start, end in pairwise(sorted(days)):
        held: Any = next((version.payload for version in published if version.period.covers(start)), None)
        yield Period(start, end), held
