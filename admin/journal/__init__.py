"""The journal: who did what, when, from what to what; read, filtered, exported, proved, and never written here."""

from __future__ import annotations

from admin.journal.views import Journal
from admin.room import Room


def rooms() -> list[Room]:
    """What the console mounts."""
    return [Journal("Journal", endpoint="journal", url="/admin/journal")]
