"""Documents: what an entry is found by, once for all the versions that say it, with the days and releases they held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from catalog.search.folding import STOP_WORDS, fold, words
from catalog.search.searchable import Searchable, Searchables
from catalog.snapshots.reading import Snapshot, Version

FIELDS = ("names", "substances", "labels", "forms", "doses")
"""Where a word may stand, the most telling place first."""


class Document(msgspec.Struct, frozen=True, array_like=True):
    """One entry under one wording. ``held`` lists its rectangles: days by ordinal, then releases, ends excluded."""

    kind: str
    code: str
    title: str
    detail: str
    exact: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    facets: Mapping[str, tuple[str, ...]]
    held: tuple[tuple[int, int, int, int], ...]


class Alias(msgspec.Struct, frozen=True, array_like=True):
    """A code that stands for an entry of ``kind``, with the rectangles in which it did."""

    alias: str
    kind: str
    code: str
    held: tuple[tuple[int, int, int, int], ...]


class Collection(msgspec.Struct, frozen=True):
    """Everything that can be found, in the order shown where two are as good."""

    documents: list[Document]
    aliases: list[Alias]


def collect(snapshot: Snapshot, searchables: Searchables) -> Collection:
    """The documents of every release of a snapshot."""
    found: list[Document] = []
    aliases: list[Alias] = []
    for kind, searchable in searchables.items():
        for code in snapshot.codes(kind):
            versions = snapshot.history(kind, code, snapshot.head)
            if searchable.alias_of:
                aliases.extend(_aliases(searchable, versions))
            else:
                found.extend(_documents(searchable, versions))
    return Collection(in_display_order(found, searchables), aliases)


def in_display_order(documents: Iterable[Document], searchables: Searchables) -> list[Document]:
    """Kinds in the order of their table, then the names of fewest words."""
    ranks = {kind: rank for rank, kind in enumerate(searchables)}
    return sorted(documents, key=lambda one: (ranks[one.kind], len(one.words["names"]), one.exact, one.code, one.held))


def _documents(searchable: Searchable, versions: Iterable[Version]) -> Iterator[Document]:
    wordings: dict[Any, Document] = {}
    held: dict[Any, list[tuple[int, int, int, int]]] = {}
    for version in versions:
        made = describe(searchable, version.kind, version.code, version.payload)
        key = msgspec.json.encode(made)
        wordings[key] = made
        held.setdefault(key, []).append(_rectangle(version))
    for key, made in wordings.items():
        yield msgspec.structs.replace(made, held=tuple(sorted(held[key])))


def _aliases(searchable: Searchable, versions: Iterable[Version]) -> Iterator[Alias]:
    assert searchable.alias_of
    for version in versions:
        target = version.payload[searchable.alias_of]
        if target != version.code:
            yield Alias(version.code, searchable.alias_kind, target, (_rectangle(version),))


def _rectangle(version: Version) -> tuple[int, int, int, int]:
    period = version.period
    return (period.start.toordinal(), period.end.toordinal(), version.rel_from, version.rel_to)


def describe(searchable: Searchable, kind: str, code: str, payload: Mapping[str, Any]) -> Document:
    """What a payload is found by, without the days it holds."""
    title = " / ".join(_texts(payload, (searchable.title,))) or code
    numbers = _doses(searchable, payload)
    told = {name: _texts(payload, getattr(searchable, name)) for name in FIELDS[:-1]} | {"doses": numbers}
    return Document(
        kind,
        code,
        title,
        " · ".join([*_texts(payload, searchable.detail), *numbers]),
        tuple(dict.fromkeys(whole(text) for text in (title, *told["names"]))),
        {name: _indexed(texts) for name, texts in told.items()},
        {name: _values(payload[field]) for name, field in (searchable.facets or {}).items()},
        (),
    )


def whole(text: str) -> str:
    """A text as it is compared whole."""
    return " ".join(word.text for word in words(text))


def _texts(payload: Mapping[str, Any], fields: Iterable[str]) -> list[str]:
    texts: list[str] = []
    for name in fields:
        value = payload.get(name)
        texts.extend(value if isinstance(value, tuple) else [value] if value else [])
    return [str(text) for text in texts]


def _doses(searchable: Searchable, payload: Mapping[str, Any]) -> list[str]:
    """``500 MG`` of the numbers and units that a list keeps apart."""
    if searchable.doses is None:
        return []
    numbers, units = (payload.get(name) or () for name in searchable.doses)
    paired = [*units, *[""] * (len(numbers) - len(units))]
    return [f"{number} {unit}".strip() for number, unit in zip(numbers, paired, strict=False)]


def _indexed(texts: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, None] = {}
    for text in texts:
        for word in words(text):
            if word.text not in STOP_WORDS:
                kept.update(dict.fromkeys((word.text, *word.also)))
    return tuple(kept)


def _values(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, bool):
        return ("oui" if value else "non",)
    return tuple(value) if isinstance(value, tuple) else (str(value),)


def fold_code(text: str) -> str:
    """A code as it is compared: without spaces, dashes and dots."""
    return "".join(letter for letter in fold(text) if letter.isalnum())
