"""Is the process alive, and may it be sent requests?"""

from __future__ import annotations

from flask import Blueprint, Response

from service.answers import plain_json
from service.problems import problem
from service.replica import replication
from service.state import ServedCatalogue


def health(catalogue: ServedCatalogue) -> Blueprint:
    room = Blueprint("health", __name__)

    @room.get("/healthz")
    def alive() -> Response:
        """The process answers; nothing else is looked at."""
        return plain_json({"status": "alive"})

    @room.get("/readyz")
    def ready() -> Response:
        """Database reached and newest, guards standing, snapshot on the newest release; 503 says what is not.

        A release that was just published is told as ``building`` until it is served, and is no fault for as long as
        building may take. A standby also tells how far it is behind its primary: it goes on answering without one.
        """
        faults = catalogue.faults()
        if faults:
            errors = [{"field": check, "message": sentence} for check, sentence in faults.items()]
            return problem(503, "not-ready", "Not ready", " ".join(faults.values()), errors)
        replica = replication(catalogue.engine)
        held, building = catalogue.current().head, catalogue.building
        told = {"building": building} if building is not None and building > held else {}
        behind = {"replica": replica} if replica else {}
        return plain_json({"status": "ready", "release": held, **told, **behind})

    return room
