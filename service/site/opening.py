"""Opens every area of the public site, once in each language."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, send_from_directory

from catalog.gmr.statut import full_name
from service.clock import Clock
from service.site import (
    accueil,
    actes_juridiques,
    avis,
    chiffres,
    glossaire,
    recherche,
    telechargements,
    tiers_payant,
)
from service.site.affiches import pages as affiches
from service.site.flux import pages as flux
from service.site.languages import ARABIC, ARABIC_PREFIX, FRENCH, speak
from service.site.medicaments import pages as medicaments
from service.site.plan import add_plan
from service.site.rooms import PageRoom, asked_values
from service.site.tarifs import pages as tarifs
from service.site.versions import pages as versions
from service.state import ServedCatalogue

ROOMS: tuple[PageRoom, ...] = (
    accueil.room,
    recherche.room,
    medicaments.room,
    tarifs.room,
    tiers_payant.room,
    affiches.room,
    versions.room,
    actes_juridiques.room,
    avis.room,
    glossaire.room,
    chiffres.room,
    telechargements.room,
    flux.room,
)


def open_site(app: Flask, catalogue: ServedCatalogue, clock: Clock) -> None:
    """Adds the pages, their files, and what the machines of search engines ask for."""
    speak(app)
    app.jinja_env.globals.update(asked_values=asked_values, full_name=full_name)
    for language, prefix in ((FRENCH, None), (ARABIC, ARABIC_PREFIX)):
        made = Blueprint(language.blueprint, __name__, template_folder="templates", url_prefix=prefix)
        for room in ROOMS:
            room.open_in(made, catalogue, clock)
        app.register_blueprint(made)
    app.register_blueprint(_files(catalogue, clock))


def _files(catalogue: ServedCatalogue, clock: Clock) -> Blueprint:
    made = Blueprint("files", __name__)

    @made.get("/static/<path:name>")
    def static(name: str) -> Response:
        return send_from_directory(f"{made.root_path}/static", name, max_age=300)

    add_plan(made, catalogue, clock)
    return made
