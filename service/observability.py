"""Logs as JSON lines on standard error, and figures for Prometheus. Each worker counts its own requests."""

from __future__ import annotations

import logging
import re
import sys
from secrets import token_hex
from time import perf_counter
from typing import Any
from urllib.parse import unquote_plus

import structlog
from flask import Flask, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from service.state import ServedCatalogue

log = structlog.get_logger()

SECRET_ROUTES = ("/admin/bienvenue/", "/admin/oidc/")
"""Addresses that carry secrets: the log tells their route only."""

_REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{1,64}$", re.ASCII)
PRIVATE = frozenset(("pec", "pec_until"))
"""What a pharmacy declares of one patient's agreement: promised not to be kept."""


def _without_private(query: str) -> str:
    """A query as the log keeps it; names are compared as they are read, however they are written."""
    parts = (part.partition("=") for part in query.split("&"))
    return "&".join(
        f"{name}=" if unquote_plus(name) in PRIVATE else f"{name}{mark}{value}" for name, mark, value in parts
    )


def configure_logging(level: str) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        # Looked up at each call: standard error may be another by then.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


class Figures:
    """The figures of one application."""

    def __init__(self, catalogue: ServedCatalogue) -> None:
        self.registry = CollectorRegistry()
        kept = self.registry
        by = ("method", "route", "status")
        self.requests = Counter("amo_http_requests", "Requests answered", by, registry=kept)
        self.seconds = Histogram("amo_http_request_seconds", "Time to answer", ("route",), registry=kept)
        self.release = Gauge("amo_snapshot_release", "Release the snapshot of this worker holds", registry=kept)
        self.catalogue = catalogue

    def page(self) -> bytes:
        held = self.catalogue.held
        self.release.set(held.head if held else 0)
        return generate_latest(self.registry)


def observe(app: Flask, catalogue: ServedCatalogue) -> None:
    """Counts, times and logs each request, and serves ``/metrics``."""
    figures = Figures(catalogue)

    @app.before_request
    def begin() -> None:
        asked = request.headers.get("X-Request-Id", "")
        g.request_id = asked if _REQUEST_ID.match(asked) else token_hex(8)
        g.began = perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.request_id
        seconds = perf_counter() - g.began
        route = request.url_rule.rule if request.url_rule else "unmatched"
        figures.requests.labels(_known(request.method), route, response.status_code).inc()
        figures.seconds.labels(route).observe(seconds)
        log.info("request", **_told(response, route, seconds))
        return response

    @app.get("/metrics")
    def metrics() -> Response:
        """The figures of this worker, for Prometheus."""
        return Response(figures.page(), content_type=CONTENT_TYPE_LATEST)


def _known(method: str) -> str:
    """Anybody may invent a method; each would be a series of its own."""
    return method if method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS") else "OTHER"


def _told(response: Response, route: str, seconds: float) -> dict[str, Any]:
    # One-time links and the answers of an identity provider open the console to who reads them.
    is_secret = route.startswith(SECRET_ROUTES)
    return {
        "method": request.method,
        "path": route if is_secret else request.path,
        "query": "" if is_secret else _without_private(request.query_string.decode(errors="replace")),
        "route": route,
        "status": response.status_code,
        "milliseconds": round(seconds * 1000, 2),
    }
