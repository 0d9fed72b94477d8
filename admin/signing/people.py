"""Accounts, for administrators: add, roles, close, open, unlock, hand out a link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from flask import abort, redirect, request, url_for
from flask_admin import expose
from sqlalchemy.orm import Session

from admin.accounts import verbs
from admin.accounts.links import make_link
from admin.accounts.models import SignInFailure
from admin.accounts.roles import Role
from admin.accounts.second_factor import drop_totp
from admin.french import sentence
from admin.room import Room, actor, may, say
from admin.signing.pages import page
from admin.workplace import workplace
from catalog.errors import CatalogError

Verb = Callable[..., Any]

ACTIONS: dict[str, tuple[Verb, str]] = {
    "desactiver": (verbs.disable, "Le compte est désactivé et ses sessions sont fermées."),
    "activer": (verbs.enable, "Le compte est de nouveau actif."),
    "deverrouiller": (verbs.unlock, "Le compte n’est plus verrouillé."),
    "sans-second-facteur": (drop_totp, "La double authentification de ce compte est retirée."),
    "fermer-sessions": (verbs.end_sessions, "Les sessions de ce compte sont fermées."),
}
"""What an administrator does to an account, by the last word of the address, and what is said after."""


class People(Room):
    """The list of accounts and what is done to them."""

    icon = "people"
    group = "Administration"

    @expose("/")
    @may("manage accounts")
    def index(self) -> Any:
        return _page()

    @expose("/ajouter", methods=("POST",))
    @may("manage accounts")
    def add(self) -> Any:
        place, sent = workplace(), request.form
        name = sent.get("name", "").strip().lower()
        try:
            with place.writing() as writer:
                verbs.add_account(
                    writer,
                    name,
                    roles=sent.getlist("roles"),
                    at=place.now(),
                    full_name=sent.get("full_name", ""),
                    by=actor(),
                )
                token = make_link(writer, name, at=place.now(), by=actor())
        except CatalogError as error:
            field = "roles" if not sent.getlist("roles") else "name"
            return _page({field: "Choisissez au moins un rôle." if field == "roles" else sentence(error)})
        return _show_link(name, token)

    @expose("/<who>/roles", methods=("POST",))
    @may("manage accounts")
    def roles(self, who: str) -> Any:
        roles = request.form.getlist("roles")
        if not roles:
            return _done(who, "Un compte garde au moins un rôle : désactivez-le plutôt.", "error")
        return _act(
            who, "Les rôles sont changés.", lambda writer, at: verbs.set_roles(writer, who, roles, at=at, by=actor())
        )

    @expose("/<who>/lien", methods=("POST",))
    @may("manage accounts")
    def link(self, who: str) -> Any:
        place = workplace()
        try:
            with place.writing() as writer:
                token = make_link(writer, who, at=place.now(), by=actor())
        except CatalogError as error:
            return _done(who, sentence(error), "error")
        return _show_link(who, token)

    @expose("/<who>/<action>", methods=("POST",))
    @may("manage accounts")
    def act(self, who: str, action: str) -> Any:
        if action not in ACTIONS:
            abort(404)
        verb, told = ACTIONS[action]
        return _act(who, told, lambda writer, at: verb(writer, who, at=at, by=actor()))


def _act(name: str, told: str, verb: Callable[[Session, Any], Any]) -> Any:
    place = workplace()
    try:
        with place.writing() as writer:
            verb(writer, place.now())
    except CatalogError as error:
        return _done(name, sentence(error), "error")
    return _done(name, told)


def _done(name: str, told: str, category: str = "success") -> Any:
    say(f"{name} : {told}", category)
    return redirect(url_for("comptes.index"))


def _show_link(name: str, token: str) -> Any:
    address = url_for("signing.welcome", token=token, _external=True)
    return page("lien", name=name, address=address)


def _page(errors: dict[str, str] | None = None) -> Any:
    place = workplace()
    with place.reading() as reader:
        found = verbs.accounts(reader)
        locked = set(reader.scalars(sa.select(SignInFailure.name).where(SignInFailure.locked_until > place.now())))
    return page(
        "comptes",
        422 if errors else 200,
        accounts=found,
        locked=locked,
        roles=[role.value for role in Role],
        errors=errors or {},
        sent=request.form,
    )
