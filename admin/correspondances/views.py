"""The room of the mapping workshop: parse the form, call the verb, show."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from flask_admin import expose

from admin.correspondances import acting
from admin.correspondances.asking import Filter
from admin.correspondances.showing import show_acts, show_coverage, show_form, show_list, show_proposal
from admin.french import sentence
from admin.room import Room, may, say
from admin.workplace import workplace
from catalog.errors import CatalogError
from catalog.ngap_ccam.atelier.verbs import find_proposal


class Mappings(Room):
    """Proposals of mappings, the acts that wait for one, and the figures."""

    icon = "map"

    @expose("/")
    @may("read console")
    def index(self) -> Any:
        place, asked = workplace(), Filter.of(request.args)
        with place.reading() as session:
            shown = show_list(place, session, asked)
        return self.render("console/correspondances/list.html", **shown)

    @expose("/actes")
    @may("read console")
    def acts(self) -> Any:
        place, asked = workplace(), Filter.of(request.args)
        with place.reading() as session:
            shown = show_acts(place, session, asked)
        return self.render("console/correspondances/acts.html", **shown)

    @expose("/couverture")
    @may("read console")
    def coverage(self) -> Any:
        place = workplace()
        with place.reading() as session:
            shown = show_coverage(place, session)
        return self.render("console/correspondances/coverage.html", **shown)

    @expose("/proposer", methods=["GET", "POST"])
    @may("propose mappings")
    def propose(self) -> Any:
        error = ""
        if request.method == "POST":
            try:
                number = acting.propose(request.form)
                say("La proposition est enregistrée : deux experts doivent maintenant la valider.")
                return redirect(url_for(".show", number=number))
            except CatalogError as refused:
                error = sentence(refused)
        shown = show_form(workplace(), request.values, error)
        return self.render("console/correspondances/propose.html", **shown), 422 if error else 200

    @expose("/<int:number>")
    @may("read console")
    def show(self, number: int) -> Any:
        place = workplace()
        with place.reading() as session:
            shown = show_proposal(place, session, find_proposal(session, number))
            return self.render("console/correspondances/proposal.html", **shown)

    @expose("/<int:number>/commenter", methods=["POST"])
    @may("comment mappings")
    def comment(self, number: int) -> Any:
        acting.comment(number, request.form.get("texte", ""))
        say("Le commentaire est ajouté.")
        return redirect(url_for(".show", number=number, _anchor="fil"))

    @expose("/<int:number>/valider", methods=["POST"])
    @may("validate mappings")
    def validate(self, number: int) -> Any:
        acting.validate(number)
        return redirect(url_for(".show", number=number))

    @expose("/<int:number>/refuser", methods=["POST"])
    @may("validate mappings")
    def refuse(self, number: int) -> Any:
        acting.refuse(number, request.form.get("motif", ""))
        say("La proposition est refusée.")
        return redirect(url_for(".show", number=number))

    @expose("/<int:number>/retirer", methods=["POST"])
    @may("propose mappings")
    def withdraw(self, number: int) -> Any:
        acting.withdraw(number, request.form.get("motif", ""))
        say("La proposition est retirée.")
        return redirect(url_for(".show", number=number))

    @expose("/<int:number>/deposer", methods=["POST"])
    @may("write drafts")
    def deposit(self, number: int) -> Any:
        draft = acting.put_in_draft(number, request.form)
        say(f"La correspondance est dans le brouillon n° {draft}.")
        return redirect(url_for(".show", number=number))

    @expose("/deposer", methods=["POST"])
    @may("write drafts")
    def deposit_all(self) -> Any:
        count, draft = acting.put_all_in_draft(request.form)
        say(f"Correspondances déposées dans le brouillon n° {draft} : {count}.")
        return redirect(url_for("brouillons.show", draft_id=draft))
