"""Entries that a query names whole, and that are not in force that day: when they left, and by what act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from catalog.search.documents import Document, Ending, whole
from catalog.search.entries import Entries, Entry
from catalog.search.holding import Holding, InForce
from catalog.search.suggesting import Titles
from catalog.temporal import Moment, Period, merge_touching

MOST_LEFT = 5


@dataclass(frozen=True, slots=True)
class Left:
    """An entry known and not in force: its last period before the day asked, else its first after it.

    ``legal_act`` ended the period; None where no act did, but its own end, and where it has not begun.
    """

    document: Document
    period: Period
    legal_act: str | None


class Departures:
    """What an index knows of entries out of force."""

    def __init__(
        self,
        documents: Sequence[Document],
        holding: Holding,
        entries: Entries,
        titles: Titles,
        endings: Iterable[Ending],
    ) -> None:
        self._documents = documents
        self._holding = holding
        self._entries = entries
        self._titles = titles
        self._endings: dict[Entry, list[Ending]] = defaultdict(list)
        for ending in endings:
            self._endings[ending.kind, ending.code].append(ending)

    def find(self, text: str, coded: Iterable[int], moment: Moment, kind: str | None) -> list[Left]:
        """Those that ``coded`` lists or whose name the text is: the last to leave first, then those to come."""
        allowed = self._holding.in_force(moment)
        named = [*coded, *self._titles.called(whole(text))]
        entries = dict.fromkeys((self._documents[number].kind, self._documents[number].code) for number in named)
        found = [left for entry in entries if kind in (None, entry[0]) for left in self._left(entry, allowed, moment)]
        return sorted(found, key=lambda left: _last_first(left, moment.as_of))[:MOST_LEFT]

    def _left(self, entry: Entry, allowed: InForce, moment: Moment) -> Iterator[Left]:
        numbers = self._entries.numbers(entry)
        if any(allowed[number] for number in numbers):
            return
        known = {period: n for n in numbers for period in self._holding.known(n, moment.release)}
        past = [period for period in known if period.end <= moment.as_of]
        if past:
            last = max(past, key=lambda period: period.end)
            merged = next(period for period in merge_touching(past) if period.end == last.end)
            yield Left(self._documents[known[last]], merged, self._act(entry, last.end, moment.release))
        elif known:
            first = min(known)
            yield Left(self._documents[known[first]], merge_touching(known)[0], None)

    def _act(self, entry: Entry, day: date, release: int) -> str | None:
        """The act of the newest fact that says that nothing holds on a day."""
        number = day.toordinal()
        told = [one for one in self._endings.get(entry, ()) if one.start <= number < one.end and one.release <= release]
        return max(told, key=lambda one: one.release).legal_act if told else None


def _last_first(left: Left, day: date) -> tuple[int, int, str, str]:
    ended = left.period.end.toordinal() if left.period.end <= day else 0
    return (-ended, left.period.start.toordinal(), left.document.kind, left.document.code)
