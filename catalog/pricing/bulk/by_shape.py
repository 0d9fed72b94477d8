"""Lines of medicines, priced by template: the version of each day is found, and the price its template names read."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np

from catalog.pricing.answers import UNKNOWN_CODE
from catalog.pricing.bulk.columns import NONE, PROFILES, Facts, Lines, Numbers, dense
from catalog.pricing.bulk.entries import Entries
from catalog.pricing.bulk.intervals import PRICES, Medicines, medicines
from catalog.pricing.bulk.searching import Belief
from catalog.pricing.bulk.templates import Case, Template, Templates
from catalog.pricing.bulk.worth import Rows, Worth, blank, worth_of
from catalog.pricing.eras import shared_bounds
from catalog.pricing.line_fields import MEDICAMENT
from catalog.pricing.quoting import quote
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment

BELIEFS_KEPT = 6
"""Releases whose versions are kept sorted: a release takes some megabytes."""


class Found(NamedTuple):
    """The lines that templates answer, what they are worth, and by which versions."""

    rows: Rows
    worth: Worth
    version: Numbers


class Shelf:
    """The medicines of a snapshot, to be asked by whole columns."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.known: Medicines = medicines(snapshot)
        self._published = np.full(len(self.known.codes), np.iinfo(np.int64).max, dtype=np.int64)
        np.minimum.at(self._published, self.known.code, self.known.rel_from)
        self._templates = Templates(snapshot, self.known)
        self._numbers = {code: number for number, code in enumerate(self.known.codes)}
        self._stand_ins = frozenset(snapshot.codes("gtin"))
        bounds = shared_bounds(snapshot, MEDICAMENT)
        self._bounds = np.array([bound.toordinal() for bound in bounds], dtype=np.int64)
        self._beliefs: OrderedDict[int, Belief] = OrderedDict()

    def codes(self, lines: Lines) -> Numbers:
        """The number of the medicine of each code of the lines, NONE for one that has to be asked about.

        A code with entries of kind gtin counts only on their days, and may stand for another.
        """
        found = [
            NONE if kind != MEDICAMENT or code in self._stand_ins else self._numbers.get(code, NONE)
            for kind, code in lines.codes
        ]
        return np.array(found or [NONE], dtype=np.int64)

    def find(self, lines: Lines, rows: Rows, code: Numbers, release: int, entries: Entries) -> Found:
        """What lines are worth as known at a release; those that no template answers are left out."""
        version = self._belief(release).find(code, lines.day[rows])
        in_force = version != NONE
        if not in_force.all():
            rows, version = rows[in_force], version[in_force]
        if not len(rows):
            return Found(rows, blank(0), version)
        asked = self._ask(lines, rows, version, release)
        template, found = asked.template[asked.key], asked.found
        answered = (template != NONE) & asked.has_ground
        if not answered.all():
            rows, version, template = rows[answered], version[answered], template[answered]
        return Found(rows, self._worth(version, template, found, entries), version)

    def find_unknown(
        self, lines: Lines, rows: Rows, code: Numbers, release: int, entries: Entries
    ) -> tuple[Rows, Worth]:
        """The lines of codes of which nothing was published up to a release: all are worth the same, nothing."""
        rows = rows[self._published[code] > release]
        if not len(rows):
            return rows, blank(0)
        first = int(rows[0])
        question = lines.question(int(lines.profile[first]), int(lines.code[first]))
        found = quote(self._snapshot, question, Moment(date.fromordinal(int(lines.day[first])), release))
        assert found.status == UNKNOWN_CODE
        return rows, worth_of([found], entries).take(np.zeros(len(rows), dtype=np.int64))

    def _worth(self, version: Numbers, template: Numbers, found: list[Template], entries: Entries) -> Worth:
        known, prices = self.known, self.known.prices.ravel()
        place = version * (1 + len(PRICES))
        columns = np.array([one[1:] for one in found] or [(0, 0, 0)], dtype=np.int64)
        entry = np.array([entries.entry(one.quote) for one in found] or [NONE], dtype=np.int64)
        amounts = (prices[place + columns[template, column]] for column in range(3))
        unit_price, ceiling, mutuelle = amounts
        start, end, act = known.start[version], known.end[version], known.act[version]
        return Worth(unit_price, ceiling, mutuelle, start, end, act, entry[template])

    def _belief(self, release: int) -> Belief:
        belief = self._beliefs.get(release)
        if belief is None:
            belief = self._beliefs[release] = Belief(self.known, release)
            while len(self._beliefs) > BELIEFS_KEPT:
                self._beliefs.popitem(last=False)
        return belief

    def _ask(self, lines: Lines, rows: Rows, version: Numbers, release: int) -> _Asked:
        """Finds the template of every shape, profile and era among the lines, and whether their acts may price."""
        day = lines.day[rows]
        dawn = int(day.min())
        days, place = dense(day - dawn, int(day.max()) - dawn + 1)
        eras, era = dense(np.searchsorted(self._bounds, days + dawn, "right"), len(self._bounds) + 1)
        profiles, profile = dense(lines.profile[rows], PROFILES)
        shapes, shape = dense(self.known.shape[version], int(self.known.shape.max(initial=0)) + 1)
        key = (shape * len(profiles) + profile) * len(eras) + era[place]

        def case(row: int) -> Case:
            number = int(rows[row])
            question = lines.question(int(lines.profile[number]), int(lines.code[number]))
            return Case(int(version[row]), question, date.fromordinal(int(lines.day[number])))

        template = np.full(len(shapes) * len(profiles) * len(eras), NONE, dtype=np.int64)
        found: list[Template] = []
        for number, samples in _samples(key, len(template)):
            rest, e = divmod(number, len(eras))
            s, p = divmod(rest, len(profiles))
            name = (int(shapes[s]), int(profiles[p]), int(eras[e]), release)
            one = self._templates.find(name, release, (case(row) for row in samples))
            if one is not None:
                template[number] = len(found)
                found.append(one)
        act = self.known.act[version].astype(np.int64) * len(eras) + era[place]
        grounds = np.zeros(len(self.known.acts) * len(eras), dtype=np.bool_)
        for number, samples in _samples(act, len(grounds)):
            grounds[number] = self._templates.prices(int(eras[number % len(eras)]), release, case(samples[0]))
        return _Asked(key, template, found, grounds[act])


class _Asked(NamedTuple):
    """Each line's key, the number of the template of each key in ``found``, and whether the line's act may price."""

    key: Numbers
    template: Numbers
    found: list[Template]
    has_ground: Facts


def _samples(keys: Numbers, size: int) -> Iterator[tuple[int, list[int]]]:
    """Every key among the lines, with the places of up to three lines that have it, far from one another."""
    places = np.arange(len(keys))
    middle = len(keys) // 2
    found = np.full((3, size), NONE, dtype=np.int64)
    for number, order in enumerate((places[::-1], places, places[middle:][::-1])):
        found[number][keys[order]] = order
    for key in np.flatnonzero(found[0] != NONE).tolist():
        yield key, [place for place in dict.fromkeys(found[:, key].tolist()) if place != NONE]
