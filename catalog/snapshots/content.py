"""What a snapshot is made of: everything published, by kind and code, in stored form, before it is packed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from catalog.errors import CatalogError


class SnapshotDamagedError(CatalogError):
    def __init__(self, path: object, why: str) -> None:
        super().__init__(f"The snapshot {path} is not served: {why}. Run `amo-catalog reindex`.")


class ReleaseInfo(msgspec.Struct, frozen=True):
    """A release as readers see it."""

    seq: int
    label: str | None
    title: str
    legal_act: str
    published_at: datetime
    author: str
    approver: str
    publisher: str
    n_facts: int
    content_digest: str
    prev_digest: str
    chain_digest: str


class StoredFact(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A fact: days as ordinals, values in the order of the kind's fields; None for a void."""

    release: int
    code: str
    start: int
    end: int
    legal_act: str
    source: str | None
    confidence: str | None
    values: list[Any] | None


class StoredSpan(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A span as the snapshot keeps it."""

    start: int
    end: int
    rel_from: int
    rel_to: int
    fact: int


class StoredKind(msgspec.Struct, frozen=True):
    """``spans`` by code; a span names its fact by its place in ``facts``, which are in order of release, code, day."""

    fields: list[str]
    facts: list[StoredFact]
    spans: dict[str, list[StoredSpan]]
    alike: int = 0
    """How many of the first fields rarely change (a name, a form): facts that agree on them keep them once."""


class Content(msgspec.Struct, frozen=True):
    """What a snapshot is made of."""

    head: int
    chain: str
    releases: list[ReleaseInfo]
    kinds: dict[str, StoredKind]
