"""The lists of every kind and the page of an entry, at a chosen date and release."""

from __future__ import annotations

from admin.entries.views import Entries
from admin.room import Room


def rooms() -> list[Room]:
    """What the console mounts."""
    return [Entries("Fiches", endpoint="fiches", url="/admin/fiches")]
