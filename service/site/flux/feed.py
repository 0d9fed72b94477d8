"""A feed and its items, whatever the format they are written in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_OID, uuid5

NEWEST = 50
"""Items a feed holds at most, the newest: older ones stay on the pages of the releases."""


@dataclass(frozen=True, slots=True)
class Item:
    """What a reader is told once. ``lines`` are the details; ``updated`` is when the release was published."""

    ident: str
    title: str
    link: str
    updated: datetime
    author: str
    approver: str
    summary: str
    lines: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """Addresses are absolute: ``link`` of the page it tells of, ``own`` of the feed, ``twin`` in the other format."""

    ident: str
    title: str
    subtitle: str
    author: str
    language: str
    link: str
    own: str
    twin: str
    updated: datetime
    items: Sequence[Item]


def permanent(*parts: str) -> str:
    """An identifier made of what it names: the same for ever, from whatever address it is served.

    A release is named by its chain digest, which no other release of any catalogue has.
    """
    return uuid5(NAMESPACE_OID, "\n".join(("amo-catalog", *parts))).urn
