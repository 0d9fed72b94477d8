"""The levels of medical benefit (SMR, ASMR) as they are published, to be explained beside the opinions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.glossaire.lookups import find_term
from catalog.snapshots.reading import Version
from service.site.visits import Visit

LISTES = ("SMR", "ASMR")


@dataclass(frozen=True, slots=True)
class Scale:
    """A list of levels, the most favourable first, and the term of the glossary that says what it measures."""

    liste: str
    niveaux: list[Version]
    terme: Version | None


def scales(visit: Visit) -> list[Scale]:
    """Both lists as they stand that day."""
    return [
        Scale(liste, list(scale(visit, liste).values()), find_term(visit.snapshot, liste, visit.moment))
        for liste in LISTES
    ]


def scale(visit: Visit, liste: str) -> Mapping[str, Version]:
    """The levels of a list in force, by the text that opinions write."""
    found = [one for one in visit.snapshot.in_force("niveau", visit.moment) if one.payload["liste"] == liste]
    found.sort(key=lambda one: (one.payload["rang"], one.payload["niveau"]))
    return {one.payload["niveau"]: one for one in found}
