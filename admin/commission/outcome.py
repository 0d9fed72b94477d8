"""Pages of what a dossier ends in: its opinions put into a draft, and the draft of its GMR version."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from flask_admin import expose
from sqlalchemy.orm import Session

from admin.commission.page import legal_acts, open_drafts
from admin.commission.reading import Reading, form_session
from admin.commission.words import WORDS
from admin.drafts.current import choose_draft, current_draft
from admin.french import sentence
from admin.room import actor, may, say
from admin.workplace import workplace
from catalog.errors import CatalogError, InvalidError
from catalog.gmr.commission import opinions, outcome
from catalog.gmr.commission.dossiers import find_dossier
from catalog.gmr.commission.models import Dossier
from catalog.gmr.commission.staging import stage_opinions
from catalog.gmr.commission.targets import preview, target_of
from catalog.releases import drafts
from catalog.releases.models import Draft
from catalog.temporal import Moment

NEW = "nouveau"


class OutcomePages:
    """From the opinion to the release."""

    render: Any

    @expose("/dossiers/<numero>/brouillon", methods=("GET", "POST"))
    @may("prepare opinions")
    def stage(self, numero: str) -> Any:
        refusal = ""
        with form_session() as session:
            dossier = find_dossier(session, numero)
            if request.method == "POST":
                try:
                    with session.begin_nested():
                        draft, count = _stage(session, dossier)
                    say(f"{count} changement(s) dans le brouillon « {draft.title} ».")
                    return redirect(url_for(".show", numero=dossier.numero))
                except CatalogError as error:
                    refusal = sentence(error)
                    session.expire_all()
            return self._stage_form(session, dossier, refusal)

    def _stage_form(self, session: Session, dossier: Dossier, refusal: str) -> Any:
        place = workplace()
        snapshot = place.current()
        moment = Moment(place.today(), snapshot.head)
        current = current_draft(session)
        reviewed = [
            (opinion, target_of(opinion), preview(snapshot, target_of(opinion), opinion.smr, opinion.asmr, moment))
            for opinion in opinions.opinions(session, dossier)
        ]
        page = self.render(
            "console/commission/stage.html",
            dossier=dossier,
            reviewed=reviewed,
            reached=len({found.version.code for _, _, touched in reviewed for found in touched}),
            drafts=[(str(draft.id), f"n° {draft.id} · {draft.title}") for draft in open_drafts(session)],
            chosen=request.form.get("draft") or (str(current.id) if current else NEW),
            values=request.form or {"title": f"Avis du dossier {dossier.numero}", "legal_act": dossier.acte or ""},
            acts=legal_acts(snapshot, place.today()),
            refusal=refusal,
            **WORDS,
        )
        return page, 409 if refusal else 200

    @expose("/dossiers/<numero>/version", methods=("POST",))
    @may("prepare opinions")
    def link(self, numero: str) -> Any:
        place, form = workplace(), Reading(request.form)

        def tie(session: Session, dossier: Dossier) -> str:
            draft = drafts.find_draft(session, form.text("draft"))
            outcome.link(session, dossier, draft, "gmr", by=actor(), at=place.now())
            return f"Le dossier aboutit dans le brouillon « {draft.title} »."

        return self._change(numero, tie)

    @expose("/dossiers/<numero>/version/<int:draft_id>/retirer", methods=("POST",))
    @may("prepare opinions")
    def unlink(self, numero: str, draft_id: int) -> Any:
        place, objet = workplace(), request.form.get("objet", "gmr")

        def untie(session: Session, dossier: Dossier) -> str:
            draft = drafts.find_draft(session, draft_id)
            outcome.unlink(session, dossier, draft, objet, by=actor(), at=place.now())
            return "Le lien est retiré."

        return self._change(numero, untie)

    _change: Any


def _stage(session: Session, dossier: Dossier) -> tuple[Draft, int]:
    """Stages into the draft the form names, or into a new one."""
    place, form = workplace(), Reading(request.form)
    at, asked = place.now(), form.text("draft")
    if asked == NEW:
        if not form.text("legal_act"):
            raise InvalidError("A draft of opinions needs its legal act.")
        title, act = form.text("title"), form.text("legal_act")
        draft = drafts.open_draft(session, title=title, author=actor(), at=at, legal_act=act)
        choose_draft(draft)
    else:
        draft = drafts.find_draft(session, asked)
    count = stage_opinions(
        session, place.kinds, place.current(), dossier, draft, by=actor(), at=at, today=place.today()
    )
    return draft, count
