"""The least that a WSGI application can do: a function that answers the same bytes to everybody."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

BODY = [Path(os.environ["BENCHMARK_SAMPLE"]).read_bytes()]
HEADERS = [("Content-Type", "application/json"), ("Content-Length", str(len(BODY[0])))]


def app(environ: dict[str, Any], start_response: Callable[[str, list[tuple[str, str]]], object]) -> Iterable[bytes]:
    start_response("200 OK", HEADERS)
    return BODY
