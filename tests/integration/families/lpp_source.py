"""The history of a French device list: entries, exits and moves, turned into releases, and replayed again slowly.

How the file is read: an event takes effect on its day of effect, or on its publication where that is blank; it is
published on its day of publication, or at its effect where that is blank. On one day, the event printed higher up is
the later one: the file lists each code with its newest event first. Rows without code name no device.
"""

from __future__ import annotations

import gzip
import json
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from catalog.kinds import Kinds
from catalog.releases.changes import Change
from catalog.temporal import DUSK, Period
from tests.integration.families.press import legal_act

EXITS = {"suppression", "ne figure plus"}
ENTRIES = {"inscription", "figure", "annexe 2 -> 1", "modif libellé", "modif code"}
"""After these the code is on the list: two move it or reword it, and the code a change brings is itself listed."""


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """In the order in which events overrule each other: effect, publication, then from the bottom of the file up."""

    effect: date
    published: date
    place: int
    code: str
    name: str
    label: str
    note: str | None

    @property
    def is_entry(self) -> bool:
        return self.name in ENTRIES


def read_history(shared_data: Path) -> list[dict[str, Any]]:
    path = shared_data / "dispositifs" / "mco_dmiref_atih_historique_liste_lpp.json.gz"
    with gzip.open(path, "rt", encoding="utf-8") as source:
        rows: list[dict[str, Any]] = json.load(source)
    return rows


def events(rows: list[dict[str, Any]]) -> list[Event]:
    """Those that name a device. Raises KeyError or ValueError on a row of any other shape."""
    return [_event(row, -place) for place, row in enumerate(rows) if "codelpp" in row]


def _event(row: Mapping[str, str], place: int) -> Event:
    if row["evenement"] not in EXITS | ENTRIES:
        raise ValueError(f"an event of no known kind: {row['evenement']}")
    published = _day(row.get("datepublication") or row["dateeffet"])
    effect = _day(row["dateeffet"]) if "dateeffet" in row else published
    return Event(effect, published, place, row["codelpp"], row["evenement"], row["libelle"], row.get("commentaire"))


def _day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()


def by_publication(found: Iterable[Event]) -> Iterator[tuple[date, list[Event]]]:
    """The events of each day of publication, in order."""
    days: dict[date, list[Event]] = defaultdict(list)
    for event in found:
        days[event.published].append(event)
    for day in sorted(days):
        yield day, days[day]


class Replay:
    """Turns the events of one publication after the other into changes."""

    def __init__(self, kinds: Kinds) -> None:
        self.kind = kinds.find("dispositif")
        self._known: dict[str, list[Event]] = defaultdict(list)

    def changes(self, day: date, printed: list[Event]) -> Iterator[Change]:
        """What this publication changes: each of its events holds until the next effect known by then."""
        act = f"liste-lpp-{day}"
        yield legal_act(act, f"Liste publiée le {day}", published_on=day)
        for event in printed:
            insort(self._known[event.code], event)
        for code in {event.code: None for event in printed}:
            for period, event in self._held(code, {event.place for event in printed}):
                payload = (
                    self.kind.load(code, {"libelle": event.label, "remarque": event.note}) if event.is_entry else None
                )
                yield Change("dispositif", code, period, payload, act)

    def _held(self, code: str, places: set[int]) -> Iterator[tuple[Period, Event]]:
        known = self._known[code]
        starts = sorted({event.effect for event in known})
        for at, start in enumerate(starts):
            last = known[bisect_left(known, start, key=lambda event: event.effect) :]
            event = [event for event in last if event.effect == start][-1]
            if event.place in places:
                yield Period(start, starts[at + 1] if at + 1 < len(starts) else DUSK), event


def slow_list(rows: list[dict[str, Any]], day: date, known_on: date) -> dict[str, str]:
    """Label by code of what is listed, by walking the file from its end and keeping what each event leaves."""
    listed: dict[str, str] = {}
    acting = [row for row in reversed(rows) if "codelpp" in row and _acts(row, day, known_on)]
    for row in sorted(acting, key=_moment):
        if "suppression" in row["evenement"] or "ne figure" in row["evenement"]:
            listed.pop(row["codelpp"], None)
        else:
            listed[row["codelpp"]] = " ".join(row["libelle"].split())
    return listed


def _acts(row: Mapping[str, str], day: date, known_on: date) -> bool:
    effect, published = _moment(row)
    return effect <= _iso(day) and published <= _iso(known_on)


def _moment(row: Mapping[str, str]) -> tuple[str, str]:
    effect, published = row.get("dateeffet"), row.get("datepublication")
    return _turned(effect or published or ""), _turned(published or effect or "")


def _turned(text: str) -> str:
    day, month, year = text.split("/")
    return f"{year}{month}{day}"


def _iso(day: date) -> str:
    return day.strftime("%Y%m%d")
