"""Contexts of the pages of the releases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.releases.diffing import EntryDiff
from catalog.releases.telling import Told, voids
from catalog.snapshots.content import ReleaseInfo
from service.site.languages import gettext
from service.site.versions.asking import SORTS, Filter, select
from service.site.versions.comparing import Comparison, comparison
from service.site.versions.paging import cut
from service.site.versions.showing import Shown, show_entry
from service.site.versions.words import field_label, kind_name
from service.site.visits import Visit
from service.telling.differences import counts

Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A release of the list with what it changed."""

    info: ReleaseInfo
    counts: Told


@dataclass(frozen=True, slots=True)
class KindRow:
    """What became of the entries of a kind; ``fields`` names those that changed, most often first."""

    name: str
    plural: str
    counts: Told
    fields: list[tuple[str, int]]


def list_page(visit: Visit) -> Context:
    """The releases the visitor knows, newest first."""
    known = visit.snapshot.releases[: visit.moment.release]
    sheet = cut(visit, known[::-1], "versions")
    rows = [Row(info, counts(visit.snapshot, info.seq - 1, info.seq)["total"]) for info in sheet.items]
    return {"sheet": sheet, "rows": rows, "known": known}


def release_page(visit: Visit, info: ReleaseInfo) -> Context:
    """A release: who, on what ground, its digests, and what it changed."""
    told = counts(visit.snapshot, info.seq - 1, info.seq)
    return {
        "info": info,
        "counts": told["total"],
        "kinds": list(_kind_rows(visit, told)),
        "published_on": visit.snapshot.published_on(info.seq),
        "before": visit.snapshot.releases[info.seq - 2] if info.seq > 1 else None,
        "after": visit.snapshot.releases[info.seq] if info.seq < visit.snapshot.head else None,
    }


def _kind_rows(visit: Visit, told: Told) -> Iterator[KindRow]:
    for name, found in told["by_kind"].items():
        kind = visit.snapshot.kinds.find(name)
        often = sorted(found["fields"].items(), key=lambda pair: -pair[1])
        fields = [(field_label(kind.fields[field]), number) for field, number in often]
        yield KindRow(kind_name(name, plural=True), kind.plural, found, fields)


def difference_page(visit: Visit, older: int, newer: int, asked: Filter) -> Context:
    """Counts first, then the entries a filter keeps, field by field."""
    between = comparison(visit.snapshot, older, newer)
    address = {"n": newer, "de": older, **_told(asked)}
    sheet = cut(visit, select(visit.snapshot, between, asked), "differences", **address)
    kinds = list(_kind_rows(visit, between.counts))
    return {
        "between": between,
        "older": visit.snapshot.releases[older - 1] if older else None,
        "newer": visit.snapshot.releases[newer - 1],
        "sheet": sheet,
        "entries": _shown(visit, sheet.items, between),
        "kinds": kinds,
        "asked": asked,
        "kind_name": kind_name,
        "kind_choices": _kind_choices(kinds, asked),
        "sort_choices": [("", gettext("Tous"))] + [(sort, _sort_name(sort)) for sort in SORTS],
    }


def _kind_choices(kinds: Sequence[KindRow], asked: Filter) -> list[tuple[str, str]]:
    """The kinds that differ; the one asked as well, though nothing of it may."""
    found = {row.plural: row.name for row in kinds}
    if asked.kind:
        found.setdefault(asked.kind.plural, kind_name(asked.kind.name, plural=True))
    return [("", gettext("Toutes")), *found.items()]


def _told(asked: Filter) -> dict[str, str]:
    told = {"kind": asked.kind.plural if asked.kind else "", "type": asked.sort, "q": asked.text}
    return {name: value for name, value in told.items() if value}


def _sort_name(sort: str) -> str:
    names = {
        "ajouts": gettext("Ajouts"),
        "modifications": gettext("Modifications"),
        "retraits": gettext("Retraits"),
        "retroactifs": gettext("Rétroactifs"),
    }
    return names[sort]


def _shown(visit: Visit, entries: Sequence[EntryDiff], between: Comparison) -> list[Shown]:
    """``voids`` are looked for only where something is no longer in force: they name the act of a withdrawal."""
    withdrawing = {entry.kind for entry in entries for piece in entry.pieces if piece.after is None}
    kinds = visit.snapshot.kinds
    acts = {name: voids(visit.snapshot, kinds.find(name), between.older, between.newer) for name in withdrawing}
    return [show_entry(visit, kinds.find(e.kind), e, acts.get(e.kind, {}), between) for e in entries]
