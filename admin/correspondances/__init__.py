"""The workshop of NGAP to CCAM mappings: propose, comment, validate by two experts, see how far it has come."""

from __future__ import annotations

from admin.correspondances.views import Mappings
from admin.room import Room


def rooms() -> list[Room]:
    """What the console mounts."""
    return [Mappings("NGAP vers CCAM", endpoint="correspondances", url="/admin/correspondances")]
