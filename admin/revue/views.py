"""The room of reviews: read a draft against what is published, settle what it breaks, decide, publish."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, request, url_for
from flask_admin import expose
from sqlalchemy.orm import Session

from admin.refusals import status_of
from admin.revue import deciding, showing
from admin.revue.saying import said
from admin.room import Room, actor, may, say
from admin.workplace import workplace
from catalog.errors import CatalogError, NotFoundError
from catalog.releases.drafts import find_draft
from catalog.releases.models import Draft

Verb = Callable[[Session, Draft], str]


class Reviews(Room):
    """Every page reads a draft; every change goes through a verb of ``catalog.releases``."""

    icon = "review"

    @expose("/")
    @may("read console")
    def index(self) -> Any:
        with workplace().reading() as session:
            return self.render("console/revue/list.html", **showing.waiting(session))

    @expose("/<int:draft_id>")
    @may("read console")
    def show(self, draft_id: int) -> Any:
        return self._page(draft_id)

    @expose("/<int:draft_id>/fondement", methods=["POST"])
    @may("write drafts")
    def ground(self, draft_id: int) -> Any:
        return self._do(draft_id, deciding.ground)

    @expose("/<int:draft_id>/soumettre", methods=["POST"])
    @may("submit drafts")
    def submit(self, draft_id: int) -> Any:
        return self._do(draft_id, deciding.submit)

    @expose("/<int:draft_id>/approuver", methods=["POST"])
    @may("approve drafts")
    def approve(self, draft_id: int) -> Any:
        return self._do(draft_id, deciding.approve)

    @expose("/<int:draft_id>/rejeter", methods=["POST"])
    @may("reject drafts")
    def reject(self, draft_id: int) -> Any:
        return self._do(draft_id, deciding.reject)

    @expose("/<int:draft_id>/rouvrir", methods=["POST"])
    @may("write drafts")
    def reopen(self, draft_id: int) -> Any:
        return self._do(draft_id, deciding.reopen)

    @expose("/<int:draft_id>/publier")
    @may("publish")
    def confirm(self, draft_id: int) -> Any:
        return self._confirmation(draft_id)

    @expose("/<int:draft_id>/publier", methods=["POST"])
    @may("publish")
    def publish(self, draft_id: int) -> Any:
        place = workplace()
        try:
            with place.writing() as session:
                seq = deciding.publish(session, find_draft(session, draft_id))
        except NotFoundError:
            raise
        except CatalogError as error:
            return self._confirmation(draft_id, error)
        place.refresh()
        say(f"La version {seq} est publiée.")
        return redirect(url_for("versions.show", seq=seq))

    @expose("/<int:draft_id>/planifier", methods=["POST"])
    @may("publish")
    def plan(self, draft_id: int) -> Any:
        return self._do(draft_id, deciding.plan_it)

    @expose("/<int:draft_id>/deplanifier", methods=["POST"])
    @may("publish")
    def unplan(self, draft_id: int) -> Any:
        return self._do(draft_id, deciding.unplan_it)

    @expose("/<int:draft_id>/anomalies")
    @may("read console")
    def findings(self, draft_id: int) -> Any:
        return self._findings(draft_id)

    @expose("/<int:draft_id>/anomalies/accepter", methods=["POST"])
    @may("settle violations")
    def accept(self, draft_id: int) -> Any:
        return self._settle(draft_id, deciding.accept_warnings)

    @expose("/<int:draft_id>/anomalies/justifier", methods=["POST"])
    @may("write drafts")
    def justify(self, draft_id: int) -> Any:
        return self._settle(draft_id, deciding.justify_warnings)

    @expose("/<int:draft_id>/anomalies/<int:number>/annuler", methods=["POST"])
    @may("answer violations")
    def take_back(self, draft_id: int, number: int) -> Any:
        return self._settle(draft_id, lambda session, draft: deciding.take_back(session, draft, number))

    @expose("/<int:draft_id>/rebase")
    @may("read console")
    def stale(self, draft_id: int) -> Any:
        place = workplace()
        with place.reading() as session:
            draft = find_draft(session, draft_id)
            return self.render("console/revue/rebase.html", **showing.stale_page(place, session, draft))

    @expose("/<int:draft_id>/rebase", methods=["POST"])
    @may("write drafts")
    def rebase(self, draft_id: int) -> Any:
        place = workplace()
        with place.writing() as session:
            draft = find_draft(session, draft_id)
            done = deciding.rebase_it(session, draft)
            context = showing.rebased_page(place, draft, done)
        return self.render("console/revue/rebase.html", **context)

    def _do(self, draft_id: int, verb: Verb) -> Any:
        """A verb in one transaction, then the page; refused, the page says why and keeps what was typed."""
        try:
            with workplace().writing() as session:
                told = verb(session, find_draft(session, draft_id))
        except NotFoundError:
            raise
        except CatalogError as error:
            return self._page(draft_id, error)
        say(told)
        return redirect(url_for(".show", draft_id=draft_id))

    def _settle(self, draft_id: int, verb: Verb) -> Any:
        try:
            with workplace().writing() as session:
                told = verb(session, find_draft(session, draft_id))
        except CatalogError as error:
            return self._findings(draft_id, error)
        say(told)
        return redirect(url_for(".findings", draft_id=draft_id, famille=request.form.get("famille") or None))

    def _page(self, draft_id: int, error: CatalogError | None = None) -> Any:
        place = workplace()
        with place.reading() as session:
            draft = find_draft(session, draft_id)
            context = showing.draft_page(place, session, draft, actor())
        page = self.render(
            "console/revue/show.html", **context, refused=said(error) if error else "", typed=request.form
        )
        return page, status_of(error) if error else 200

    def _confirmation(self, draft_id: int, error: CatalogError | None = None) -> Any:
        place = workplace()
        with place.reading() as session:
            context = showing.confirmation(place, session, find_draft(session, draft_id))
        page = self.render("console/revue/confirm.html", **context, refused=said(error) if error else "")
        return page, status_of(error) if error else 200

    def _findings(self, draft_id: int, error: CatalogError | None = None) -> Any:
        place = workplace()
        with place.reading() as session:
            context = showing.findings_page(place, session, find_draft(session, draft_id), actor())
        page = self.render("console/revue/findings.html", **context, refused=said(error) if error else "")
        return page, status_of(error) if error else 200
