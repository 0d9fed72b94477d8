"""The room of the drafts: parse, ask a verb, answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, jsonify, redirect, request, url_for
from flask_admin import BaseView, expose

from admin.drafts import acting, pages
from admin.drafts.cells import edit_cell, read_cell
from admin.drafts.changing import FORMS, FormPage
from admin.drafts.current import choose_draft, current_draft, leave_draft
from admin.drafts.telling import french
from admin.refusals import TITLES, answer, status_of
from admin.room import Room, actor, may
from admin.workplace import workplace
from catalog.errors import CatalogError
from catalog.releases.drafts import find_draft
from catalog.releases.editing_errors import ReasonRequiredError

POST = ["POST"]
BOTH = ["GET", "POST"]


class Drafts(Room):
    """Everything said of a draft before its review; each change is staged by a verb of ``catalog.releases``."""

    icon = "draft"

    def _run_view(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return BaseView._run_view(self, fn, *args, **kwargs)
        except CatalogError as error:
            return answer(status_of(error), french(error))

    @expose("/")
    @may("read console")
    def index(self) -> Any:
        with workplace().reading() as session:
            shown = pages.show_shelves(session, actor(), request.args.get("etat"), current_draft(session))
        return self.render("console/drafts/list.html", **shown)

    @expose("/nouveau", methods=BOTH)
    @may("write drafts")
    def new(self) -> Any:
        if request.method == "GET":
            return self.render("console/drafts/new.html", **pages.show_new({}, {}))
        errors, draft_id = acting.open_from_form(request.form)
        if draft_id is None:
            return self.render("console/drafts/new.html", **pages.show_new(request.form, errors)), 422
        return redirect(url_for(".show", draft_id=draft_id))

    @expose("/<int:draft_id>")
    @may("read console")
    def show(self, draft_id: int) -> Any:
        return self._draft_page(draft_id)

    def _draft_page(self, draft_id: int, errors: Mapping[str, str] | None = None) -> Any:
        """The page of a draft; with ``errors``, its ground as it was typed."""
        place = workplace()
        with place.reading() as session:
            draft = find_draft(session, draft_id)
            shown = pages.show_draft(place, session, draft, request.args, current_draft(session))
        typed = request.form if errors else {}
        return self.render("console/drafts/draft.html", **shown, errors=errors or {}, typed=typed)

    @expose("/<int:draft_id>/choisir", methods=POST)
    @may("write drafts")
    def choose(self, draft_id: int) -> Any:
        with workplace().reading() as session:
            choose_draft(find_draft(session, draft_id))
        flash(f"Vous travaillez maintenant dans le brouillon n° {draft_id}.", "success")
        return redirect(url_for(".show", draft_id=draft_id))

    @expose("/quitter", methods=POST)
    @may("write drafts")
    def leave(self) -> Any:
        leave_draft()
        return redirect(url_for(".index"))

    @expose("/<int:draft_id>/fondement", methods=POST)
    @may("write drafts")
    def ground(self, draft_id: int) -> Any:
        if errors := acting.ground_from_form(draft_id, request.form):
            return self._draft_page(draft_id, errors), 422
        flash("Le fondement du brouillon est enregistré.", "success")
        return redirect(url_for(".show", draft_id=draft_id))

    @expose("/<int:draft_id>/rouvrir", methods=POST)
    @may("write drafts")
    def reopen(self, draft_id: int) -> Any:
        acting.reopen_draft(draft_id)
        flash("Le brouillon est de nouveau ouvert ; une approbation donnée est perdue.", "success")
        return redirect(url_for(".show", draft_id=draft_id))

    @expose("/<int:draft_id>/retablir/<int:change_id>", methods=POST)
    @may("write drafts")
    def restore(self, draft_id: int, change_id: int) -> Any:
        acting.restore_change(draft_id, change_id)
        flash("Le changement est retiré : la valeur publiée est rétablie sur ces jours.", "success")
        kept: dict[str, Any] = acting.kept_filters(request.form)
        return redirect(url_for(".show", draft_id=draft_id, **kept))

    @expose("/<int:draft_id>/cellule", methods=POST)
    @may("write drafts")
    def cell(self, draft_id: int) -> Any:
        try:
            return jsonify(edit_cell(workplace(), draft_id, read_cell(request.get_json(silent=True)), actor()))
        except ReasonRequiredError as error:
            return jsonify(title=TITLES[422], message=french(error), needs="reason"), 422

    @expose("/<int:draft_id>/consequences")
    @may("read console")
    def consequences(self, draft_id: int) -> Any:
        place = workplace()
        with place.reading() as session:
            shown = pages.show_consequences(place, session, find_draft(session, draft_id), request.args)
        return self.render("console/drafts/consequences.html", **shown)

    @expose("/<int:draft_id>/consequences", methods=POST)
    @may("write drafts")
    def propose(self, draft_id: int) -> Any:
        acting.propose(draft_id, request.form)
        flash("La conséquence est proposée dans le brouillon.", "success")
        return redirect(url_for(".show", draft_id=draft_id))

    @expose("/<int:draft_id>/ajouter")
    @may("write drafts")
    def to_add(self, draft_id: int) -> Any:
        kind = workplace().kinds.find(request.args.get("sorte", ""))
        return redirect(url_for(".add", draft_id=draft_id, plural=kind.plural))

    @expose("/<int:draft_id>/<plural>/ajouter", methods=BOTH)
    @may("write drafts")
    def add(self, draft_id: int, plural: str) -> Any:
        return self._form("add", draft_id, plural, "")

    @expose("/<int:draft_id>/<plural>/<path:code>/modifier", methods=BOTH)
    @may("write drafts")
    def edit(self, draft_id: int, plural: str, code: str) -> Any:
        return self._form("edit", draft_id, plural, code)

    @expose("/<int:draft_id>/<plural>/<path:code>/corriger", methods=BOTH)
    @may("write drafts")
    def correct(self, draft_id: int, plural: str, code: str) -> Any:
        return self._form("correct", draft_id, plural, code)

    @expose("/<int:draft_id>/<plural>/<path:code>/retirer", methods=BOTH)
    @may("write drafts")
    def withdraw(self, draft_id: int, plural: str, code: str) -> Any:
        return self._form("withdraw", draft_id, plural, code)

    def _form(self, verb: str, draft_id: int, plural: str, code: str) -> Any:
        page = FormPage(workplace(), FORMS[verb], draft_id, plural, code, actor())
        if request.method == "POST" and page.send(request.form):
            for text, category in page.messages:
                flash(text, category)
            return redirect(url_for(".show", draft_id=draft_id))
        return self.render("console/drafts/form.html", **page.show(request.args)), page.status
