"""A question as an endpoint sees it, and the words to answer it with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from catalog.kinds import Kind
from catalog.releases.telling import ActOf, Told, acts_at, tell_version, with_grounds
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment
from service.api.clocks import Clocks
from service.telling.entries import find_entry


@dataclass(frozen=True)
class Asked:
    """One question: the snapshot it is put to, its clocks, and its other parameters."""

    snapshot: Snapshot
    clocks: Clocks
    query: Mapping[str, Any]

    @property
    def moment(self) -> Moment:
        return self.clocks.moment

    @cached_property
    def act_of(self) -> ActOf:
        return acts_at(self.snapshot, self.moment)

    def answer(self, body: Mapping[str, Any]) -> Told:
        """The body with its legal acts told in full, and the clocks it was asked at."""
        return {**with_grounds(dict(body), self.act_of), **self.clocks.told()}

    def kind(self, name: str) -> Kind:
        return self.snapshot.kinds.find(name)

    def find(self, kind_name: str, code: str) -> Version:
        """The value in force of a code. Raises CodeError, UnknownCodeError, NotInForceError."""
        return find_entry(self.snapshot, kind_name, code, self.moment)

    def tell(self, version: Version) -> Told:
        """A value in force, with its period and ground."""
        told = tell_version(self.kind(version.kind), version)
        return {name: value for name, value in told.items() if name not in ("release", "closed_by")}

    def page_of(self, items: Sequence[Any]) -> tuple[Sequence[Any], Told]:
        """The items of the page asked for, and what is said of the pages."""
        page, size = self.query["page"], self.query["per_page"]
        start = (page - 1) * size
        return items[start : start + size], {"total": len(items), "page": page, "per_page": size}
