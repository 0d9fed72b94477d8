"""What a line of results shows of an entry: its name, what it is, what it is worth, and what says so."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from catalog.gmr.statut import RETIRE, statut
from catalog.releases.telling import Told, tell_period
from catalog.search.highlighting import Part, highlight
from catalog.snapshots.reading import Version
from catalog.temporal import merge_touching
from service.site.entries import page_of
from service.site.languages import ARABIC, current
from service.site.recherche.values import Worth, badges_of, detail_of, worth_of
from service.site.recherche.words import kind_name
from service.site.visits import Visit


@dataclass(frozen=True)
class Hit:
    """An entry in force. ``left`` is the day from which it is delisted, ``admitted`` the last day before it."""

    code: str
    kind: str
    parts: Sequence[Part]
    arabic: str | None
    address: str | None
    detail: Sequence[tuple[str, bool]]
    badges: Sequence[tuple[str, str]]
    worth: Worth | None
    act: Told
    period: Told
    left: date | None = None
    admitted: str | None = None


def hit_of(visit: Visit, version: Version, title: str, terms: Set[str]) -> Hit:
    """A line for an entry in force; ``terms`` are the words to mark in its title."""
    page = page_of(version.kind, version.code)
    left = _delisted_on(visit, version)
    return Hit(
        version.code,
        kind_name(version.kind),
        highlight(title, terms),
        _arabic(version) if current() is ARABIC else None,
        visit.link(page[0], **page[1]) if page else None,
        detail_of(visit, version),
        badges_of(version),
        worth_of(visit, version),
        visit.act_of(version.legal_act),
        tell_period(version.period),
        left,
        _at(visit, version, left),
    )


def _arabic(version: Version) -> str | None:
    return version.payload.get("nom_ar") or version.payload.get("libelle_ar")


def _delisted_on(visit: Visit, version: Version) -> date | None:
    """From which day on a medicine is delisted without a break; None for any other entry."""
    if version.kind != "medicament" or statut(version.payload) != RETIRE:
        return None
    known = visit.snapshot.versions(version.kind, version.code, visit.moment.release)
    periods = merge_touching(one.period for one in known if statut(one.payload) == RETIRE)
    return next(period.start for period in periods if period.covers(visit.as_of))


def _at(visit: Visit, version: Version, left: date | None) -> str | None:
    """The address of its page on the last day before it was delisted, where something was in force then."""
    if left is None or left == date.min:
        return None
    day = (left - timedelta(days=1)).isoformat()
    page = page_of(version.kind, version.code)
    before = any(one.period.covers(left - timedelta(days=1)) for one in _known(visit, version))
    return visit.link(page[0], **page[1], as_of=day) if page and before else None


def _known(visit: Visit, version: Version) -> list[Version]:
    return visit.snapshot.versions(version.kind, version.code, visit.moment.release)
