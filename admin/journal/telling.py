"""An entry of the journal as lines a person reads: of each value, what it was and what it became."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from admin.french import kind_name, role_name, state_name, value_name
from admin.journal.words import WAYS, label
from catalog.errors import CatalogError
from catalog.fields import DayField, EntryField, FlagField, MoneyField, RateField
from catalog.french import write_centimes, write_instant, write_number, write_short_day
from catalog.journal.reading import Entry
from catalog.kinds import Kind, Kinds

_ENTRY = re.compile(r"^(?P<kind>[a-z_]+) (?P<code>.+) (?P<start>\.\.|\d{4}-\d\d-\d\d)/(?P<end>\.\.|\d{4}-\d\d-\d\d)$")
_INSTANT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")
_DAY = re.compile(r"^\d{4}-\d\d-\d\d$")
_DIGEST = re.compile(r"^[0-9a-f]{64}$")
FEW = 3
"""Changed values, and notes, that a list shows of an entry."""
LONG = 120


@dataclass(frozen=True, slots=True)
class Line:
    """A value that changed; ``old`` and ``new`` are French, '' where there was or is nothing."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Group:
    """The lines about one entry and period, or about the subject itself; ``plural`` and ``code`` link to the entry."""

    title: str
    lines: tuple[Line, ...]
    plural: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An entry and what it says: groups of changed values, and what was noted beside."""

    entry: Entry
    groups: tuple[Group, ...]
    notes: tuple[tuple[str, str], ...]

    @property
    def short(self) -> list[tuple[str, Line]]:
        """The first lines, each with its group's title, for a list."""
        lines = [(group.title, line) for group in self.groups for line in group.lines][:FEW]
        return [(title, Line(line.label, abridge(line.old), abridge(line.new))) for title, line in lines]

    @property
    def short_notes(self) -> list[tuple[str, str]]:
        return [(name, abridge(text)) for name, text in self.notes][:FEW]

    @property
    def rest(self) -> int:
        return max(0, sum(len(group.lines) for group in self.groups) - FEW)


def tell(kinds: Kinds, entry: Entry) -> Told:
    """An entry in French."""
    return Told(entry, tuple(_groups(kinds, entry)), tuple(_notes(kinds, entry.detail)))


def _groups(kinds: Kinds, entry: Entry) -> Iterator[Group]:
    before, after = _as_mapping(entry.before), _as_mapping(entry.after)
    names = list({**before, **after})
    own = [name for name in names if not _ENTRY.match(name)]
    if own:
        lines = (Line(label(name), show(name, before.get(name)), show(name, after.get(name))) for name in own)
        yield Group("", tuple(line for line in lines if line.old or line.new))
    for name in names:
        found = _ENTRY.match(name)
        if found:
            yield _entry_group(kinds, found, before.get(name), after.get(name))


def _as_mapping(value: Any) -> Mapping[str, Any]:
    if value is None:
        return {}
    return value if isinstance(value, dict) else {"": value}


def _entry_group(kinds: Kinds, found: re.Match[str], before: Any, after: Any) -> Group:
    kind = kinds.find(found["kind"]) if found["kind"] in kinds else None
    was, now = _as_mapping(before), _as_mapping(after)
    # JSON came back in the order of its keys; people expect that of the forms.
    order = [*(kind.fields if kind else ()), *was, *now]
    names = sorted({**was, **now}, key=order.index)
    lines = tuple(_field_line(kind, name, was.get(name), now.get(name)) for name in names)
    if after is None:
        lines = (*lines, Line("Proposé", "", "plus rien"))
    title = f"{kind_name(found['kind'])} {found['code']}, {_period(found['start'], found['end'])}"
    return Group(title, lines, kind.plural if kind else None, found["code"])


def _period(start: str, end: str) -> str:
    since = "" if start == ".." else f"à partir du {write_short_day(start)}"
    until = "" if end == ".." else f"jusqu’au {write_short_day(end)} exclu"
    return " ".join(filter(None, (since, until))) or "de tout temps"


def _field_line(kind: Kind | None, name: str, was: Any, now: Any) -> Line:
    field = kind.fields.get(name) if kind else None
    if field is None:
        return Line(label(name), show(name, was), show(name, now))
    return Line(field.label, write(name, field, was), write(name, field, now))


def write(name: str, field: EntryField, value: Any) -> str:
    """An external value of a field, in French."""
    if value is None or value == "":
        return ""
    if isinstance(field, MoneyField | RateField):
        return _number(field, value)
    if isinstance(field, DayField):
        return write_short_day(str(value))
    if isinstance(field, FlagField) or field.choices:
        return value_name(name, value)
    return " / ".join(str(part) for part in value) if isinstance(value, list) else str(value)


def _number(field: EntryField, value: Any) -> str:
    try:
        typed = field.parse(value)
    except CatalogError:
        return str(value)
    if isinstance(field, MoneyField):
        return f"{write_centimes(typed)} DH"
    return f"{write_centimes(typed).rstrip('0').rstrip(',')} %"


def _notes(kinds: Kinds, detail: Any) -> Iterator[tuple[str, str]]:
    for name, value in _as_mapping(detail).items():
        told = _by_kind(kinds, value) if name == "kinds" else show(name, value)
        if told:
            yield label(name) if name else "Note", told


def _by_kind(kinds: Kinds, value: Any) -> str:
    """``médicaments : 5 820 fixées, 12 retirées``."""
    if not isinstance(value, dict):
        return show("", value)
    return " ; ".join(
        f"{kind_name(name if name not in kinds else kinds.find(name).name, plural=True)} : {_counted(counts)}"
        for name, counts in value.items()
    )


def _counted(counts: Any) -> str:
    """``5 820 fixées, 12 retirées``."""
    if not isinstance(counts, dict):
        return show("", counts)
    return ", ".join(f"{show(name, number)} {label(name).lower()}" for name, number in counts.items())


def abridge(text: str) -> str:
    """A text that fits a list: of a digest its beginning, of long words the first ones."""
    if _DIGEST.match(text):
        return f"{text[:12]}…"
    return text if len(text) <= LONG else f"{text[:LONG].rsplit(' ', 1)[0]}…"


def show(name: str, value: Any) -> str:
    """A kept value that is no field of an entry, in French; '' for nothing."""
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int):
        return write_number(value)
    if isinstance(value, list):
        return ", ".join(show(name, part) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{label(part).lower()} {show(part, held)}" for part, held in value.items())
    return _text(name, str(value))


def _text(name: str, text: str) -> str:
    if name in ("status", "from", "to"):
        return state_name(text)
    if name == "how":
        return WAYS.get(text, text)
    if name == "roles":
        return ", ".join(role_name(word) for word in text.split())
    if name in ("kind", "covers"):
        return kind_name(text, plural=True)
    if _INSTANT.match(text):
        return write_instant(datetime.fromisoformat(text))
    return write_short_day(text) if _DAY.match(text) else text
