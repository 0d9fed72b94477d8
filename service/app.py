"""Puts the application together."""

from __future__ import annotations

import os
from dataclasses import replace

import structlog
from flask import Flask

from admin.console import open_console
from admin.workplace import Workplace
from catalog.french import FILTERS
from catalog.registry import KINDS
from service.api import serve_api
from service.clock import Clock, now
from service.health import health
from service.observability import configure_logging, observe
from service.problems import register_problems
from service.replica import close_console, reading_only
from service.security import protect
from service.settings import Settings
from service.site import open_site
from service.state import ServedCatalogue


def build_app(settings: Settings | None = None, *, clock: Clock | None = None) -> Flask:
    """The application over the catalogue that the settings (default: the environment's) name. Raises SettingsError."""
    chosen = settings or Settings.from_environment(os.environ)
    configure_logging(chosen.log_level)
    if chosen.unknown:
        structlog.get_logger().warning("settings not known", names=list(chosen.unknown))
    if chosen.read_only:
        chosen = replace(chosen, database_url=reading_only(chosen.database_url))
    app = Flask(__name__, static_folder=None)
    app.secret_key = chosen.find_secret_key()
    app.config["PUBLIC_URL"] = chosen.public_url
    app.config["READ_ONLY"] = chosen.read_only
    app.json.sort_keys = False  # type: ignore[attr-defined]
    catalogue = ServedCatalogue(chosen, KINDS)
    app.extensions["catalogue"] = catalogue
    observe(app, catalogue)
    if chosen.read_only:
        close_console(app)
    protect(app, chosen.max_body_bytes)
    register_problems(app)
    app.register_blueprint(health(catalogue))
    serve_api(app, catalogue, clock or now)
    app.jinja_env.filters.update(FILTERS)
    open_site(app, catalogue, clock or now)
    if not chosen.read_only:
        open_console(app, workplace_of(catalogue, chosen, clock or now))
    return app


def workplace_of(catalogue: ServedCatalogue, settings: Settings, clock: Clock) -> Workplace:
    """What the console is given to work with."""
    return Workplace(
        engine=catalogue.engine,
        kinds=catalogue.kinds,
        current=catalogue.current,
        refresh=catalogue.refresh,
        clock=clock,
        data_dir=settings.data_dir,
        oidc=settings.oidc,
        oidc_roles=settings.oidc_roles,
        require_totp=settings.require_totp,
    )
