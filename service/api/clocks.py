"""The two clocks of a request: the day the fact must be in force, and what was known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment, day_in_morocco, format_instant
from service.problems import ParametersError


@dataclass(frozen=True, slots=True)
class Clocks:
    """Where a request stands. ``is_pinned``: both were given, so that the answer never changes."""

    as_of: date
    known_at: datetime
    release: int
    is_pinned: bool
    is_now: bool

    @property
    def moment(self) -> Moment:
        return Moment(self.as_of, self.release)

    def told(self) -> dict[str, Any]:
        """What every answer states."""
        return {
            "as_of": self.as_of.isoformat(),
            "known_at": format_instant(self.known_at),
            "release": self.release,
        }


def read_clocks(query: Mapping[str, Any], snapshot: Snapshot, now: datetime, release: str | None = None) -> Clocks:
    """The clocks a query gives; ``release`` is that of the address, where it names one.

    An instant still to come is refused: what will be known then cannot be answered for ever. Raises ParametersError,
    UnknownReleaseError, NothingPublishedError.
    """
    as_of = query.get("as_of") or day_in_morocco(now)
    named = release if release is not None else query.get("release")
    if named is not None:
        info = snapshot.release(named)
        return Clocks(as_of, info.published_at, info.seq, is_pinned="as_of" in query, is_now=False)
    known_at = query.get("known_at")
    if known_at is not None and known_at > now:
        raise ParametersError(
            {"known_at": [f"It has not come yet (it is {format_instant(now)}): what will be known cannot be told."]}
        )
    info = snapshot.release(snapshot.release_at(known_at or now))
    # Never before the release it names: the same instant asked again must give the same release.
    instant = known_at or max(now.replace(microsecond=0), info.published_at)
    return Clocks(as_of, instant, info.seq, is_pinned=False, is_now=known_at is None)
