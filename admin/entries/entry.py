"""What the page of an entry is drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from admin.entries.about import about
from admin.entries.asking import Question
from admin.entries.cells import TONES, presentation_text
from admin.entries.columns import columns_of
from admin.entries.history import FieldChange, history
from admin.entries.labels import choice_text, many, one
from admin.entries.links import clocks
from admin.entries.listing import find_places
from admin.entries.prices import prices
from admin.entries.related import REFERENCES, sections_around
from admin.entries.sections import Around, Item, name_of, period_text
from admin.entries.staged import WRITING, staged_for
from admin.entries.tables import Table, table_of
from admin.room import holds
from admin.workplace import Workplace
from catalog.kinds import Kind
from catalog.releases.changes import Change
from catalog.releases.telling import find_act
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import merge_touching


@dataclass(frozen=True, slots=True)
class Shown:
    """A field of the entry: its name, the word the glossary may explain, what it means in French, its value."""

    label: str
    term: str
    about: str
    value: Item


@dataclass(frozen=True, slots=True)
class Proposed:
    """A change that the current draft stages for the entry; no field where it withdraws it."""

    period: str
    is_void: bool
    changes: Sequence[FieldChange]
    reason: str


def show_entry(place: Workplace, snapshot: Snapshot, question: Question, code: str) -> dict[str, Any]:
    """Everything the template ``entry.html`` shows of a code that was published at least once."""
    kind, moment = question.kind, question.moment
    version = snapshot.find(kind.name, code, moment)
    known = snapshot.versions(kind.name, code, moment.release)
    told = version or next(iter(known), None)
    around = Around(snapshot, kind, code, version, moment, clocks(question.address))
    table = table_of(snapshot, kind, moment)
    draft, staged = staged_for(place, kind, code)
    name = name_of(kind, told) if told else code
    return {
        "question": question,
        "kind": kind,
        "code": code,
        "name": name,
        "title": many(kind),
        "one": one(kind),
        "subtitle": presentation_text(told.payload) if told and kind.name == "medicament" else "",
        "version": version,
        "latest": told,
        "fields": _fields(around, told) if told else [],
        "act": find_act(snapshot, told.legal_act, moment) if told else None,
        "period": period_text(told.period) if told else "",
        "confidence": choice_text("confidence", told.confidence) if told and told.confidence else "",
        "periods": [period_text(period) for period in merge_touching(v.period for v in known)],
        "history": history(snapshot, kind, code, moment),
        "prices": prices(snapshot, kind, code, name, moment, place.today()),
        "sections": sections_around(around),
        "neighbours": neighbours(table, question, code),
        "draft": draft,
        "proposed": [_proposed(kind, change, known) for change in staged],
        "may_write": holds(WRITING),
        "is_newest": moment.release == snapshot.head,
        "releases": list(reversed(snapshot.releases)),
        "kept": around.kept,
        "period_text": period_text,
    }


def _fields(around: Around, told: Version) -> list[Shown]:
    columns = columns_of(around.kind)
    named = [name for name, column in columns.items() if column.made_of is not None]
    derived = [name for name in ("statut",) if name in columns and name not in named]
    return [_shown(around, told, name) for name in (*named, *derived)]


def _shown(around: Around, told: Version, name: str) -> Shown:
    column = columns_of(around.kind)[name]
    value = column.read(told)
    target = REFERENCES.get((around.kind.name, name))
    href = around.link(target, value) if target and value else None
    tone = TONES.get((name, value)) if isinstance(value, str) else None
    return Shown(column.label, column.heading, about(around.kind.name, name), Item(column.write(value), href, tone))


def _proposed(kind: Kind, change: Change, known: Sequence[Version]) -> Proposed:
    """A staged change against what is published on its first day."""
    published = next((version for version in known if version.period.covers(change.period.start)), None)
    before = published.payload if published else dict.fromkeys(kind.fields)
    after = change.payload
    columns = columns_of(kind)
    changed = [] if after is None else [name for name in kind.fields if before[name] != after[name]]
    return Proposed(
        period_text(change.period),
        change.is_void,
        [
            FieldChange(columns[name].label, columns[name].write(before[name]), columns[name].write(after[name]))
            for name in changed
            if after is not None
        ],
        change.reason or "",
    )


def neighbours(table: Table, question: Question, code: str) -> tuple[str | None, str | None]:
    """The codes before and after one in the list that led to it; None at its ends, and for a code it does not hold."""
    place = table.places.get(code)
    places = find_places(table, question)
    if place is None or place not in places:
        return None, None
    rank = places.index(place)
    before = table.versions[places[rank - 1]].code if rank > 0 else None
    after = table.versions[places[rank + 1]].code if rank + 1 < len(places) else None
    return before, after
