"""A console whose clock the test moves, and the forms of its way in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.admin.desk import PASSWORD, Desk
from tests.api.catalogue import NOW

_TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


@dataclass
class MovingClock:
    """Stands still until it is moved."""

    at: datetime = field(default=NOW)

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Visitor:
    """A browser at the door."""

    client: FlaskClient

    def token(self, url: str = "/admin/connexion") -> str:
        found = _TOKEN.search(self.client.get(url, follow_redirects=True).text)
        assert found, f"no token at {url}"
        return found.group(1)

    def send(self, url: str, /, **fields: object) -> TestResponse:
        return self.client.post(url, data={"csrf_token": self.token(), **fields})

    def sign_in(self, name: str, password: str = PASSWORD, after: str = "") -> TestResponse:
        return self.send("/admin/connexion", name=name, password=password, next=after)

    @property
    def is_in(self) -> bool:
        return self.client.get("/admin/mon-compte/").status_code == 200


def visitor(desk: Desk) -> Visitor:
    return Visitor(desk.app.test_client())
