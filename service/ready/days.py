"""The days on which the answer about an entry may change, as known at a release: between two of them, all have one.

Each function here looks at whatever its view reads, and at more where that is cheap to say: a day too many costs one
more answer to work out, a day too few would serve the answer of another day. Views that name the day in a sentence
have none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from catalog.conventions.codes import ORGANISMES
from catalog.conventions.indexes import listed
from catalog.gmr.codes import parse_presentation
from catalog.gmr.indexes import avis_by_target, gtins_by_presentation, members_by_group
from catalog.gmr.opinions import targets_of
from catalog.ngap_ccam.codes import parse_ccam
from catalog.snapshots.memory import remembered
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Period

ACT = "acte_juridique"
LISTS = ("convention", "adherence_organisme", "liste_tiers_payant")
"""What decides, with the steps of acts, whether a payer's list holds a medicine."""

Days = tuple[date, ...]
"""In order, each once."""
TurningDays = Callable[[Snapshot, str, int], Days]
"""Those of an entry, by its code as somebody writes it, as known at a release. Raises CodeError."""


def days_of_medicament(snapshot: Snapshot, code: str, release: int) -> Days:
    """Of the presentations a code stands for, and of what is said beside them."""
    asked = parse_presentation(code)
    entries = snapshot.versions("gtin", asked, release)
    days = {*_ends(entries), *days_of_kinds(snapshot, (ACT,))}
    for presentation in {str(entry.payload["presentation"]) for entry in entries} or {asked}:
        versions = snapshot.versions("medicament", presentation, release)
        days.update(_ends(versions))
        days.update(_ends(gtins_by_presentation(snapshot, release).get(presentation, ())))
        for version in versions:
            days.update(_days_beside(snapshot, version, release))
        if any((payer, presentation) in listed(snapshot) for payer in ORGANISMES):
            days.update(days_of_kinds(snapshot, LISTS), days_of_acts(snapshot))
    return tuple(sorted(days))


def _days_beside(snapshot: Snapshot, version: Version, release: int) -> Iterator[date]:
    """Of its generic group, which says what base it should have, and of the opinions that may concern it."""
    group = version.payload["groupe_generique"]
    if group:
        yield from _ends(members_by_group(snapshot, release).get(group, ()))
    index = avis_by_target(snapshot, release)
    opinions = [opinion for target in targets_of(version) for opinion in index.get(target, ())]
    if opinions:
        yield from _ends(opinions)
        yield from days_of_kinds(snapshot, ("niveau",))


def days_of_acte_ngap(snapshot: Snapshot, code: str, release: int) -> Days:
    """Of every NGAP act: one may be priced by others, which may follow one another."""
    return days_of_kinds(snapshot, (ACT, "acte_ngap"))


def days_of_acte_ccam(snapshot: Snapshot, code: str, release: int) -> Days:
    """Of the act itself, and of every heading, mapping and NGAP act."""
    shared = days_of_kinds(snapshot, (ACT, "acte_ngap", "correspondance", "noeud_ccam"))
    own = _ends(snapshot.versions("acte_ccam", parse_ccam(code), release))
    return tuple(sorted({*shared, *own}))


def days_of_dispositif(snapshot: Snapshot, code: str, release: int) -> Days:
    """Of every device: one may be replaced by another, and that by a third."""
    return days_of_kinds(snapshot, (ACT, "dispositif"))


@remembered
def days_of_kinds(snapshot: Snapshot, kinds: tuple[str, ...]) -> Days:
    """The days on which something of these kinds begins or ends, of any release."""
    facts = (fact.period for kind in kinds for fact in snapshot.facts(kind, 0, snapshot.head))
    return tuple(sorted({day for period in facts for day in _both(period)}))


@remembered
def days_of_acts(snapshot: Snapshot) -> Days:
    """Also the days on which acts were signed, published and the like, and come into force: any day one names."""
    held = (fact.held for fact in snapshot.facts(ACT, 0, snapshot.head) if fact.held is not None)
    named = {day for each in held for day in each.payload.values() if type(day) is date}
    return tuple(sorted(named.union(days_of_kinds(snapshot, (ACT,)))))


def _ends(versions: Iterable[Version]) -> Iterator[date]:
    return (day for version in versions for day in _both(version.period))


def _both(period: Period) -> tuple[date, date]:
    return period.start, period.end
