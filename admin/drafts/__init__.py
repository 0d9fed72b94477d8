"""Drafts: what editors propose, change by change, before anybody else reads it."""

from __future__ import annotations

from admin.drafts.views import Drafts
from admin.room import Room


def rooms() -> list[Room]:
    """What the console mounts."""
    return [Drafts("Brouillons", endpoint="brouillons", url="/admin/brouillons")]
