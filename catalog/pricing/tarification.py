"""The door of pricing: what a line is worth, who pays what, and whether it was known so on the day of care."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from catalog.pricing.answers import Result
from catalog.pricing.lines import BadLine, Line, parse_line
from catalog.pricing.pricer import KEPT_ANSWERS, Pricer
from catalog.pricing.telling import ResultTeller
from catalog.releases.telling import Told
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment


class Tarification:
    """Reads, prices and tells lines at one release of one snapshot. Keep one for many requests: it remembers."""

    def __init__(self, snapshot: Snapshot, release: int, *, explain: bool = False, kept: int = KEPT_ANSWERS) -> None:
        self._pricer = Pricer(snapshot, release, kept=kept)
        self._teller = ResultTeller(snapshot, release, explain=explain, kept=kept)

    def price(self, raw: object, default_as_of: date | None = None) -> Result:
        """The answer to a line as received; a BadLine passes."""
        return self._pricer.price(raw if isinstance(raw, BadLine) else parse_line(raw, default_as_of))

    def tell(self, raw: object, default_as_of: date | None = None) -> Told:
        """The same as plain data (CONTRACT 3). What answers share is one object: read it, never write."""
        return self._teller.tell(self.price(raw, default_as_of))


def price(snapshot: Snapshot, line: Line | BadLine, release: int) -> Result:
    """The answer to one line, as known at a release."""
    return Pricer(snapshot, release).price(line)


def price_lines(snapshot: Snapshot, raw_lines: Iterable[object], moment: Moment, explain: bool = False) -> list[Told]:
    """The answers of CONTRACT 3, in order. ``moment.as_of`` is the day of care of the lines that name none."""
    tarification = Tarification(snapshot, moment.release, explain=explain)
    return [tarification.tell(raw, moment.as_of) for raw in raw_lines]
