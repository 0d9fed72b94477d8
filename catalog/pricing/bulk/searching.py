"""Which version of a medicine holds on a day, as known at one release: whole columns of questions at once.

A day is found by bisection among the versions of its code, begun from a table by stretches of days, so that most
searches end at once: a plain bisection over all versions misses the cache at every step.
"""

from __future__ import annotations

import numpy as np

from catalog.pricing.bulk.columns import NONE, Numbers
from catalog.pricing.bulk.intervals import Medicines

DAY_BITS = 22
"""A code and a day make one number: no ordinal of a day is larger."""
STRETCHES = 1_000_000
"""Entries of the table of stretches, at most; there are as many stretches of days as that allows."""
LONG_AGO = 700_000
"""Days before this ordinal (1917) are one stretch."""


class Belief:
    """What was known of all medicines at a release: their versions by code and first day."""

    def __init__(self, known: Medicines, release: int) -> None:
        believed = np.flatnonzero((known.rel_from <= release) & (release < known.rel_to))
        keys = _key(known.code[believed], known.start[believed])
        order = np.argsort(keys, kind="stable")
        self._keys = keys[order]
        self._versions = believed[order].astype(np.int32)
        self._end = known.end
        recent = known.start[believed][known.start[believed] >= LONG_AGO]
        self._dawn = int(recent.min(initial=LONG_AGO + 365_000))
        codes = max(len(known.codes), 1)
        days = max(int(recent.max(initial=self._dawn)) - self._dawn + 1, 1)
        self._shift = 0
        while days >> self._shift and codes * ((days >> self._shift) + 3) > STRETCHES:
            self._shift += 1
        self._stretches = (days >> self._shift) + 2
        self._first = self._table(codes)
        self._steps = int(np.diff(self._first).max(initial=0)).bit_length()

    def _table(self, codes: int) -> Numbers:
        """For each code and stretch, the last version begun before it; one more entry than there are."""
        starts = self._dawn + (np.arange(self._stretches, dtype=np.int64) - 1 << self._shift) - 1
        starts[0] = 0
        keys = _key(np.arange(codes, dtype=np.int64)[:, None], starts[None, :]).ravel()
        keys = np.append(keys, codes << DAY_BITS)
        return (np.searchsorted(self._keys, keys, "right") - 1).astype(np.int32)

    def find(self, code: Numbers, day: Numbers) -> Numbers:
        """The number of the version of each code over each day; NONE where none is in force."""
        if not len(self._keys):
            return np.full(len(code), NONE, dtype=np.int32)
        stretch = np.clip((day - self._dawn >> self._shift) + 1, 0, self._stretches - 1)
        place = code * self._stretches + stretch
        low, high = self._first[place], self._first[place + 1]
        key = _key(code, day)
        for _ in range(self._steps):
            middle = low + high + 1 >> 1
            begun = self._keys[middle] <= key
            low, high = np.where(begun, middle, low), np.where(begun, high, middle - 1)
        version = self._versions[low]
        held = (low >= 0) & (self._keys[low] >> DAY_BITS == code) & (self._end[version] > day)
        return np.where(held, version, np.int32(NONE))


def _key(code: Numbers, day: Numbers) -> Numbers:
    return (code.astype(np.int64) << DAY_BITS) | day
