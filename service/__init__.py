"""The catalogue over HTTP and on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from service.clock import Clock
    from service.settings import Settings


def create_app(settings: Settings | None = None, *, clock: Clock | None = None) -> Flask:
    """The application over the catalogue that the settings (default: the environment's) name. Raises SettingsError."""
    # Here, so that the commands, which live in this package too, start without loading the web.
    from service.app import build_app

    return build_app(settings, clock=clock)
