"""Pages of meetings: their list, and one meeting with its agenda and minutes."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from flask_admin import expose
from sqlalchemy.orm import Session

from admin.commission.reading import Reading
from admin.commission.words import WORDS
from admin.french import sentence
from admin.room import actor, holds, may, say
from admin.workplace import workplace
from catalog.errors import CatalogError
from catalog.gmr.commission import meetings
from catalog.gmr.commission.meetings import find_meeting
from catalog.gmr.commission.models import Meeting


class MeetingPages:
    """The séances."""

    render: Any

    @expose("/seances", methods=("GET",))
    @may("read console")
    def meetings(self) -> Any:
        with workplace().reading() as session:
            return self._meetings(session, Reading({}))

    @expose("/seances", methods=("POST",))
    @may("prepare opinions")
    def plan(self) -> Any:
        place, form = workplace(), Reading(request.form)
        numero = form.needed("numero", "Donnez le numéro de la séance.")
        jour = form.day("jour")
        if not form.errors and jour is not None:
            try:
                with place.writing() as session:
                    meeting = meetings.plan(session, numero, jour, by=actor(), at=place.now())
                say(f"La séance {meeting.numero} est prévue.")
                return redirect(url_for(".meeting", seance_id=meeting.id))
            except CatalogError as error:
                form.errors["numero"] = sentence(error)
        with place.reading() as session:
            return self._meetings(session, form), 422

    def _meetings(self, session: Session, form: Reading) -> Any:
        today = workplace().today()
        held = {"numero": meetings.next_number(session, today.year), "jour": ""}
        return self.render(
            "console/commission/meetings.html",
            found=meetings.meetings(session),
            values=dict(form.form) or held,
            errors=form.errors,
            may_write=holds("prepare opinions"),
            **WORDS,
        )

    @expose("/seances/<int:seance_id>", methods=("GET",))
    @may("read console")
    def meeting(self, seance_id: int) -> Any:
        with workplace().reading() as session:
            return self._meeting(session, find_meeting(session, seance_id), Reading({}))

    @expose("/seances/<int:seance_id>", methods=("POST",))
    @may("prepare opinions")
    def minute(self, seance_id: int) -> Any:
        place, form = workplace(), Reading(request.form)
        with place.writing() as session:
            meeting = find_meeting(session, seance_id)
            jour = form.day("jour")
            if jour is not None:
                told = {name: form.text(name) for name in ("numero", "statut", "presents", "proces_verbal")}
                try:
                    with session.begin_nested():
                        meetings.minute(session, meeting, jour=jour, by=actor(), at=place.now(), **told)
                    say("La séance est enregistrée.")
                    return redirect(url_for(".meeting", seance_id=seance_id))
                except CatalogError as error:
                    form.errors["statut"] = sentence(error)
            session.expire_all()
            return self._meeting(session, find_meeting(session, seance_id), form), 422

    def _meeting(self, session: Session, meeting: Meeting, form: Reading) -> Any:
        held = {
            "numero": meeting.numero, "jour": meeting.jour, "statut": meeting.statut,
            "presents": meeting.presents, "proces_verbal": meeting.proces_verbal,
        }  # fmt: skip
        return self.render(
            "console/commission/meeting.html",
            meeting=meeting,
            agenda=meetings.agenda(session, meeting),
            values=dict(form.form) or held,
            errors=form.errors,
            may_write=holds("prepare opinions"),
            **WORDS,
        )
