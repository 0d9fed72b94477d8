"""Published opinions as readers look for them: listed on a day, found by name, DCI or level, and what each concerns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.fields import LIST_SEPARATOR
from catalog.gmr.codes import fold
from catalog.gmr.groups import Payload
from catalog.gmr.opinions import concerns, given_on
from catalog.gmr.statut import dosage_text
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

PER_PAGE = 50


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


def opinions_in_force(snapshot: Snapshot, moment: Moment, texte: str = "", smr: str = "", page: int = 1) -> Shelf:
    """The opinions of a day, newest first. ``texte`` is sought in names, DCI and codes; ``smr`` is a level."""
    words, level = fold(texte).split(), fold(smr)
    found = [
        line
        for line in _all(snapshot, moment)
        if (not level or fold(line.version.payload["smr"] or "") == level) and _holds(snapshot, line, words, moment)
    ]
    found.sort(key=lambda line: (-given_on(line.version).toordinal(), line.version.code))
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(1, page), pages)
    return Shelf(found[(page - 1) * PER_PAGE : page * PER_PAGE], len(found), page, pages)


def _all(snapshot: Snapshot, moment: Moment) -> Iterator[Published]:
    for version in snapshot.in_force("avis", moment):
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
