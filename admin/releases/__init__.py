"""The releases: their list, each with its digest, chain and difference, and the comparison of any two."""

from __future__ import annotations

from admin.releases.views import Releases
from admin.room import Room


def rooms() -> list[Room]:
    """What the console mounts."""
    return [Releases("Versions", endpoint="versions", url="/admin/versions")]
