"""The room of the commission de la transparence: dossiers, meetings, opinions, costs, outcome."""

from __future__ import annotations

from admin.commission.views import CommissionRoom
from admin.room import Room


def rooms() -> list[Room]:
    """What this folder adds to the console."""
    return [CommissionRoom("Commission", "commission", "/admin/commission")]
