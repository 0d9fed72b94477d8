"""Acts at a moment: the act in force, the act that prices it, its place in the CCAM tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.errors import NotInForceError, UnknownCodeError
from catalog.ngap_ccam.codes import parse_ccam, parse_ngap
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment, merge_touching


@dataclass(frozen=True, slots=True)
class ActeNgap:
    """An NGAP act in force, and the act whose cotation prices it.

    ``tarifant`` is the act itself, or the end of its assimilations; None where they lead to an act that is not in
    force that day, ``manquant``, or turn round. ``assimilations`` are the acts on the way, the end included.
    """

    acte: Version
    assimilations: tuple[Version, ...]
    tarifant: Version | None
    manquant: str | None = None

    @property
    def lettre(self) -> str | None:
        return self.tarifant.payload["lettre"] if self.tarifant else None

    @property
    def variante(self) -> str | None:
        return self.tarifant.payload["variante"] if self.tarifant else None

    @property
    def coefficient(self) -> int | None:
        """In hundredths; None where no text gives one: the act then has no price."""
        return self.tarifant.payload["coefficient"] if self.tarifant else None

    @property
    def coefficient_anesthesie(self) -> int | None:
        """In hundredths; None where no text gives one."""
        return self.tarifant.payload["coefficient_anesthesie"] if self.tarifant else None

    @property
    def mode(self) -> str:
        return str((self.tarifant or self.acte).payload["mode"])

    @property
    def accord_prealable(self) -> bool:
        """Asked for by the act, or by one it is assimilated to (an assumption: no text was seen)."""
        return any(found.payload["accord_prealable"] for found in (self.acte, *self.assimilations))


def acte_ngap(snapshot: Snapshot, code: str, moment: Moment) -> ActeNgap | None:
    """The act in force with its assimilations followed, or None. ``code`` is canonical."""
    acte = snapshot.find("acte_ngap", code, moment)
    return None if acte is None else _followed(snapshot, acte, moment)


def find_acte_ngap(snapshot: Snapshot, code: str, moment: Moment) -> ActeNgap:
    """As ``acte_ngap``, of any spelling. Raises CodeError, UnknownCodeError, NotInForceError."""
    return _followed(snapshot, find_version(snapshot, "acte_ngap", parse_ngap(code), moment), moment)


def find_acte_ccam(snapshot: Snapshot, code: str, moment: Moment) -> Version:
    """The CCAM act in force. Raises CodeError, UnknownCodeError, NotInForceError."""
    return find_version(snapshot, "acte_ccam", parse_ccam(code), moment)


def find_version(snapshot: Snapshot, kind: str, code: str, moment: Moment) -> Version:
    """The version in force of a canonical code. Raises UnknownCodeError, or NotInForceError with its periods."""
    found = snapshot.find(kind, code, moment)
    if found is not None:
        return found
    label = snapshot.kinds.find(kind).label
    if not snapshot.is_known(kind, code, moment.release):
        raise UnknownCodeError(label, code)
    known = snapshot.versions(kind, code, moment.release)
    raise NotInForceError(label, code, moment.as_of, [str(p) for p in merge_touching(v.period for v in known)])


def _followed(snapshot: Snapshot, acte: Version, moment: Moment) -> ActeNgap:
    way = [acte]
    while (following := way[-1].payload["assimile_a"]) is not None:
        found = snapshot.find("acte_ngap", following, moment)
        if found is None:
            return ActeNgap(acte, tuple(way[1:]), None, following)
        if found in way:
            return ActeNgap(acte, tuple(way[1:]), None)
        way.append(found)
    return ActeNgap(acte, tuple(way[1:]), way[-1])


def ccam_path(snapshot: Snapshot, code: str, moment: Moment) -> list[Version]:
    """The headings above a CCAM act or a heading, from the top down; cut where one is not in force."""
    kind, above = ("noeud_ccam", "parent") if snapshot.find("noeud_ccam", code, moment) else ("acte_ccam", "noeud")
    start = snapshot.find(kind, code, moment)
    return list(reversed(list(_above(snapshot, start.payload[above], moment)))) if start else []


def _above(snapshot: Snapshot, code: str | None, moment: Moment) -> Iterator[Version]:
    seen: set[str] = set()
    while code is not None and code not in seen:
        seen.add(code)
        found = snapshot.find("noeud_ccam", code, moment)
        if found is None:
            return
        yield found
        code = found.payload["parent"]
