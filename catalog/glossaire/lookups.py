"""Questions to the glossary of a snapshot."""

from __future__ import annotations

from catalog.glossaire.codes import fold_term
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

KIND = "terme"


def find_term(snapshot: Snapshot, text: str, moment: Moment) -> Version | None:
    """The term in force under a code or a label, whatever its case and accents; None where the glossary has none."""
    asked = fold_term(text)
    found = snapshot.find(KIND, asked, moment)
    if found is not None:
        return found
    return next((term for term in terms(snapshot, moment) if fold_term(term.payload["libelle"]) == asked), None)


def terms(snapshot: Snapshot, moment: Moment) -> list[Version]:
    """Every term in force, in the order of a dictionary."""
    return sorted(snapshot.in_force(KIND, moment), key=lambda term: (fold_term(term.payload["libelle"]), term.code))
