"""Serves any WSGI application as ``amo-catalog serve`` serves its own: by that command, with another application."""

from __future__ import annotations

import sys
from typing import Any

import granian
import granian.server

from benchmarks.serving import HOST


def serve(target: str, port: str, workers: str, threads: str) -> None:
    server = granian.server.Server

    def serving(_target: str, **options: Any) -> Any:
        return server(target, **options)

    granian.server.Server = granian.Granian = serving  # type: ignore[assignment]
    from service.cli import main

    sys.argv = ["amo-catalog", "serve", "--host", HOST, "--port", port, "--workers", workers, "--threads", threads]
    main()


if __name__ == "__main__":
    serve(*sys.argv[1:])
