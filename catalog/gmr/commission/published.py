"""Published opinions as readers look for them: listed on a day, found by name, DCI or level, and what each concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog.fields import LIST_SEPARATOR
from catalog.gmr.codes import fold
from catalog.gmr.groups import Payload
from catalog.gmr.indexes import avis_by_target, targets_named
from catalog.gmr.opinions import concerns, given_on, opinions_on
from catalog.gmr.statut import dosage_text
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

PER_PAGE = 50
NONE = "AUCUN"
"""Asked as a level, it stands for an opinion that gives none."""


@dataclass(frozen=True, slots=True)
class Published:
    """An opinion in force, the day it was given, and the words for what it is about."""

    version: Version
    sujet: str
    given: object


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of a list, ``total`` long."""

    lines: list[Published]
    total: int
    page: int
    pages: int


def subject(snapshot: Snapshot, opinion: Payload, moment: Moment) -> str:
    """What an opinion is about: a name, a DCI with its strength, or the presentation it names."""
    if opinion["nom"]:
        return str(opinion["nom"])
    if opinion["dci"]:
        strength = dosage_text(opinion)
        return " ".join(filter(None, (LIST_SEPARATOR.join(opinion["dci"]), strength, opinion["forme"])))
    if opinion["medicament"]:
        return _name_of(snapshot, opinion["medicament"], moment)
    return str(opinion["specialite"] or "")


def _name_of(snapshot: Snapshot, code: str, moment: Moment) -> str:
    known = snapshot.find("medicament", code, moment)
    version = known or next(iter(snapshot.versions("medicament", code, moment.release)), None)
    if version is None:
        return code
    return " ".join(filter(None, (version.payload["nom"], dosage_text(version.payload))))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for among the opinions; '' stands for all.

    ``texte`` is sought in names, DCI and codes; ``smr`` and ``asmr`` are levels, or ``NONE`` where no level was given;
    ``annee`` is the year in which an opinion was given or, where no list prints it, from which it counts.
    """

    texte: str = ""
    smr: str = ""
    asmr: str = ""
    demande: str = ""
    annee: str = ""

    def keeps(self, opinion: Version) -> bool:
        """Whether the opinion answers everything asked but the text."""
        payload = opinion.payload
        return (
            _is_at(payload["smr"], self.smr)
            and _is_at(payload["asmr"], self.asmr)
            and self.demande in ("", payload["type_demande"])
            and self.annee in ("", str(given_on(opinion).year))
        )


def _is_at(level: str | None, asked: str) -> bool:
    if asked == NONE:
        return not level
    return not asked or fold(level or "") == fold(asked)


def opinions_in_force(snapshot: Snapshot, moment: Moment, wanted: Wanted | None = None, page: int = 1) -> Shelf:
    """The opinions of a day, newest first."""
    wanted = wanted or Wanted()
    words = fold(wanted.texte).split()
    found = [line for line in _all(snapshot, moment, wanted) if _holds(snapshot, line, words, moment)]
    found.sort(key=lambda line: (-given_on(line.version).toordinal(), line.version.code))
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(1, page), pages)
    return Shelf(found[(page - 1) * PER_PAGE : page * PER_PAGE], len(found), page, pages)


def opinions_beside(
    snapshot: Snapshot, opinion: Version, concerned: Iterable[Version], moment: Moment
) -> list[Version]:
    """The other opinions in force on the presentations ``concerned``, or that name the same target, newest first."""
    target = next(targets_named(opinion.payload), None)
    named = avis_by_target(snapshot, moment.release).get(target, ()) if target else ()
    found = {one.code: one for one in named if one.period.covers(moment.as_of)}
    for presentation in concerned:
        found |= {one.code: one for one in opinions_on(snapshot, presentation, moment)}
    found.pop(opinion.code, None)
    return sorted(found.values(), key=lambda one: (-given_on(one).toordinal(), one.code))


def _all(snapshot: Snapshot, moment: Moment, wanted: Wanted) -> Iterator[Published]:
    for version in filter(wanted.keeps, snapshot.in_force("avis", moment)):
        yield Published(version, subject(snapshot, version.payload, moment), given_on(version))


def _holds(snapshot: Snapshot, line: Published, words: list[str], moment: Moment) -> bool:
    """Whether every word stands in the subject, the code, the number of the dossier or the DCI of the presentation."""
    if not words:
        return True
    payload = line.version.payload
    texts = [line.sujet, line.version.code, payload["dossier"], payload["specialite"], payload["medicament"]]
    listed = snapshot.find("medicament", payload["medicament"], moment) if payload["medicament"] else None
    texts += listed.payload["dci"] or () if listed else ()
    told = fold(" ".join(filter(None, texts)))
    return all(word in told for word in words)


def presentations_under(snapshot: Snapshot, opinion: Version, moment: Moment) -> list[Version]:
    """The presentations in force that day which an opinion concerns, in order of name and code."""
    named = opinion.payload["medicament"]
    if named:
        found = snapshot.find("medicament", named, moment)
        candidates = [found] if found else []
    else:
        candidates = list(snapshot.in_force("medicament", moment))
    reached = [version for version in candidates if concerns(opinion.payload, version)]
    return sorted(reached, key=lambda version: (version.payload["nom"], version.code))
