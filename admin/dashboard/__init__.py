"""The first page of the console: what waits for whom, what takes effect when, how old the data is."""

from __future__ import annotations

from admin.dashboard.views import Dashboard
from admin.room import Room


def rooms() -> list[Room]:
    """What the console mounts: the index, and the definitions of terms that every page may show."""
    return [Dashboard("Tableau de bord", "admin", "/admin")]
