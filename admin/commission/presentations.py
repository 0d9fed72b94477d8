"""The presentations of a dossier: adding a listed or a proposed one, and taking one out."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_admin import expose

from admin.room import actor, may
from admin.workplace import workplace
from catalog.gmr.commission import items
from catalog.gmr.commission.items import PROPOSED
from catalog.gmr.commission.models import Dossier


class PresentationPages:
    """What a dossier concerns."""

    _change: Any

    @expose("/dossiers/<numero>/presentations", methods=("POST",))
    @may("prepare opinions")
    def concern(self, numero: str) -> Any:
        return self._change(numero, _add_presentation)

    @expose("/dossiers/<numero>/presentations/<int:position>/retirer", methods=("POST",))
    @may("prepare opinions")
    def leave_out(self, numero: str, position: int) -> Any:
        def take_out(session: Any, dossier: Dossier) -> str:
            items.leave_out(session, dossier, position, by=actor(), at=workplace().now())
            return "La présentation est retirée du dossier."

        return self._change(numero, take_out)


def _add_presentation(session: Any, dossier: Dossier) -> str:
    told = {name: request.form.get(name, "")[:500] for name in (*PROPOSED, "code")}
    at = workplace().now()
    if request.form.get("genre") == "proposee":
        items.propose(session, dossier, told, by=actor(), at=at)
        return "La présentation proposée est ajoutée."
    items.concern(session, dossier, told["code"], by=actor(), at=at)
    return "La présentation est ajoutée."
