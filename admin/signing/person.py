"""Who sits at the console: the person of a session, and the cookie that carries it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Flask, Response, has_request_context, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session

from admin.accounts import sessions
from admin.accounts.models import Account
from admin.accounts.roles import GUARDED
from admin.workplace import Workplace, workplace

COOKIE = "amo_console"
TOKEN = "_user_id"  # noqa: S105 - where Flask-Login looks
SEEN = "seen"
SEEN_EVERY = 60
"""Seconds between two notes of the last request: not every answer sets the cookie again."""


class Person(UserMixin):  # type: ignore[misc]
    """The account of a session, as the pages need it. ``token`` is the session's."""

    def __init__(self, account: Account, token: str) -> None:
        self.token = token
        self.name = account.name
        self.full_name = account.full_name
        self.held_roles = account.held_roles
        self.has_totp = account.has_totp
        self.is_outside = account.oidc_subject is not None

    def get_id(self) -> str:
        return self.token

    @property
    def lacks_totp(self) -> bool:
        """Whether roles that decide are held on a password alone."""
        return bool(self.held_roles & GUARDED) and not self.has_totp and not self.is_outside


class ConsoleCookies(SecureCookieSessionInterface):
    """Secure when the request came by https, or the console is reached by it: a proxy may speak TLS in our stead."""

    def __init__(self) -> None:
        self._signer: tuple[object, URLSafeTimedSerializer | None] = (None, None)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Made once for a key: every request opens a session, whether or not it reads it."""
        key, signer = self._signer
        if key != app.secret_key:
            signer = super().get_signing_serializer(app)
            self._signer = (app.secret_key, signer)
        return signer

    def get_cookie_secure(self, app: Flask) -> bool:
        is_public_secure = (app.config.get("PUBLIC_URL") or "").startswith("https:")
        return has_request_context() and (request.is_secure or is_public_secure)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Only the console depends on a cookie: elsewhere shared caches need not tell readers apart."""
        if session.modified or request.path.startswith("/admin"):
            super().save_session(app, session, response)


def load_people(app: Flask, place: Workplace) -> None:
    """Lets Flask-Login find the person of a request."""
    app.config.update(
        SESSION_COOKIE_NAME=COOKIE,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=sessions.LONGEST,
    )
    app.session_interface = ConsoleCookies()
    manager = LoginManager(app)

    @manager.user_loader
    def load(token: str) -> Person | None:
        return find_person(place, token)


def find_person(place: Workplace, token: str) -> Person | None:
    """The person of the request, whose session is then still warm; None when it was left, ended or is too old."""
    at = place.now()
    idle = at.timestamp() - session.get(SEEN, 0)
    if idle >= sessions.IDLE.total_seconds():
        return None
    with place.reading() as reader:
        account = sessions.find_person(reader, token, at)
    if account is not None and idle >= SEEN_EVERY:
        session[SEEN] = int(at.timestamp())
    return Person(account, token) if account is not None else None


def seat(writer: Session, account: Account, at: datetime) -> dict[str, Any]:
    """Begins a session; answers what its cookie holds."""
    return {TOKEN: sessions.begin(writer, account, at=at), "_fresh": True, SEEN: int(at.timestamp())}


def take_seat(writer: Session, account: Account) -> None:
    """Signs the account in: nothing of the session before it is kept, its identifier and form token included."""
    held = seat(writer, account, workplace().now())
    session.clear()
    session.update(held)


def leave_seat() -> None:
    """Signs out whoever is signed in."""
    token, place = session.get(TOKEN), workplace()
    if token:
        with place.writing() as writer:
            sessions.end(writer, token, at=place.now())
    session.clear()
