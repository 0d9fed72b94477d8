"""The public pages of the commission's opinions: their list on a day, and each with its legal act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from admin.french.words import value_name
from catalog.errors import CodeError, DateError
from catalog.french import write_day
from catalog.gmr.commission.opinions import levels
from catalog.gmr.commission.published import Shelf, opinions_in_force, presentations_under, subject
from catalog.gmr.opinions import given_on
from catalog.gmr.statut import dosage_text
from catalog.releases.telling import tell_act
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import DAWN, DUSK, Moment, day_in_morocco, parse_day
from service.answers import NEVER, digest, keep
from service.clock import Clock
from service.state import ServedCatalogue

REFRESHED = "public, max-age=0, must-revalidate"
LONGEST_TEXT = 100
UNREADABLE_DAY = "Cette date ne se lit pas : écrivez-la AAAA-MM-JJ."


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks. A day that cannot be read is None, with what was written."""

    texte: str
    smr: str
    written: str
    as_of: date | None
    page: int


def add_avis(blueprint: Blueprint, catalogue: ServedCatalogue, clock: Clock) -> None:
    """Adds ``/avis`` and ``/avis/<code>`` to the pages of the site."""

    @blueprint.get("/avis")
    def avis() -> Response:
        snapshot, today = catalogue.current(), day_in_morocco(clock())
        asked = _read(today)
        shelf = None
        if asked.as_of is not None:
            shelf = opinions_in_force(snapshot, Moment(asked.as_of, snapshot.head), asked.texte, asked.smr, asked.page)
        return _page(_list(snapshot, asked, shelf, today), 200 if shelf else 400)

    @blueprint.get("/avis/<path:code>")
    def un_avis(code: str) -> Response:
        snapshot, today = catalogue.current(), day_in_morocco(clock())
        asked = _read(today)
        moment = Moment(asked.as_of or today, snapshot.head)
        if asked.as_of is None:
            return _page(_refusal("Date illisible", UNREADABLE_DAY), 400)
        known = _find(snapshot, code, moment)
        if isinstance(known, str):
            return _page(_refusal("Avis introuvable", known), 404)
        return _page(_opinion(snapshot, known, moment), 200)


def _read(today: date) -> Asked:
    told = {name: request.args.get(name, "").strip()[:LONGEST_TEXT] for name in ("texte", "smr", "as_of", "page")}
    page = int(told["page"]) if told["page"].isascii() and told["page"].isdigit() and len(told["page"]) < 7 else 1
    try:
        as_of = parse_day(told["as_of"]) if told["as_of"] else today
    except DateError:
        as_of = None
    return Asked(told["texte"], told["smr"], told["as_of"], as_of, page)


def _page(body: str, status: int) -> Response:
    response = Response(body, status, content_type="text/html; charset=utf-8")
    if status == 200:
        return keep(response, digest(body), REFRESHED)
    response.headers["Cache-Control"] = NEVER
    return response


def _list(snapshot: Snapshot, asked: Asked, shelf: Shelf | None, today: date) -> str:
    day = asked.as_of or today
    kept = {"texte": asked.texte, "smr": asked.smr, "as_of": asked.written}
    given = {name: value for name, value in kept.items() if value}

    def page_url(number: int) -> str:
        return url_for("site.avis", **given, page=number)  # type: ignore[arg-type]

    return render_template(
        "site/avis.html",
        asked=asked,
        day=day,
        shelf=shelf,
        refusal=None if shelf else UNREADABLE_DAY,
        smr=levels(snapshot, "SMR", Moment(day, snapshot.head)),
        page_url=page_url,
        with_day={"as_of": asked.written} if asked.written and shelf else {},
        value_name=value_name,
    )


def _refusal(title: str, text: str) -> str:
    return render_template("site/avis_refus.html", title=title, text=text)


def _find(snapshot: Snapshot, code: str, moment: Moment) -> Version | str:
    """The opinion in force, or why there is none."""
    try:
        parsed = snapshot.kinds.find("avis").parse_code(code)
    except CodeError:
        return "Aucun avis n’a été publié sous ce code."
    found = snapshot.find("avis", parsed, moment)
    if found is not None:
        return found
    known = sorted(version.period for version in snapshot.versions("avis", parsed, moment.release))
    if not known:
        return "Aucun avis n’a été publié sous ce code."
    periods = " ; ".join(
        (f"à partir du {write_day(period.start)}" if period.start != DAWN else "depuis toujours")
        + ("" if period.end == DUSK else f" et jusqu’au {write_day(period.end)} exclu")
        for period in known
    )
    return f"Cet avis n’est pas en vigueur le {write_day(moment.as_of)}. Il l’est {periods}."


def _opinion(snapshot: Snapshot, version: Version, moment: Moment) -> str:
    concerned: list[dict[str, Any]] = [
        {"code": found.code, "nom": found.payload["nom"], "dosage": dosage_text(found.payload), **found.payload}
        for found in presentations_under(snapshot, version, moment)
    ]
    return render_template(
        "site/un_avis.html",
        avis=version,
        sujet=subject(snapshot, version.payload, moment),
        given=given_on(version),
        moment=moment,
        concerned=concerned,
        act=tell_act(snapshot, version.legal_act, moment),
        libelles={name: dict(levels(snapshot, name, moment)) for name in ("SMR", "ASMR")},
        open_start=version.period.start == DAWN,
        open_end=version.period.end == DUSK,
        value_name=value_name,
    )
