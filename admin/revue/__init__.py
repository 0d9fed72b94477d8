"""The review of a draft: its difference, what it breaks, the decision, and publication now or at a set hour."""

from __future__ import annotations

from admin.revue.views import Reviews
from admin.room import Room


def rooms() -> list[Room]:
    """What the console mounts."""
    return [Reviews("Relecture", endpoint="revue", url="/admin/revue")]
