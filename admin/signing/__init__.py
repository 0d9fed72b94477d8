"""Signing in to the console, one's account, the accounts and the machine keys."""

from __future__ import annotations

from typing import Any

from flask import Flask, redirect, request, url_for
from flask_login import current_user

from admin.room import Room, say
from admin.signing.machine_keys import MachineKeys
from admin.signing.my_account import MyAccount
from admin.signing.people import People
from admin.signing.person import load_people
from admin.signing.provider import Provider, know_provider
from admin.signing.ways_in import WaysIn
from admin.workplace import Workplace

FREE = frozenset({"signing", "compte", "oidc"})
"""Rooms open to who must still add a second factor."""


def rooms() -> list[Room]:
    return [
        WaysIn("Connexion", "signing", "/admin"),
        Provider("Fournisseur d’identité", "oidc", "/admin/oidc"),
        MyAccount("Mon compte", "compte", "/admin/mon-compte"),
        People("Comptes", "comptes", "/admin/comptes"),
        MachineKeys("Clés d’accès", "cles", "/admin/cles"),
    ]


def sign_in_with(app: Flask, place: Workplace) -> None:
    """Teaches an application whose requests are whose, and by which provider people may come."""
    load_people(app, place)
    know_provider(app, place)
    if place.require_totp:
        app.before_request(_ask_for_second_factor)


def _ask_for_second_factor() -> Any:
    """Where the setting asks for it, roles that decide open nothing on a password alone."""
    if not request.path.startswith("/admin/") or request.blueprint in FREE or request.endpoint == "console_static":
        return None
    if not current_user.is_authenticated or not current_user.lacks_totp:
        return None
    say("Votre rôle demande la double authentification : activez-la pour continuer.", "warning")
    return redirect(url_for("compte.second_factor"))
