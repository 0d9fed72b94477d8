"""A kind at a moment, laid out for lists: the versions in force, their texts to search and their orders.

A table is made once for a snapshot, a kind and a moment, and kept while it is asked for; texts, orders and values are
made on first need. A snapshot never changes, so a table never does.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from admin.entries.columns import Column
from admin.entries.searching import folded
from admin.entries.values import Form, form_of
from catalog.fields import LIST_SEPARATOR
from catalog.kinds import Kind, Payload
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

SEARCHED = (Form.TEXT, Form.LIST, Form.CHOICE)
KEPT_TABLES = 12
"""Tables kept for one snapshot: the kinds an editor moves between, on a few dates."""
SAMPLE = 500
MOST_CHOICES = 40
"""A text with more different values than this is filtered by typing, not by choosing."""


FoldedTexts = dict[int, tuple[str, Version]]
"""By the identity of a version, its folded text, and the version itself, so that the identity stays its own: most
versions stand in the tables of many dates."""


class Table:
    """The versions of a kind in force at a moment, in order of code."""

    def __init__(self, kind: Kind, versions: Sequence[Version], folded_texts: FoldedTexts | None = None) -> None:
        self.kind = kind
        self.versions = versions
        self._folded = {} if folded_texts is None else folded_texts
        self._values: dict[str, Sequence[Any]] = {}
        self._orders: dict[tuple[str, bool], Sequence[int]] = {}
        self._choices: dict[str, Mapping[Any, int] | None] = {}

    @cached_property
    def texts(self) -> Sequence[str]:
        """For each version, its code and all its texts, as they are searched."""
        names = [name for name, field in self.kind.fields.items() if form_of(field) in SEARCHED]
        known = self._folded
        for version in self.versions:
            if id(version) not in known:
                known[id(version)] = (_text(version, names), version)
        return [known[id(version)][0] for version in self.versions]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each code stands."""
        return {version.code: place for place, version in enumerate(self.versions)}

    @cached_property
    def _payloads(self) -> Sequence[Payload]:
        return [version.held.payload for version in self.versions]

    def values(self, column: Column) -> Sequence[Any]:
        """The typed values of a column, place by place."""
        if column.name not in self._values:
            is_field = column.made_of is not None
            found = map(itemgetter(column.name), self._payloads) if is_field else map(column.read, self.versions)
            self._values[column.name] = list(found)
        return self._values[column.name]

    def order(self, column: Column, *, descending: bool) -> Sequence[int]:
        """The places in the order of a column: ties by code, what is absent always last."""
        key = (column.name, descending)
        if key not in self._orders:
            self._orders[key] = self._sorted(column, descending)
        return self._orders[key]

    def _sorted(self, column: Column, descending: bool) -> Sequence[int]:
        values = self.values(column)
        present = [place for place, value in enumerate(values) if value is not None]
        keys: list[Any] = [None if value is None else column.sort_key(value) for value in values]
        present.sort(key=keys.__getitem__, reverse=descending)
        return present + [place for place, value in enumerate(values) if value is None]

    def choices(self, column: Column) -> Mapping[Any, int] | None:
        """The different values of a column with how often each stands; None where there are too many to choose from."""
        if column.name not in self._choices:
            self._choices[column.name] = self._counted(column)
        return self._choices[column.name]

    def _counted(self, column: Column) -> Mapping[Any, int] | None:
        values = self.values(column)
        # Most columns with many values show it at once.
        if len(set(values[:SAMPLE])) > MOST_CHOICES + 1:
            return None
        found = Counter(values)
        found.pop(None, None)
        return found if len(found) <= MOST_CHOICES else None


def _text(version: Version, names: Sequence[str]) -> str:
    payload = version.payload
    parts = [version.code]
    for name in names:
        value = payload[name]
        if value:
            parts.append(value if isinstance(value, str) else LIST_SEPARATOR.join(value))
    return folded("\n".join(parts))


_kept: WeakKeyDictionary[Snapshot, OrderedDict[tuple[str, Moment], Table]] = WeakKeyDictionary()
_folded: WeakKeyDictionary[Snapshot, FoldedTexts] = WeakKeyDictionary()
_lock = Lock()


def table_of(snapshot: Snapshot, kind: Kind, moment: Moment) -> Table:
    """The table of a kind at a moment; those asked for least recently are forgotten."""
    key = (kind.name, moment)
    with _lock:
        kept = _kept.setdefault(snapshot, OrderedDict())
        found = kept.get(key)
        if found is not None:
            kept.move_to_end(key)
            return found
        texts = _folded.setdefault(snapshot, {})
    made = Table(kind, list(snapshot.in_force(kind.name, moment)), texts)
    with _lock:
        kept[key] = made
        while len(kept) > KEPT_TABLES:
            kept.popitem(last=False)
    return made
