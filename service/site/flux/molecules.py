"""Medicines by their DCI, whatever the order of the substances: how a feed is asked for, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from catalog.gmr.codes import fold
from catalog.gmr.indexes import per_release
from catalog.snapshots.reading import Snapshot

_BETWEEN = re.compile(r"[^0-9a-z]+")
_JOINED = re.compile(r"\s*[+/]\s*")


@dataclass(frozen=True, slots=True)
class Molecule:
    """The substances of a medicine as a list first printed them, and the presentations that ever had them."""

    slug: str
    name: str
    codes: set[str] = field(default_factory=set)


def slug_of(dci: Iterable[str | None] | None) -> str:
    """``acide-clavulanique+amoxicilline``: how an address names the substances of a medicine; '' where it has none."""
    names = (_BETWEEN.sub("-", fold(name).lower()).strip("-") for name in dci or () if name)
    return "+".join(sorted(filter(None, names)))


def read_slug(text: str) -> str:
    """The same, of however somebody writes it: ``Amoxicilline / Acide clavulanique``."""
    return slug_of(_JOINED.split(text))


@per_release
def molecules(snapshot: Snapshot, release: int) -> Mapping[str, Molecule]:
    """By slug, in alphabetical order; also those whose medicines have all left."""
    found: dict[str, Molecule] = {}
    for code in snapshot.codes("medicament"):
        for version in reversed(snapshot.history("medicament", code, release)):
            slug = slug_of(version.payload["dci"])
            if slug:
                name = " / ".join(filter(None, version.payload["dci"]))
                found.setdefault(slug, Molecule(slug, name)).codes.add(code)
    return dict(sorted(found.items()))


def matching(snapshot: Snapshot, release: int, text: str, most: int) -> list[Molecule]:
    """Those whose name holds every word of a text; those that begin with it first."""
    words = fold(text).split()
    hits = [one for one in molecules(snapshot, release).values() if all(word in fold(one.name) for word in words)]
    return sorted(hits, key=lambda one: (not fold(one.name).startswith(fold(text)), one.name))[:most] if words else []
