"""Pages of dossiers: the list, one dossier with its steps, and the forms that receive, correct and move it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import redirect, request, url_for
from flask_admin import expose

from admin.commission.page import LEAVES, dossier_page
from admin.commission.reading import Reading, form_session
from admin.commission.words import TYPES, WORDS
from admin.french import sentence
from admin.room import actor, may, say
from admin.workplace import workplace
from catalog.errors import CatalogError
from catalog.gmr.commission import dossiers, meetings, moves, reading
from catalog.gmr.commission.dossiers import Request, find_dossier
from catalog.gmr.commission.errors import MoveDayError
from catalog.gmr.commission.states import LABELS


class DossierPages:
    """The list of dossiers and the page of each."""

    render: Any

    @expose("/")
    @may("read console")
    def index(self) -> Any:
        asked = reading.Filter(**{name: request.args.get(name, "").strip()[:100] for name in FILTERS})
        with workplace().reading() as session:
            page = reading.dossiers(session, asked, _page(request.args.get("page", "")))
            told: dict[str, Any] = {
                "found": page,
                "counts": reading.counts(session),
                "laboratories": reading.laboratories(session),
                "meetings": meetings.meetings(session),
            }
            return self.render(
                "console/commission/list.html", asked=asked, page_url=_page_url, types_=TYPES, **WORDS, **told
            )

    @expose("/nouveau", methods=("GET", "POST"))
    @may("prepare opinions")
    def receive(self) -> Any:
        place = workplace()
        form = Reading(request.form)
        if request.method == "POST" and (asked := read_request(form)):
            try:
                with place.writing() as session:
                    dossier = dossiers.receive(session, asked, by=actor(), at=place.now())
                say(f"Le dossier {dossier.numero} est reçu.")
                return redirect(url_for(".show", numero=dossier.numero))
            except CatalogError as error:
                form.errors[_field_of(error)] = sentence(error)
        with place.reading() as session:
            proposed = {"numero": dossiers.next_number(session, place.today().year), "recu_le": place.today()}
            return self._form("Nouveau dossier", form, proposed)

    @expose("/dossiers/<numero>")
    @may("read console")
    def show(self, numero: str) -> Any:
        with workplace().reading() as session:
            return dossier_page(self, session, find_dossier(session, numero))

    @expose("/dossiers/<numero>/modifier", methods=("GET", "POST"))
    @may("prepare opinions")
    def amend(self, numero: str) -> Any:
        place = workplace()
        form = Reading(request.form)
        with form_session() as session:
            dossier = find_dossier(session, numero)
            held = dossiers.told(dossier)
            if request.method == "POST" and (asked := read_request(form)):
                try:
                    with session.begin_nested():
                        dossiers.amend(session, dossier, asked, by=actor(), at=place.now())
                    say("Le dossier est corrigé.")
                    return redirect(url_for(".show", numero=dossier.numero))
                except CatalogError as error:
                    form.errors[_field_of(error)] = sentence(error)
        return self._form(f"Dossier {numero}", form, held, numero)

    def _form(self, title: str, form: Reading, held: dict[str, Any], numero: str = "") -> Any:
        values = dict(request.form) if request.method == "POST" else held
        page = self.render(
            "console/commission/dossier_form.html",
            title=title, values=values, errors=form.errors, types_=TYPES, numero=numero, **WORDS,
        )  # fmt: skip
        return page, 422 if form.errors else 200

    @expose("/dossiers/<numero>/etape", methods=("POST",))
    @may("prepare opinions")
    def move(self, numero: str) -> Any:
        place, form = workplace(), Reading(request.form)
        jour = form.day("jour")
        with place.writing() as session:
            dossier = find_dossier(session, numero)
            try:
                if jour is not None:
                    with session.begin_nested():
                        moves.move(session, dossier, read_step(form, jour), by=actor(), at=place.now())
                    say(f"Le dossier est à l’état « {LABELS[dossier.etat]} ».")
                    return redirect(url_for(".show", numero=dossier.numero))
                refusal = form.errors["jour"]
            except CatalogError as error:
                refusal = sentence(error)
            session.expire_all()
            return dossier_page(self, session, find_dossier(session, numero), refusal=refusal, form=request.form), 409

    def _change(self, numero: str, change: Any) -> Any:
        """Does a thing to a dossier and shows it, with what was refused if anything was."""
        with workplace().writing() as session:
            dossier = find_dossier(session, numero)
            try:
                with session.begin_nested():
                    say(change(session, dossier))
                return redirect(url_for(".show", numero=dossier.numero))
            except LEAVES:
                raise
            except CatalogError as error:
                session.expire_all()
                dossier = find_dossier(session, numero)
                return dossier_page(self, session, dossier, refusal=sentence(error), form=request.form), 422


FILTERS = ("etat", "type_demande", "laboratoire", "seance", "texte")


def _page(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _page_url(number: int) -> str:
    kept: dict[str, Any] = {name: value for name in FILTERS if (value := request.args.get(name))}
    return url_for(".index", **kept, page=number)


def _field_of(error: CatalogError) -> str:
    """The field beside which the form tells what was refused."""
    return "recu_le" if isinstance(error, MoveDayError) else "numero"


def read_request(form: Reading) -> Request | None:
    """What the form asks, or None and its complaints."""
    numero = form.needed("numero", "Donnez le numéro du dossier.")
    objet = form.needed("objet", "Donnez l’objet de la demande.")
    type_demande = form.needed("type_demande", "Choisissez le type de demande.")
    if type_demande and type_demande not in dict(TYPES):
        form.errors["type_demande"] = f"Choisissez le type de demande parmi : {', '.join(dict(TYPES).values())}."
    jour = form.day("recu_le")
    if form.errors or jour is None:
        return None
    return Request(numero, objet, type_demande, jour, form.text("laboratoire"), form.text("remarque"))


def read_step(form: Reading, jour: date) -> moves.Step:
    """The step a form asks for."""
    optional = {name: form.text(name) or None for name in ("commentaire", "seance", "acte", "cefps")}
    return moves.Step(form.text("vers"), jour, seen=form.text("seen") or None, **optional)
