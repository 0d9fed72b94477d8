"""Logs as JSON lines on standard error, and figures for Prometheus. Each worker counts its own requests."""

from __future__ import annotations

import logging
import re
import sys
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from itertools import accumulate
from random import getrandbits
from threading import Lock
from time import perf_counter

import structlog
from flask import Flask, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, Histogram, Metric, generate_latest
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.utils import floatToGoString

from service.request_log import REQUESTS, Told
from service.state import ServedCatalogue

log = structlog.get_logger()

FIGURES = "figures"
"""Where an application keeps its figures."""
_REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{1,64}$", re.ASCII)


def configure_logging(level: str) -> None:
    REQUESTS.is_on = logging.getLevelNamesMapping()[level] <= logging.INFO
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


MOST_UNCOUNTED = 1_000
"""Requests that wait to be counted; the one that brings the last of them counts them all."""


class Tally:
    """Requests counted and timed: what Counter and Histogram would tell, kept as plain numbers.

    A request is put aside without a lock; many are counted together, at the latest when the figures are read.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._uncounted: deque[tuple[str, str, int, float]] = deque()
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._times: dict[str, list[int]] = {}
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request answered."""
        self._uncounted.append((method, route, status, seconds))
        if len(self._uncounted) >= MOST_UNCOUNTED:
            with self._lock:
                self._count()

    def _count(self) -> None:
        """Counts what was put aside; by who holds the lock."""
        while self._uncounted:
            method, route, status, seconds = self._uncounted.popleft()
            times = self._times.get(route)
            if times is None:
                times = self._times[route] = [0] * len(Histogram.DEFAULT_BUCKETS)
            times[bisect_left(Histogram.DEFAULT_BUCKETS, seconds)] += 1
            self._seconds[route] += seconds
            self._counts[_known(method), route, str(status)] += 1

    def collect(self) -> Iterator[Metric]:
        """The figures as Prometheus reads them."""
        requests = CounterMetricFamily("amo_http_requests", "Requests answered", labels=("method", "route", "status"))
        seconds = HistogramMetricFamily("amo_http_request_seconds", "Time to answer", labels=("route",))
        with self._lock:
            self._count()
            for labels, number in self._counts.items():
                requests.add_metric(labels, number)
            for route, times in self._times.items():
                upto = zip(map(floatToGoString, Histogram.DEFAULT_BUCKETS), accumulate(times), strict=True)
                seconds.add_metric((route,), list(upto), self._seconds[route])
        yield from (requests, seconds)


class Figures:
    """The figures of one application."""

    def __init__(self, catalogue: ServedCatalogue) -> None:
        self.registry = CollectorRegistry()
        self.requests = Tally()
        self.registry.register(self.requests)
        self.release = Gauge(
            "amo_snapshot_release", "Release the snapshot of this worker holds", registry=self.registry
        )
        self.catalogue = catalogue

    def page(self) -> bytes:
        held = self.catalogue.held
        self.release.set(held.head if held else 0)
        return generate_latest(self.registry)


def request_id_of(asked: str) -> str:
    """The caller's own identifier where it is one, else a new one: no secret, only unlikely to come twice."""
    return asked if asked and _REQUEST_ID.match(asked) else f"{getrandbits(64):016x}"


def observe(app: Flask, catalogue: ServedCatalogue) -> Figures:
    """Counts, times and logs each request, and serves ``/metrics``."""
    figures = Figures(catalogue)
    app.extensions[FIGURES] = figures

    @app.before_request
    def begin() -> None:
        g.request_id = request_id_of(request.headers.get("X-Request-Id", ""))
        g.began = perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.request_id
        seconds = perf_counter() - g.began
        route = request.url_rule.rule if request.url_rule else "unmatched"
        figures.requests.add(request.method, route, response.status_code, seconds)
        query = request.query_string.decode(errors="replace")
        REQUESTS.tell(Told(request.method, request.path, query, route, response.status_code, seconds, g.request_id))
        return response

    @app.get("/metrics")
    def metrics() -> Response:
        """The figures of this worker, for Prometheus."""
        return Response(figures.page(), content_type=CONTENT_TYPE_LATEST)

    return figures


def _known(method: str) -> str:
    """Anybody may invent a method; each would be a series of its own."""
    return method if method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS") else "OTHER"
