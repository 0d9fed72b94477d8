"""The HTTP API: one module a family of routes, each listed here."""

from __future__ import annotations

from flask import Flask

from service.api import changes, exports, legal_acts, medicaments, releases, substances
from service.api.documents import documents
from service.api.endpoints import blueprint
from service.clock import Clock
from service.state import ServedCatalogue

ROOMS = (medicaments.room, substances.room, releases.room, exports.room, changes.room, legal_acts.room)
"""In the order of the documentation."""


def serve_api(app: Flask, catalogue: ServedCatalogue, clock: Clock) -> None:
    app.register_blueprint(blueprint(ROOMS, catalogue, clock))
    app.register_blueprint(documents(ROOMS))
