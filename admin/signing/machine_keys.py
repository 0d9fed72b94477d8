"""Machine keys, for administrators: issue, look, revoke."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import redirect, request, url_for
from flask_admin import expose

from admin.accounts.keys import SCOPES, issue_key, keys, revoke_key
from admin.room import Room, actor, may, say
from admin.signing.pages import page
from admin.workplace import workplace
from catalog.errors import InvalidError

LIFETIMES = {"30": "30 jours", "90": "90 jours", "365": "un an", "": "sans limite"}
"""Days a key lives, as the form offers them."""


class MachineKeys(Room):
    """The list of keys; the text of a new one is on the answer to the form, and nowhere else."""

    icon = "key"
    group = "Administration"

    @expose("/")
    @may("manage keys")
    def index(self) -> Any:
        return _page()

    @expose("/ajouter", methods=("POST",))
    @may("manage keys")
    def issue(self) -> Any:
        place, sent = workplace(), request.form
        errors = _faults()
        if errors:
            return _page(errors)
        at, days = place.now(), sent.get("days", "365")
        expires_at = at + timedelta(days=int(days)) if days else None
        try:
            with place.writing() as writer:
                key, text = issue_key(
                    writer,
                    label=sent.get("label", ""),
                    scopes=sent.getlist("scopes"),
                    at=at,
                    by=actor(),
                    expires_at=expires_at,
                )
        except InvalidError:
            return _page({"label": "Dites en cent signes au plus à quoi sert la clé."})
        return page("cle", key=key, text=text)

    @expose("/<prefix>/revoquer", methods=("POST",))
    @may("manage keys")
    def revoke(self, prefix: str) -> Any:
        place = workplace()
        with place.writing() as writer:
            key = revoke_key(writer, prefix, at=place.now(), by=actor())
        say(f"La clé « {key.label} » est révoquée.")
        return redirect(url_for("cles.index"))


def _faults() -> dict[str, str]:
    sent, errors = request.form, {}
    if not sent.get("label", "").strip():
        errors["label"] = "Dites à quoi sert la clé."
    scopes = sent.getlist("scopes")
    if not scopes or not set(scopes) <= set(SCOPES):
        errors["scopes"] = "Choisissez au moins un droit de la liste."
    if sent.get("days", "365") not in LIFETIMES:
        errors["days"] = "Choisissez une durée de la liste."
    return errors


def _page(errors: dict[str, str] | None = None) -> Any:
    place = workplace()
    with place.reading() as reader:
        found = keys(reader)
    return page(
        "cles",
        422 if errors else 200,
        keys=found,
        now=place.now(),
        scopes=SCOPES,
        lifetimes=list(LIFETIMES.items()),
        errors=errors or {},
        sent=request.form,
    )
