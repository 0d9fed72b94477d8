"""The HTTP API: one module a family of routes, each listed here."""

from __future__ import annotations

from flask import Flask

from service.api import (
    actes,
    changes,
    conventions,
    dispositifs,
    exports,
    journal,
    legal_acts,
    medicaments,
    releases,
    search,
    substances,
    tarifications,
    tiers_payant,
)
from service.api.documents import documents
from service.api.endpoints import blueprint
from service.clock import Clock
from service.state import ServedCatalogue

ROOMS = (
    medicaments.room,
    substances.room,
    actes.room,
    conventions.room,
    dispositifs.room,
    tiers_payant.room,
    tarifications.room,
    search.room,
    releases.room,
    exports.room,
    changes.room,
    legal_acts.room,
    journal.room,
)
"""In the order of the documentation."""


def serve_api(app: Flask, catalogue: ServedCatalogue, clock: Clock) -> None:
    app.register_blueprint(blueprint(ROOMS, catalogue, clock))
    app.register_blueprint(documents(ROOMS))
