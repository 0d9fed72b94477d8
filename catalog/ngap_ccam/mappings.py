"""The mappings between NGAP and CCAM at a moment, in both directions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from catalog.ngap_ccam.codes import parse_ccam, parse_ngap, parse_sides
from catalog.ngap_ccam.correspondance_rules import EQUIVALENT, NO_MAP, VALIDATED, carries_price
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

LIBELLES = {
    EQUIVALENT: "équivalent",
    "source-is-narrower-than-target": "plus précis que",
    "source-is-broader-than-target": "plus large que",
    "related-to": "apparenté",
    "not-related-to": "sans correspondance",
    NO_MAP: "sans correspondance",
}
"""DOMAIN 2.3; read from the NGAP act to the CCAM act."""
_INVERSE = {
    "source-is-narrower-than-target": "source-is-broader-than-target",
    "source-is-broader-than-target": "source-is-narrower-than-target",
}


@dataclass(frozen=True, slots=True)
class Correspondance:
    """A mapping both sides of which are in force; ``acte_ccam`` is None for a no-map, which says why in ``motif``."""

    version: Version
    acte_ngap: Version
    acte_ccam: Version | None

    @property
    def relation(self) -> str:
        """The FHIR R5 code, read from the NGAP act to the CCAM act, or ``no-map``."""
        return str(self.version.payload["relation"])

    @property
    def libelle(self) -> str:
        return LIBELLES[self.relation]

    @property
    def libelle_inverse(self) -> str:
        """The relation as read from the CCAM act to the NGAP act."""
        return LIBELLES[_INVERSE.get(self.relation, self.relation)]

    @property
    def carries_price(self) -> bool:
        return carries_price(self.version.payload)


_CodesBySide = tuple[Mapping[str, list[str]], Mapping[str, list[str]]]
_known: WeakKeyDictionary[Snapshot, _CodesBySide] = WeakKeyDictionary()


def correspondances_ngap(
    snapshot: Snapshot, code: str, moment: Moment, *, statuts: Collection[str] = VALIDATED
) -> list[Correspondance]:
    """The mappings of an NGAP act to the CCAM, in order of code; those of other stages when asked. Raises CodeError."""
    by_ngap, _ = _codes_by_side(snapshot)
    return list(_in_force(snapshot, by_ngap.get(parse_ngap(code), ()), moment, statuts))


def correspondances_ccam(
    snapshot: Snapshot, code: str, moment: Moment, *, statuts: Collection[str] = VALIDATED
) -> list[Correspondance]:
    """The mappings that lead to a CCAM act, in all its activities and phases. Raises CodeError."""
    _, by_ccam = _codes_by_side(snapshot)
    return list(_in_force(snapshot, by_ccam.get(parse_ccam(code), ()), moment, statuts))


def _codes_by_side(snapshot: Snapshot) -> _CodesBySide:
    """Codes of mappings by the acts they name. A code never changes its sides, so it serves every release."""
    found = _known.get(snapshot)
    if found is None:
        by_ngap: dict[str, list[str]] = defaultdict(list)
        by_ccam: dict[str, list[str]] = defaultdict(list)
        for code in snapshot.codes("correspondance"):
            sides = parse_sides(code)
            by_ngap[sides.ngap].append(code)
            if sides.ccam:
                by_ccam[sides.ccam.code].append(code)
        found = _known[snapshot] = (dict(by_ngap), dict(by_ccam))
    return found


def _in_force(
    snapshot: Snapshot, codes: Iterable[str], moment: Moment, statuts: Collection[str]
) -> Iterator[Correspondance]:
    """Mappings in force whose two sides are: one whose act has been retired is invalid (DOMAIN 2.3)."""
    for code in codes:
        version = snapshot.find("correspondance", code, moment)
        if version is None or version.payload["statut"] not in statuts:
            continue
        ngap = snapshot.find("acte_ngap", version.payload["acte_ngap"], moment)
        target = version.payload["acte_ccam"]
        ccam = snapshot.find("acte_ccam", target, moment) if target else None
        if ngap and (ccam or not target):
            yield Correspondance(version, ngap, ccam)
