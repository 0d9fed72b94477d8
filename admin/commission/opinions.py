"""Pages of opinions: writing one, with the presentations it reaches shown before anything is kept."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from flask_admin import expose
from sqlalchemy.orm import Session

from admin.commission.reading import Reading, form_session
from admin.commission.words import CHOICES, SCOPES, WORDS
from admin.french import sentence
from admin.room import actor, may, say
from admin.workplace import workplace
from catalog.errors import CatalogError
from catalog.fields import LIST_SEPARATOR
from catalog.gmr.commission import items, opinions
from catalog.gmr.commission.dossiers import find_dossier
from catalog.gmr.commission.models import Dossier, Opinion
from catalog.gmr.commission.opinions import OpinionText
from catalog.gmr.commission.targets import classes, preview, read_target, target_of, unlisted
from catalog.temporal import Moment

TARGET_FIELDS = ("codes", "dci", "dosages", "unites", "forme", "classe", "sauf")


class OpinionPages:
    """The opinions of a dossier, one an indication."""

    render: Any

    @expose("/dossiers/<numero>/avis", methods=("GET", "POST"))
    @may("prepare opinions")
    def opinion_new(self, numero: str) -> Any:
        return self._opinion(numero, None)

    @expose("/dossiers/<numero>/avis/<int:rang>", methods=("GET", "POST"))
    @may("prepare opinions")
    def opinion(self, numero: str, rang: int) -> Any:
        return self._opinion(numero, rang)

    @expose("/dossiers/<numero>/avis/<int:rang>/supprimer", methods=("POST",))
    @may("prepare opinions")
    def opinion_remove(self, numero: str, rang: int) -> Any:
        place = workplace()
        with place.writing() as session:
            opinions.remove_opinion(session, find_dossier(session, numero), rang, by=actor(), at=place.now())
        say("L’avis est supprimé.")
        return redirect(url_for(".show", numero=numero))

    def _opinion(self, numero: str, rang: int | None) -> Any:
        form = Reading(request.form)
        with form_session() as session:
            dossier = find_dossier(session, numero)
            held = opinions.find_opinion(session, dossier, rang) if rang else None
            values = dict(request.form) if request.method == "POST" else _values(session, dossier, held)
            told = read_opinion(Reading(values, form.errors), complain=request.method == "POST")
            if request.method == "POST" and told and not form.errors and "apercu" not in request.form:
                try:
                    with session.begin_nested():
                        _write(session, dossier, told, rang)
                    say("L’avis est enregistré avec le dossier. Il n’est pas encore publié.")
                    return redirect(url_for(".show", numero=dossier.numero))
                except CatalogError as error:
                    form.errors["portee"] = sentence(error)
                    session.expire_all()
            return self._opinion_form(dossier, values, told, form.errors, rang)

    def _opinion_form(
        self,
        dossier: Dossier,
        values: dict[str, Any],
        told: OpinionText | None,
        errors: dict[str, str],
        rang: int | None,
    ) -> Any:
        place = workplace()
        snapshot = place.current()
        moment = Moment((told.effet if told else None) or place.today(), snapshot.head)
        page = self.render(
            "console/commission/opinion.html",
            dossier=dossier,
            rang=rang,
            values=values,
            errors=errors,
            choices=[("", "Choisir…"), *CHOICES],
            scopes=list(SCOPES.items()),
            smr=[("", "Sans objet"), *opinions.levels(snapshot, "SMR", moment)],
            asmr=[("", "Sans objet"), *opinions.levels(snapshot, "ASMR", moment)],
            classes=classes(snapshot, snapshot.head),
            touched=preview(snapshot, told.target, told.smr, told.asmr, moment) if told else [],
            unlisted=unlisted(snapshot, told.target.codes, moment) if told else [],
            moment=moment,
            is_preview=bool(told),
            **WORDS,
        )
        return page, 422 if errors else 200


def _write(session: Session, dossier: Dossier, told: OpinionText, rang: int | None) -> None:
    place = workplace()
    opinions.write_opinion(
        session, place.current(), dossier, told, rang=rang, by=actor(), at=place.now(), today=place.today()
    )


def read_opinion(form: Reading, *, complain: bool) -> OpinionText | None:
    """The opinion a form holds, or None; complaints only once it was sent."""
    own = Reading(form.form, form.errors if complain else {})
    decision = own.needed("decision", "Choisissez le sens de l’avis.")
    effet = own.day("effet", is_needed=False)
    portee = own.text("portee") or "codes"
    if portee not in SCOPES:
        own.errors["portee"] = "Choisissez sur quoi porte l’avis : des codes, une DCI ou une classe thérapeutique."
        return None
    told = {name: own.text(name) for name in TARGET_FIELDS}
    if complain and not told["classe" if portee == "classe" else portee]:
        own.errors[portee] = "Dites quelles présentations l’avis concerne."
    target = own.read(portee, lambda _: read_target(portee, told))
    if target is None or (own.errors and (not complain or "effet" in own.errors)):
        return None
    levels = {name: own.text(name) or None for name in ("indication", "smr", "asmr", "texte")}
    return OpinionText(decision, target, effet=effet, **levels)


def _values(session: Session, dossier: Dossier, held: Opinion | None) -> dict[str, Any]:
    """What the form shows at first: the opinion kept, or the presentations of the dossier."""
    if held is None:
        codes = [item.code for item in items.items(session, dossier) if item.code]
        return {"portee": "codes", "codes": "\n".join(codes)}
    target = target_of(held)
    names = ("indication", "decision", "smr", "asmr", "texte", "portee")
    kept = {name: getattr(held, name) or "" for name in names}
    lists = {name: LIST_SEPARATOR.join(getattr(target, name)) for name in ("dci", "dosages", "unites")}
    return (
        kept
        | lists
        | {
            "effet": held.effet.isoformat() if held.effet else "",
            "codes": "\n".join(target.codes),
            "forme": target.forme or "",
            "classe": target.classe or "",
            "sauf": "\n".join(target.sauf),
        }
    )
