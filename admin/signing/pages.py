"""Rendering a page of these rooms."""

from __future__ import annotations

from typing import Any

from flask_admin.helpers import get_current_view


def page(name: str, status: int = 200, /, **told: Any) -> tuple[str, int]:
    """A page within the room that answers, and its status."""
    return get_current_view().render(f"console/signing/{name}.html", **told), status
