"""Answers as bytes, cut where lines of one question differ: what they are told alike is written once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import msgspec

from catalog.pricing.amounts import figure, lacks
from catalog.pricing.answers import INVALID, NOTHING, RETROACTIVE_CHANGE, Amounts, KnownThen, Notice, Worth
from catalog.pricing.retroactivity import sum_up, tell_change
from catalog.pricing.telling import tell_amounts, tell_notice

encode = msgspec.json.Encoder().encode


class Day(NamedTuple):
    """A day of care with its era of each kind of line; ``then`` is the older release known on it."""

    day: date
    ordinal: int
    written: bytes
    then: int | None
    eras: Mapping[str, int]


Cut = tuple[bytes, bytes]
"""The figures of a line, and what follows its day."""


class Ending(NamedTuple):
    """What follows the day in an answer: whole, or open where the warning of a retroactive change goes."""

    whole: bytes
    head: bytes
    tail: bytes


@dataclass(slots=True)
class Ready:
    """What an answer holds whatever was billed; ``earlier`` is what it was worth at release ``then``."""

    worth: Worth
    figures: bytes
    """From status to shares, with a place for each amount of the line; empty where none is told."""
    nothing: bytes
    """The same where no amount is known."""
    grounds: bytes
    plain: Ending
    lacking: Ending
    """With the notice that no complementary rate is recorded."""
    earlier: Worth | None
    then: int
    _bare: Cut | None = field(default=None, init=False)
    """What was cut for a line that only looks the price up: nothing billed, one unit, no complementary share."""

    def tell(self, mark: int | str | None, day: Day, billed: int | None, quantity: int, mutuelle: bool) -> bytes | None:
        """The answer to a line with the caller's ``mark``; None for one that is refused for what it says itself."""
        if billed is None and quantity == 1 and not mutuelle:
            cut = self._bare
            if cut is None:
                # Alike on every day it serves: only several units can go beyond the days of a tariff.
                cut = self._bare = self._cut(day, None, 1, mutuelle=False)
        else:
            cut = self._cut(day, billed, quantity, mutuelle)
        if cut is None:
            return None
        figures, end = cut
        return b"".join((b'{"id":', encode(mark), figures, self.grounds, day.written, end))

    def _cut(self, day: Day, billed: int | None, quantity: int, mutuelle: bool) -> Cut | None:
        worth, earlier = self.worth, self.earlier
        amounts = figure(worth, day.day, billed, quantity, mutuelle)
        if amounts is None:
            return None
        ending = self.lacking if mutuelle and lacks(worth) else self.plain
        end = ending.whole
        if earlier is not None:
            before = figure(earlier, day.day, billed, quantity, mutuelle)
            if before is None:
                return None
            if worth.status != INVALID and (before != amounts or worth.status != earlier.status):
                end = b"".join((ending.head, self._changed(amounts, earlier.status, before), ending.tail))
        return self._write(amounts), end

    def _write(self, amounts: Amounts) -> bytes:
        if amounts is NOTHING:
            return self.nothing
        _, base, _, amo, share, patient = amounts
        if base is None or amo is None or share is None or patient is None:
            return write_figures(self.worth.status, amounts)
        return self.figures % (
            base // 100, base % 100, amo // 100, amo % 100, share // 100, share % 100, patient // 100, patient % 100,
        )  # fmt: skip

    def _changed(self, amounts: Amounts, status: str, before: Amounts) -> bytes:
        """The warning of an answer that was ``status`` and ``before`` on the day of care."""
        _, base, _, amo, _, patient = amounts
        if before is not NOTHING or base is None or amo is None or patient is None:
            return _change(self.then, status, before, self.worth.status, amounts)
        places = _change_from_nothing(self.then, status, self.worth.status)
        return places % (base // 100, base % 100, amo // 100, amo % 100, patient // 100, patient % 100)


def _change(release: int, status: str, before: Amounts, now: str, amounts: Amounts) -> bytes:
    message = tell_change(release, sum_up(status, before), sum_up(now, amounts))
    return encode(tell_notice(Notice(RETROACTIVE_CHANGE, message, known_then=KnownThen(release, status, before))))


@lru_cache(maxsize=1000)
def _change_from_nothing(release: int, status: str, now: str) -> bytes:
    """The same where no amount was known, with a place for each amount that is."""
    told = _change(release, status, NOTHING, now, Amounts(base=0, amo=0, patient=0))
    return told.replace(b"0.00", b"%d.%02d")


def write_figures(status: str, amounts: Amounts) -> bytes:
    """From status to shares, as members of an object after another one."""
    return b"," + encode({"status": status, **tell_amounts(amounts)})[1:-1]
