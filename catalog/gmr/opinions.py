"""Which opinions of the commission de la transparence concern a presentation, and the levels they give (DOMAIN 1.6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from catalog.gmr.codes import fold
from catalog.gmr.groups import Payload, composition, form_family
from catalog.gmr.indexes import Target, avis_by_target, substances, targets_named
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

INDIVIDUAL = "AVIS_INDIVIDUEL_HORS_AMM"
"""An answer to one patient's request: shown, but it says nothing of the medicine itself (DOMAIN 1.5)."""


def opinions_on(snapshot: Snapshot, presentation: Version, moment: Moment) -> list[Version]:
    """The opinions in force that concern a presentation, newest first."""
    index = avis_by_target(snapshot, moment.release)
    found = [
        version
        for target in targets_of(presentation)
        for version in index.get(target, ())
        if version.period.covers(moment.as_of) and concerns(version.payload, presentation)
    ]
    return sorted(found, key=lambda version: (_minus(given_on(version)), version.code))


def level(snapshot: Snapshot, opinions: Sequence[Version], name: str, moment: Moment) -> str | None:
    """The level of the latest opinion that gives one; among several of one day, the most favourable.

    ``name`` is ``smr`` or ``asmr``. Levels differ by indication, so the most favourable is what the medicine can reach.
    """
    graded = [v for v in opinions if v.payload[name] and v.payload["type_demande"] != INDIVIDUAL]
    if not graded:
        return None
    latest = max(map(given_on, graded))
    levels = {str(version.payload[name]) for version in graded if given_on(version) == latest}
    ranks = _ranks(snapshot, name.upper(), moment)
    return min(levels, key=lambda found: (fold(found) not in ranks, ranks.get(fold(found), 0), found))


def given_on(opinion: Version) -> date:
    """The day of an opinion; where no list prints it, the day from which it counts."""
    day: date | None = opinion.payload["date_avis"]
    return day or opinion.period.start


def concerns(opinion: Payload, presentation: Version) -> bool:
    """Whether a presentation matches every field the opinion gives."""
    payload = presentation.payload
    named = set(targets_of(presentation))
    return (
        all(target in named for target in targets_named(opinion))
        and _same_strength(opinion, payload)
        and (not opinion["forme"] or form_family(opinion["forme"]) == form_family(payload["forme"] or ""))
    )


def brand(nom: str) -> str:
    """A name without the strength some lists write after it: ``ARANESP 10 µG/0,4 ML`` is ARANESP.

    Words are kept, since DIAMICRON and DIAMICRON MR are not one medicine.
    """
    words = fold(nom).split()
    strength = next((place for place, word in enumerate(words) if word[0].isdigit()), len(words))
    return " ".join(words[:strength] or words)


def targets_of(presentation: Version) -> list[Target]:
    """What an opinion may name to concern a presentation, the most precise first."""
    payload = presentation.payload
    targets: dict[Target, None] = {("medicament", presentation.code): None}
    if payload["specialite"]:
        targets["specialite", fold(payload["specialite"])] = None
    targets["nom", fold(payload["nom"])] = None
    targets["nom", brand(payload["nom"])] = None
    if payload["dci"]:
        targets["dci", substances(payload["dci"])] = None
    return list(targets)


def _same_strength(opinion: Payload, payload: Payload) -> bool:
    """Whether the dosages and units an opinion gives are the presentation's; what it leaves out is not compared."""
    if not opinion["dosages"]:
        return not opinion["unites"] or set(map(fold, opinion["unites"])) == set(map(fold, payload["unites"] or ()))
    asked = {**opinion, "dci": opinion["dci"] or payload["dci"]}
    mine = payload if opinion["unites"] else {**payload, "unites": None}
    return composition(asked) == composition(mine)


def _ranks(snapshot: Snapshot, liste: str, moment: Moment) -> dict[str, int]:
    return {fold(payload["niveau"]): payload["rang"] for payload in _levels(snapshot, liste, moment)}


def _levels(snapshot: Snapshot, liste: str, moment: Moment) -> Iterator[Payload]:
    return (v.payload for v in snapshot.in_force("niveau", moment) if v.payload["liste"] == liste)


def _minus(day: date) -> int:
    return -day.toordinal()
