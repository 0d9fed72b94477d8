"""The two clocks of a request: the day the fact must be in force, and what was known of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment, day_in_morocco, format_instant
from service.problems import ParametersError

CLOCKS = ("as_of", "known_at", "release")
"""The last members of every answer."""

_written = lru_cache(maxsize=1024)(format_instant)
_today = lru_cache(maxsize=16)(day_in_morocco)


class Clocks(NamedTuple):
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
            "known_at": _written(self.known_at),
            "release": self.release,
        }

    def written(self) -> str:
        """The same as the end of a JSON object, after its other members."""
        return f',"as_of":"{self.as_of}","known_at":"{_written(self.known_at)}","release":{self.release}}}\n'


class Present(NamedTuple):
    """Where a question stands that names neither instant nor release: the newest release, and the instant told."""

    known_at: datetime
    release: int


def read_clocks(query: Mapping[str, Any], snapshot: Snapshot, now: datetime, release: str | None = None) -> Clocks:
    """The clocks a query gives; ``release`` is that of the address, where it names one.

    An instant still to come is refused: what will be known then cannot be answered for ever. Raises ParametersError,
    UnknownReleaseError, NothingPublishedError.
    """
    # The day is the same all minute long.
    as_of = query.get("as_of") or _today(now.replace(second=0, microsecond=0))
    named = release if release is not None else query.get("release")
    if named is not None:
        info = snapshot.release(named)
        return Clocks(as_of, info.published_at, info.seq, is_pinned="as_of" in query, is_now=False)
    known_at = query.get("known_at")
    if known_at is not None and known_at > now:
        raise ParametersError(
            {"known_at": [f"It has not come yet (it is {format_instant(now)}): what will be known cannot be told."]}
        )
    if known_at is None:
        return Clocks(as_of, *_present(snapshot, now), is_pinned=False, is_now=True)
    return Clocks(as_of, known_at, snapshot.release_at(known_at), is_pinned=False, is_now=False)


def _present(snapshot: Snapshot, now: datetime) -> Present:
    """Nearly always the newest release of all. Raises NothingPublishedError."""
    second = now.replace(microsecond=0)
    if snapshot.releases and snapshot.releases[-1].published_at <= second:
        return Present(second, snapshot.head)
    info = snapshot.release(snapshot.release_at(now))
    # Never before the release it names: the same instant asked again must give the same release.
    return Present(max(second, info.published_at), info.seq)
