"""Queries offered as examples: names that are in force in this catalogue on the day of the visit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.gmr.statut import ADMIS, statut
from catalog.search.folding import fold
from catalog.search.spelling import skeleton
from catalog.snapshots.memory import remembered
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

ARABIC_NAMES = ("دوليبران", "أموكسيسيلين", "باراسيتامول", "أوغمنتين", "دياميكرون", "أملوديبين")
"""As pharmacies write them; one is offered where the catalogue has a name of its consonants."""
SHORTEST_NAME, LONGEST_NAME, LONGEST_ACT = 5, 14, 20


@dataclass(frozen=True, slots=True)
class Examples:
    """A name of medicine, the same with a slip, with a dose, a DCI with a form, a name in Arabic, an act; or ''."""

    name: str = ""
    slip: str = ""
    dosed: str = ""
    formed: str = ""
    arabic: str = ""
    act: str = ""


@remembered
def examples_of(snapshot: Snapshot, moment: Moment) -> Examples:
    """Those of a day: of as good names, the one that most presentations bear."""
    if not snapshot.head:
        return Examples()
    medicines = list(snapshot.in_force("medicament", moment))
    brands = [one for one in medicines if one.payload["princeps_generique"] != "G" and statut(one.payload) == ADMIS]
    dosed = _most_frequent((named, dose) for one in brands if (named := _name(one)) and (dose := _dose(one)))
    formed = _most_frequent((dci, form) for one in medicines if (dci := _dci(one)) and (form := _form(one)))
    words = {fold(word) for one in medicines for word in (_name(one), _dci(one)) if word}
    bare = {skeleton(word) for word in words}
    arabic = next((name for name in ARABIC_NAMES if skeleton(fold(name)) in bare), "")
    name = dosed[0]
    slip = f"{name[:-2]}{name[-2]}{name[-2:]}" if name else ""
    return Examples(name, slip, " ".join(dosed).strip(), " ".join(formed).strip(), arabic, _act(snapshot, moment))


def _most_frequent(pairs: Iterator[tuple[str, str]]) -> tuple[str, str]:
    """The first word that most have, with the second that most have beside it."""
    counted = Counter(pairs)
    first: Counter[str] = Counter()
    for (word, _other), count in counted.items():
        first[word] += count
    best = min(first, key=lambda word: (-first[word], word), default="")
    others = {other: count for (word, other), count in counted.items() if word == best}
    return best, min(others, key=lambda other: (-others[other], other), default="")


def _name(version: Version) -> str:
    return _single(version.payload["nom"])


def _dci(version: Version) -> str:
    dci: tuple[str, ...] = version.payload["dci"] or ()
    return _single(dci[0]) if len(dci) == 1 else ""


def _single(text: str | None) -> str:
    """A text that is one word of letters, neither too short nor too long to be an example."""
    known = text or ""
    return known.lower() if known.isalpha() and SHORTEST_NAME <= len(known) <= LONGEST_NAME else ""


def _dose(version: Version) -> str:
    doses: tuple[str, ...] = version.payload["dosages"] or ()
    return doses[0] if len(doses) == 1 and doses[0].isdigit() and len(doses[0]) > 1 else ""


def _form(version: Version) -> str:
    return str(version.payload["forme"] or "").partition(" ")[0].lower()


def _act(snapshot: Snapshot, moment: Moment) -> str:
    """The longest label of one word, of the first nomenclature that has one: the longest names one thing alone."""
    for kind in ("acte_ngap", "acte_ccam"):
        labels = (str(one.payload["libelle"]) for one in snapshot.in_force(kind, moment))
        named = [label for label in labels if label.isalpha() and SHORTEST_NAME <= len(label) <= LONGEST_ACT]
        if named:
            return min(named, key=lambda label: (-len(label), label)).lower()
    return ""
