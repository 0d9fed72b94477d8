"""Documents: what an entry is found by, once for all the versions that say it, with the days and releases they held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from catalog.search.folding import STOP_WORDS, fold, words
from catalog.search.searchable import Searchable, Searchables
from catalog.search.synonyms import phrases_in
from catalog.snapshots.reading import Snapshot, Version

FIELDS = ("names", "substances", "labels", "forms", "doses")
"""Where a word may stand, the most telling place first."""

EXACT = "exact"
"""The field of whole titles."""
Packed = dict[str, dict[str, bytes]]
"""By field and term, the numbers of the documents that hold it."""
Rectangle = tuple[int, int, int, int]
"""Days by ordinal, then releases, ends excluded."""


class Document(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One entry under one wording, and when it held; ``prices``, in centimes, go with ``held`` where there are any."""

    kind: str
    code: str
    title: str
    detail: str
    exact: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    facets: Mapping[str, tuple[str, ...]]
    held: tuple[Rectangle, ...]
    prices: tuple[int | None, ...] = ()


class Alias(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A code that stands for an entry of ``kind``, with the rectangles in which it did."""

    alias: str
    kind: str
    code: str
    held: tuple[Rectangle, ...]


class Ending(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a release says by an act: from ``start`` to ``end``, by ordinal, nothing holds of an entry."""

    kind: str
    code: str
    start: int
    end: int
    release: int
    legal_act: str


class Collection(msgspec.Struct, frozen=True):
    """Everything that can be found, in the order shown where two are as good.

    On disk the documents are without their words, and ``postings`` says which hold each.
    """

    documents: list[Document]
    aliases: list[Alias]
    endings: list[Ending] = []
    postings: Packed = {}


def collect(snapshot: Snapshot, searchables: Searchables) -> Collection:
    """The documents of every release of a snapshot."""
    found: list[Document] = []
    aliases: list[Alias] = []
    endings: list[Ending] = []
    for kind, searchable in searchables.items():
        for code in snapshot.codes(kind):
            versions = snapshot.history(kind, code, snapshot.head)
            if searchable.alias_of:
                aliases.extend(_aliases(searchable, versions))
            else:
                found.extend(_documents(searchable, versions))
        endings.extend(_endings(snapshot, kind))
    return Collection(in_display_order(found, searchables), aliases, endings)


def in_display_order(documents: Iterable[Document], searchables: Searchables) -> list[Document]:
    """Kinds in the order of their table, then the names of fewest words."""
    ranks = {kind: rank for rank, kind in enumerate(searchables)}
    return sorted(documents, key=lambda one: (ranks[one.kind], len(one.words["names"]), one.exact, one.code, one.held))


def _documents(searchable: Searchable, versions: Iterable[Version]) -> Iterator[Document]:
    wordings: dict[Any, Document] = {}
    held: dict[Any, list[tuple[Rectangle, int | None]]] = {}
    for version in versions:
        made = describe(searchable, version.kind, version.code, version.payload)
        key = msgspec.json.encode(made)
        wordings[key] = made
        price = version.payload[searchable.price] if searchable.price else None
        held.setdefault(key, []).append((_rectangle(version), price))
    for key, made in wordings.items():
        rectangles, prices = zip(*sorted(held[key], key=lambda one: one[0]), strict=True)
        yield msgspec.structs.replace(made, held=rectangles, prices=prices if searchable.price else ())


def _aliases(searchable: Searchable, versions: Iterable[Version]) -> Iterator[Alias]:
    assert searchable.alias_of
    for version in versions:
        target = version.payload[searchable.alias_of]
        if target != version.code:
            yield Alias(version.code, searchable.alias_kind, target, (_rectangle(version),))


def _endings(snapshot: Snapshot, kind: str) -> Iterator[Ending]:
    for fact in snapshot.facts(kind, 0, snapshot.head):
        if fact.held is None:
            start, end = fact.period.start.toordinal(), fact.period.end.toordinal()
            yield Ending(kind, fact.code, start, end, fact.release, fact.legal_act)


def _rectangle(version: Version) -> Rectangle:
    period = version.period
    return (period.start.toordinal(), period.end.toordinal(), version.rel_from, version.rel_to)


def describe(searchable: Searchable, kind: str, code: str, payload: Mapping[str, Any]) -> Document:
    """What a payload is found by, without the days it holds."""
    named = " / ".join(_texts(payload, (searchable.title,)))
    title = f"{searchable.noun} {named}".strip() or code
    numbers = _doses(searchable, payload)
    told = {name: _texts(payload, getattr(searchable, name)) for name in FIELDS[:-1]} | {"doses": numbers}
    told["labels"].append(searchable.noun)
    called = [title, *told["names"], *([code.partition(":")[0]] if searchable.is_headed else [])]
    return Document(
        kind,
        code,
        title,
        " · ".join([*_texts(payload, searchable.detail), *numbers]),
        tuple(dict.fromkeys(whole(text) for text in called)),
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
        chosen = [word for word in words(text) if word.text not in STOP_WORDS]
        for word in chosen:
            kept.update(dict.fromkeys((word.text, *word.also)))
        kept.update(dict.fromkeys(phrases_in({word.text for word in chosen})))
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
