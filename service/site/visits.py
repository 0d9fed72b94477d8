"""A visit of a public page: the snapshot it reads, the day and the release asked, and its other parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from flask import current_app, request, url_for

from catalog.errors import CatalogError, DateError
from catalog.releases.telling import ActOf, acts_at
from catalog.snapshots.content import ReleaseInfo
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment, day_in_morocco, parse_day
from service.clock import Clock
from service.site.languages import Language, current
from service.state import ServedCatalogue

LONGEST_TEXT = 200
CLOCKS = ("as_of", "release")


@dataclass(frozen=True)
class Visit:
    """What a page is asked. ``as_of`` and ``release`` are always known; ``told`` holds those the address gives.

    ``faults`` maps a clock that could not be read to what was written: today, or the newest release, stands in for it,
    and the page says so with status 400.
    """

    catalogue: ServedCatalogue
    snapshot: Snapshot
    today: date
    as_of: date
    release: ReleaseInfo | None
    told: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def moment(self) -> Moment:
        return Moment(self.as_of, self.release.seq if self.release else 0)

    @property
    def language(self) -> Language:
        return current()

    @property
    def is_pinned(self) -> bool:
        """Both clocks are given: the facts of the page never change."""
        return all(name in self.told for name in CLOCKS) and not self.faults

    @cached_property
    def act_of(self) -> ActOf:
        """A legal act by its code, as answers show it."""
        return acts_at(self.snapshot, self.moment)

    def text(self, name: str, longest: int = LONGEST_TEXT) -> str:
        """A parameter without the spaces around it, cut at ``longest`` characters; '' when absent."""
        return request.args.get(name, "").strip()[:longest]

    def number(self, name: str, default: int = 1, most: int = 100_000) -> int:
        """A parameter that is a whole number from 1, else ``default``."""
        written = self.text(name, 8)
        known = int(written) if written.isascii() and written.isdigit() else default
        return known if 1 <= known <= most else default

    def link(self, page: str, /, **values: Any) -> str:
        """The address of a page in the language of the visit, at the clocks the visitor chose."""
        return link_to(page, self.told, **values)

    def pinned(self, page: str, /, **values: Any) -> str:
        """The permanent, absolute address of a page: at this day, as of this release."""
        clocks = {"as_of": self.as_of.isoformat(), "release": str(self.moment.release)}
        return link_to(page, clocks, _external=True, **values)


def link_to(page: str, clocks: Mapping[str, str], /, *, _external: bool = False, **values: Any) -> str:
    """The address of a page of the site, by the name of its view; a clock among the values wins over those kept."""
    path = url_for(f"{current().blueprint}.{page}", **{**clocks, **values})
    return absolute(path) if _external else path


def shown(written: str) -> str:
    """What somebody wrote, as it may be shown and sent back: cut, without signs that show nothing or turn the line."""
    return "".join(sign for sign in written[:LONGEST_TEXT] if sign.isprintable())


def absolute(path: str) -> str:
    """The address as others may keep it: below AMO_PUBLIC_URL, else below the host that was asked."""
    base = current_app.config.get("PUBLIC_URL") or request.url_root
    return f"{base.rstrip('/')}{path}"


def read_visit(catalogue: ServedCatalogue, clock: Clock) -> Visit:
    """The visit this request makes. Raises NoSnapshotError, SnapshotDamagedError."""
    snapshot, today = catalogue.current(), day_in_morocco(clock())
    told = {name: written for name in CLOCKS if (written := request.args.get(name, "").strip()[:40])}
    faults = {}
    as_of, release = today, snapshot.releases[-1] if snapshot.head else None
    if "as_of" in told:
        try:
            as_of = parse_day(told["as_of"])
        except DateError:
            faults["as_of"] = told["as_of"]
    if "release" in told:
        try:
            release = snapshot.release(told["release"])
        except CatalogError:
            faults["release"] = told["release"]
    return Visit(catalogue, snapshot, today, as_of, release, {n: t for n, t in told.items() if n not in faults}, faults)
