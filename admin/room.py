"""Room: the base of every view of the console. It is closed until each of its methods says who may enter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_admin import Admin, BaseView
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from admin.accounts import roles
from admin.accounts.roles import VERBS
from admin.refusals import refuse, refuse_http
from catalog.errors import CatalogError

log = structlog.get_logger()

PUBLIC = "public"
"""What a method needs that nobody must be signed in for: the ways in."""
SIGNED_IN = "signed in"
"""What a method needs that is one's own, whatever one's roles."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    # Forms sent over https are judged by their referrer too.
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}

Method = TypeVar("Method", bound=Callable[..., Any])


def may(verb: str) -> Callable[[Method], Method]:
    """Who may ask this method: whoever holds a role for the verb (``VERBS``), or PUBLIC, or SIGNED_IN."""
    if verb not in (PUBLIC, SIGNED_IN) and verb not in VERBS:
        raise LookupError(f"{verb!r} is no verb of admin.accounts.VERBS")

    def mark(method: Method) -> Method:
        method.needs = verb  # type: ignore[attr-defined]
        return method

    return mark


def holds(verb: str) -> bool:
    """Whether the person signed in may do this."""
    if verb == PUBLIC:
        return True
    if not current_user.is_authenticated:
        return False
    return verb == SIGNED_IN or roles.may(current_user.held_roles, verb)


def actor() -> str:
    """The account that acts."""
    return str(current_user.name)


def say(text: str, category: str = "success") -> None:
    """A message on the next page: success, warning or error."""
    flash(text, category)


class Room(BaseView):  # type: ignore[misc]
    """A view of the console. ``icon`` names its picture in the menu, ``hidden`` keeps it out of it."""

    icon = "dot"
    hidden = False
    group = "Travail"

    def __init__(self, name: str, endpoint: str, url: str) -> None:
        super().__init__(name=name, endpoint=endpoint, url=url)
        unmarked = [name for _, name, _ in self._urls if not hasattr(getattr(type(self), name), "needs")]
        if unmarked:
            raise TypeError(f"{type(self).__name__}: {', '.join(unmarked)} must say who may enter, by @may(…)")

    def create_blueprint(self, admin: Admin) -> Blueprint:
        made: Blueprint = super().create_blueprint(admin)
        made.register_error_handler(HTTPException, refuse_http)
        made.after_request(set_headers)
        return made

    def is_accessible(self) -> bool:
        return holds(getattr(type(self), self._default_view).needs)

    def is_visible(self) -> bool:
        return not self.hidden

    def _handle_view(self, name: str, /, **kwargs: Any) -> Any:
        verb = getattr(type(self), name).needs
        if holds(verb):
            return None
        if current_user.is_authenticated:
            log.warning("console refused", actor=actor(), verb=verb, path=request.path)
            abort(403)
        if request.method != "GET" or request.accept_mimetypes.best == "application/json":
            abort(401)
        return redirect(url_for("signing.sign_in", next=request.full_path.rstrip("?")))

    def _run_view(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            # Flask-Admin's own calls a view that raises TypeError a second time.
            return fn(self, *args, **kwargs)
        except CatalogError as error:
            return refuse(error)


def set_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
