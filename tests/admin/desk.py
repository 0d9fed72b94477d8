"""The console as its people use it in tests: signed in, with the token of their session on every form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from admin.accounts.verbs import find_account
from admin.signing.person import TOKEN, seat
from admin.workplace import EXTENSION, Workplace

PASSWORD = "une phrase de passe longue"
PEOPLE = {
    "lecteur": "lecteur",
    "redacteur": "redacteur",
    "redacteur2": "redacteur",
    "valideur": "valideur",
    "valideur2": "valideur",
    "editeur": "editeur",
    "admin": "administrateur",
}
_TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


class Editor:
    """One person at the console. Every answer is a TestResponse; nothing is followed by itself."""

    def __init__(self, client: FlaskClient, name: str | None) -> None:
        self.client, self.name = client, name
        self._token: str | None = None

    @property
    def token(self) -> str:
        """The token of this session, as the sign-in page or any other page gives it."""
        if self._token is None:
            page = self.client.get("/admin/" if self.name else "/admin/connexion", follow_redirects=True)
            found = _TOKEN.search(page.text)
            assert found, f"no token on the page: {page.status} {page.text[:400]}"
            self._token = found.group(1)
        return self._token

    def get(self, url: str, status: int | None = None, **options: Any) -> TestResponse:
        return self._checked(self.client.get(url, **options), status)

    def post(
        self, url: str, data: dict[str, Any] | None = None, status: int | None = None, **options: Any
    ) -> TestResponse:
        """Sends a form with its token."""
        sent = {"csrf_token": self.token, **(data or {})}
        return self._checked(self.client.post(url, data=sent, **options), status)

    def post_json(self, url: str, body: Any, status: int | None = None) -> TestResponse:
        headers = {"X-CSRFToken": self.token, "Accept": "application/json"}
        return self._checked(self.client.post(url, json=body, headers=headers), status)

    @staticmethod
    def _checked(response: TestResponse, status: int | None) -> TestResponse:
        assert status is None or response.status_code == status, f"{response.status}: {response.text[:2000]}"
        return response


@dataclass
class Desk:
    """The application, and the people who may sit at it."""

    app: Flask
    _seated: dict[str, Editor] = field(default_factory=dict)

    @property
    def place(self) -> Workplace:
        place: Workplace = self.app.extensions[EXTENSION]
        return place

    def as_(self, name: str) -> Editor:
        """That person, signed in; the same session each time, until they leave it."""
        if name not in self._seated or not self._is_seated(name):
            client = self.app.test_client()
            with client.session_transaction() as kept:
                kept.update(signed_in_session(self, name))
            self._seated[name] = Editor(client, name)
        return self._seated[name]

    def _is_seated(self, name: str) -> bool:
        with self._seated[name].client.session_transaction() as kept:
            return TOKEN in kept

    def nobody(self) -> Editor:
        return Editor(self.app.test_client(), None)


def signed_in_session(desk: Desk, name: str) -> dict[str, Any]:
    """What a session holds after a sign-in: argon2 is slow on purpose, and tried in its own tests."""
    with desk.place.writing() as session:
        return seat(session, find_account(session, name), desk.place.now())
