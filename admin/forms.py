"""The hidden field every form carries."""

from __future__ import annotations

from flask_wtf.csrf import generate_csrf
from markupsafe import Markup


def csrf_input() -> Markup:
    """The token against forged forms; a template writes ``{{ csrf() }}``."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())
