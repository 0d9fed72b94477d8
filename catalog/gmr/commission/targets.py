"""Which presentations an opinion is about: listed codes, a DCI, or a whole therapeutic class (DOMAIN 1.6)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from catalog.fields import LIST_SEPARATOR
from catalog.gmr.codes import fold, parse_presentation
from catalog.gmr.commission.errors import EmptyTargetError
from catalog.gmr.commission.models import Opinion
from catalog.gmr.indexes import known_versions, per_release, substances
from catalog.gmr.opinions import concerns, level, opinions_on
from catalog.kinds import canonical_json
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment


@dataclass(frozen=True, slots=True)
class Target:
    """What an opinion is about. Only the fields of its ``portee`` count.

    ``codes`` are presentations; ``dci`` with ``dosages``, ``unites`` and ``forme`` narrow to what they name, now and
    later; ``classe`` takes the presentations of that class today, but ``sauf``.
    """

    portee: str
    codes: tuple[str, ...] = ()
    dci: tuple[str, ...] = ()
    dosages: tuple[str, ...] = ()
    unites: tuple[str, ...] = ()
    forme: str | None = None
    classe: str | None = None
    sauf: tuple[str, ...] = ()

    def to_text(self) -> str:
        """Canonical JSON of the fields that count."""
        return canonical_json({name: value for name, value in self._fields().items() if value})

    def _fields(self) -> dict[str, Any]:
        if self.portee == "codes":
            return {"codes": self.codes}
        if self.portee == "classe":
            return {"classe": self.classe, "sauf": self.sauf}
        return {"dci": self.dci, "dosages": self.dosages, "unites": self.unites, "forme": self.forme}


def target_of(opinion: Opinion) -> Target:
    """The target an opinion was written with."""
    told: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(opinion.cible).items()
    }
    return Target(opinion.portee, **told)


def read_target(portee: str, told: Mapping[str, str]) -> Target:
    """A target as it is typed: codes apart by spaces, commas or lines, lists by `` / ``. Raises CodeError."""
    return Target(
        portee,
        codes=_codes(told.get("codes", "")),
        dci=_texts(told.get("dci", "")),
        dosages=tuple(text.replace(",", ".") for text in _texts(told.get("dosages", ""))),
        unites=_texts(told.get("unites", "")),
        forme=fold(told.get("forme", "")) or None,
        classe=" ".join(told.get("classe", "").split()) or None,
        sauf=_codes(told.get("sauf", "")),
    )


def _codes(text: str) -> tuple[str, ...]:
    words = text.replace(",", " ").replace(";", " ").split()
    return tuple(dict.fromkeys(map(parse_presentation, words)))


def _texts(text: str) -> tuple[str, ...]:
    return tuple(part for part in (fold(part) for part in text.split(LIST_SEPARATOR)) if part)


def touched(snapshot: Snapshot, target: Target, moment: Moment) -> list[Version]:
    """The presentations in force that a target reaches, in order of name and code."""
    found = {version.code: version for version in _reached(snapshot, target, moment)}
    return sorted(found.values(), key=lambda version: (version.payload["nom"], version.code))


def _reached(snapshot: Snapshot, target: Target, moment: Moment) -> Iterator[Version]:
    if target.portee == "codes":
        versions = (snapshot.find("medicament", code, moment) for code in target.codes)
        yield from (version for version in versions if version is not None)
    elif target.portee == "classe":
        yield from _of_class(snapshot, target, moment)
    elif target.dci:
        named, opinion = substances(target.dci), opinion_fields(target)
        for version in snapshot.in_force("medicament", moment):
            if substances(version.payload["dci"] or ()) == named and concerns(opinion, version):
                yield version


def _of_class(snapshot: Snapshot, target: Target, moment: Moment) -> Iterator[Version]:
    classe = fold(target.classe or "")
    for version in snapshot.in_force("medicament", moment):
        if classe and fold(version.payload["classe_therapeutique"] or "") == classe and version.code not in target.sauf:
            yield version


def opinion_fields(target: Target, code: str | None = None) -> dict[str, Any]:
    """The fields by which a published opinion names what it concerns: one presentation, or a DCI."""
    return {
        "medicament": code,
        "specialite": None,
        "nom": None,
        "dci": target.dci or None if code is None else None,
        "dosages": target.dosages or None if code is None else None,
        "unites": target.unites or None if code is None else None,
        "forme": target.forme if code is None else None,
    }


def codes_of(snapshot: Snapshot, target: Target, moment: Moment) -> list[str]:
    """The presentations of an opinion that names them one by one; a listed code counts before it is published.

    Raises EmptyTargetError.
    """
    if target.portee == "codes":
        codes = list(target.codes)
    else:
        codes = [version.code for version in touched(snapshot, target, moment)]
    if not codes:
        raise EmptyTargetError("name a code or a class with presentations in force")
    return codes


@dataclass(frozen=True, slots=True)
class Touched:
    """What an opinion would change for one presentation: its levels before and after."""

    version: Version
    smr: tuple[str | None, str | None]
    asmr: tuple[str | None, str | None]


def preview(snapshot: Snapshot, target: Target, smr: str | None, asmr: str | None, moment: Moment) -> list[Touched]:
    """Presentation by presentation, the levels shown today and those the opinion gives; a level not given stays."""
    return [_touched(snapshot, version, smr, asmr, moment) for version in touched(snapshot, target, moment)]


def _touched(snapshot: Snapshot, version: Version, smr: str | None, asmr: str | None, moment: Moment) -> Touched:
    standing = opinions_on(snapshot, version, moment)
    before = {name: level(snapshot, standing, name, moment) for name in ("smr", "asmr")}
    return Touched(version, (before["smr"], smr or before["smr"]), (before["asmr"], asmr or before["asmr"]))


@per_release
def classes(snapshot: Snapshot, release: int) -> list[str]:
    """The therapeutic classes that a release knows of, on any day, for choosing."""
    found = {version.payload["classe_therapeutique"] for version in known_versions(snapshot, "medicament", release)}
    return sorted(filter(None, found))


def unlisted(snapshot: Snapshot, codes: Iterable[str], moment: Moment) -> list[str]:
    """Those codes that are not in force: told, for a new presentation may be listed later than its opinion."""
    return [code for code in codes if snapshot.find("medicament", code, moment) is None]
