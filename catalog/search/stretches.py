"""Days between which nothing begins or ends: one answer holds for all of them, and is worked out and kept once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date

from catalog.temporal import DAWN, Moment


class Stretches:
    """The days on which something begins or ends, in order."""

    def __init__(self, turning: Iterable[date]) -> None:
        self._days = sorted(set(turning))

    def settle(self, moment: Moment) -> Moment:
        """The first moment, at the same release, with the same answers."""
        place = bisect_right(self._days, moment.as_of)
        return Moment(self._days[place - 1] if place else DAWN, moment.release)
