"""Which codes to look at for a letter, a forfait, a band or a convention: read from the codes alone, once a snapshot.

An index holds every code ever published; what is in force, and known, at a moment is asked of the snapshot.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from catalog.conventions.codes import TarifCode, band_letter, read_forfait, read_lettre_cle
from catalog.snapshots.memory import remembered
from catalog.snapshots.reading import Snapshot

LETTRE_CLE = "lettre_cle"
FORFAIT = "forfait"
ADHERENCE = "adherence_organisme"
LISTE = "liste_tiers_payant"

Codes = Mapping[str, tuple[str, ...]]


@remembered
def lettres(snapshot: Snapshot) -> Codes:
    """Codes of key-letter values by letter, upper case."""
    return _grouped(snapshot.codes(LETTRE_CLE), lambda code: read_lettre_cle(code).name)


@remembered
def forfaits(snapshot: Snapshot) -> Codes:
    """Codes of amounts by name of forfait."""
    return _grouped(snapshot.codes(FORFAIT), lambda code: read_forfait(code).name)


@remembered
def bands(snapshot: Snapshot) -> Codes:
    """Codes of forfaits that span coefficients, by key letter."""
    return _grouped(snapshot.codes(FORFAIT), lambda code: band_letter(read_forfait(code).name))


@remembered
def lines_of_conventions(snapshot: Snapshot) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """(kind, code) of the tariffs of each convention: letters first, then forfaits, in byte order of code."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, read in ((LETTRE_CLE, read_lettre_cle), (FORFAIT, read_forfait)):
        for code in snapshot.codes(kind):
            found[_convention(read, code)].append((kind, code))
    return {convention: tuple(lines) for convention, lines in found.items()}


@remembered
def adherences(snapshot: Snapshot) -> Codes:
    """Codes of adherences by convention."""
    return _grouped(snapshot.codes(ADHERENCE), lambda code: code.partition(":")[0])


@remembered
def listed(snapshot: Snapshot) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Codes of tiers-payant entries by (organisme, presentation), whatever the entry is coded by."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for code in snapshot.codes(LISTE):
        organisme = code.partition(":")[0]
        for version in snapshot.history(LISTE, code, snapshot.head):
            if version.payload["medicament"]:
                found[organisme, version.payload["medicament"]].add(code)
    return {key: tuple(sorted(codes)) for key, codes in found.items()}


def _convention(read: Callable[[str], TarifCode], code: str) -> str:
    return read(code).convention


def _grouped(codes: Iterable[str], key_of: Callable[[str], str | None]) -> Codes:
    found: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        key = key_of(code)
        if key is not None:
            found[key].append(code)
    return {key: tuple(group) for key, group in found.items()}
