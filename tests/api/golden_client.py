"""Questions to the API as the tests of the families put them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from flask.testing import FlaskClient

Told = dict[str, Any]
AMOUNTS = ("unit_price", "base", "amo", "mutuelle", "patient")


class Golden:
    """The API over the golden catalogue."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, status: int = 200, **query: Any) -> Told:
        """The JSON of an answer under /api/v1, which must have the status asked for."""
        response = self.client.get(f"/api/v1{path}", query_string=query or None)
        assert response.status_code == status, response.text
        told: Told = response.get_json(force=True)
        return told

    def post(self, body: Any, status: int = 200, **query: Any) -> Told:
        """The JSON answered to a JSON body."""
        response = self.client.post("/api/v1/tarifications", json=body, query_string=query)
        assert response.status_code == status, response.text
        told: Told = response.get_json(force=True)
        return told

    def price(self, *lines: Told, **query: Any) -> list[Told]:
        """The answers to lines, in order."""
        answers: list[Told] = self.post({"lines": list(lines)}, **query)["lines"]
        return answers

    def price_one(self, **line: Any) -> Told:
        """The answer to one line; ``known_at`` and ``release`` go to the address."""
        clocks = {name: line.pop(name) for name in ("known_at", "release", "explain") if name in line}
        (answer,) = self.price(line, **clocks)
        return answer

    def price_rows(self, rows: Iterable[bytes], **query: Any) -> list[Told]:
        """The answers to rows of NDJSON, in order."""
        data = b"\n".join(rows)
        response = self.client.post(
            "/api/v1/tarifications", data=data, content_type="application/x-ndjson", query_string=query
        )
        assert response.status_code == 200, response.text
        return [json.loads(row) for row in response.data.splitlines()]


def shares(answer: Told) -> tuple[Any, ...]:
    """Base, AMO and patient."""
    return answer["base"], answer["amo"], answer["patient"]
