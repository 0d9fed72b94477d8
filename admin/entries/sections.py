"""What stands around an entry, as small tables that one template draws."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from admin.entries.cells import TONES
from admin.entries.columns import columns_of
from admin.entries.labels import main_field
from admin.entries.values import write_amount, write_short_day
from catalog.kinds import Kind
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import DAWN, DUSK, Moment, Period


@dataclass(frozen=True, slots=True)
class Item:
    """A cell: its text, where it leads, the tone of its badge."""

    text: str
    href: str | None = None
    tone: str | None = None
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A titled table; ``numeric`` are the places of its columns of figures, ``note`` a sentence above it."""

    title: str
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[Item]] = ()
    numeric: frozenset[int] = frozenset()
    note: str = ""
    links: Sequence[Item] = field(default=())


@dataclass(frozen=True, slots=True)
class Around:
    """Where the reader stands, and how links to other entries keep the date and the release."""

    snapshot: Snapshot
    kind: Kind
    code: str
    version: Version | None
    moment: Moment
    kept: str

    def link(self, kind: str, code: str) -> str:
        """The page of another entry, on the same date and release."""
        plural = self.snapshot.kinds.find(kind).plural
        return url_for("fiches.show", plural=plural, code=code) + self.kept

    def list_of(self, kind: str, **filters: str) -> str:
        """A list narrowed to what these filters keep, on the same date and release."""
        plural = self.snapshot.kinds.find(kind).plural
        asked = {f"f.{name}": value for name, value in filters.items()}
        address = url_for("fiches.list_", plural=plural, **asked)  # type: ignore[arg-type]
        return address + ("&" + self.kept[1:] if self.kept else "")

    def entry(self, kind: str, code: str) -> Item:
        """An entry by its code."""
        return Item(code, self.link(kind, code))

    def named(self, kind: str, code: str) -> Item:
        """An entry by its name, where it is in force."""
        found = self.snapshot.find(kind, code, self.moment)
        return Item(name_of(self.snapshot.kinds.find(kind), found) if found else code, self.link(kind, code))

    def value(self, version: Version, name: str) -> Item:
        """A field of a version, as lists write it."""
        column = columns_of(self.snapshot.kinds.find(version.kind))[name]
        value = column.read(version)
        return Item(column.write(value), tone=TONES.get((name, value)) if isinstance(value, str) else None)


Tell = Callable[[Around], Iterable[Section]]


def name_of(kind: Kind, version: Version) -> str:
    """What an entry is called: its main text, else its code."""
    main = main_field(kind)
    column = columns_of(kind)[main] if main else None
    return (column.write(column.read(version)) if column else "") or version.code


def amount(centimes: int | None) -> Item:
    """An amount, or nothing."""
    return Item("" if centimes is None else write_amount(centimes))


def day(value: Any) -> Item:
    """A day, or nothing."""
    return Item("" if value is None else write_short_day(value))


def period_text(period: Period) -> str:
    """``du 01/07/2014 au 30/06/2015 inclus``: the last day is told, for people count so."""
    start = "" if period.start == DAWN else write_short_day(period.start)
    if period.end == DUSK:
        return f"depuis le {start}" if start else "depuis toujours"
    last = write_short_day(period.end.fromordinal(period.end.toordinal() - 1))
    return f"du {start} au {last} inclus" if start else f"jusqu’au {last} inclus"
