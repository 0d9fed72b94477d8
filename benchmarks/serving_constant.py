"""The least that a Flask route can do: no hooks, one route with a variable, an answer that never changes."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask, Response

BODY = Path(os.environ["BENCHMARK_SAMPLE"]).read_bytes()
app = Flask(__name__, static_folder=None)


@app.get("/api/v1/medicaments/<code>")
def medicament(code: str) -> Response:
    return Response(BODY, content_type="application/json")
