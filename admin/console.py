"""Opens the console over an application: its rooms, its guard, its look."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from flask import Blueprint, Flask, Response, request, send_from_directory
from flask_admin import Admin
from flask_wtf.csrf import CSRFProtect

from admin.accounts.roles import Role
from admin.forms import csrf_input
from admin.french import role_name
from admin.room import holds
from admin.signing import sign_in_with
from admin.workplace import EXTENSION, Workplace

ROOMS = (
    "admin.dashboard",
    "admin.entries",
    "admin.drafts",
    "admin.imports",
    "admin.revue",
    "admin.commission",
    "admin.correspondances",
    "admin.releases",
    "admin.journal",
    "admin.signing",
)
"""Folders with a function ``rooms``, in the order of the menu; the first holds the index alone."""

ROLE_NAMES = {role.value: role_name(role.value).capitalize() for role in Role}
FOLDER = Path(__file__).parent
MACHINES = "/api/"
"""What answers machines by key, never by cookie: forgery across sites does not concern it."""


def open_console(app: Flask, place: Workplace) -> None:
    """Adds the console under ``/admin`` to an application whose secret key is set."""
    app.extensions[EXTENSION] = place
    guard_forms(app)
    sign_in_with(app, place)
    app.jinja_env.globals.update(csrf=csrf_input, holds=holds, role_names=ROLE_NAMES)
    app.register_blueprint(Blueprint("console", __name__, template_folder="templates"))
    app.add_url_rule("/admin/habillage/<path:filename>", "console_static", _static)
    index, *others = [room for name in ROOMS for room in import_module(name).rooms()]
    admin = Admin(app, name="Référentiel AMO", index_view=index, url="/admin")
    admin.add_views(*others)


def guard_forms(app: Flask) -> None:
    """No form is taken without its token, on whatever page; a token lasts as long as its session."""
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None)
    guard = CSRFProtect(app)

    @app.before_request
    def check_token() -> None:
        if request.endpoint and not request.path.startswith(MACHINES):
            guard.protect()


def _static(filename: str) -> Response:
    return send_from_directory(FOLDER / "static", filename, max_age=300)
