"""The first page: what this is, the newest release, and a lookup of one medicine on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request, send_from_directory

from catalog.errors import CatalogError, CodeError, DateError, NotInForceError, UnknownCodeError
from catalog.french import write_day
from catalog.gmr import lookups
from catalog.releases.telling import acts_at, with_grounds
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment, day_in_morocco, parse_day
from service.answers import NEVER, digest, keep
from service.clock import Clock
from service.site.avis import add_avis
from service.state import ServedCatalogue

REFRESHED = "public, max-age=0, must-revalidate"
LONGEST_TEXT = 40

STATUTS = {
    "ADMIS": "admis au remboursement",
    "NON_ADMIS": "non admis au remboursement",
    "HOSPITALIER": "réservé à l’hôpital",
    "RETIRE": "radié",
}
REFUSALS: Mapping[type[CatalogError], tuple[int, str]] = {
    CodeError: (400, "Ce code ne se lit pas : un code-barres compte 8, 12, 13 ou 14 chiffres."),
    DateError: (400, "Cette date ne se lit pas : écrivez-la AAAA-MM-JJ."),
    UnknownCodeError: (404, "Aucun médicament n’a été publié sous ce code."),
}


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the form asked, and what was found or why nothing was."""

    code: str
    as_of: str
    found: dict[str, Any] | None = None
    status: int = 200
    refusal: str | None = None


def site(catalogue: ServedCatalogue, clock: Clock) -> Blueprint:
    made = Blueprint("site", __name__, template_folder="templates")

    @made.get("/")
    def home() -> Response:
        snapshot = catalogue.current()
        today = day_in_morocco(clock())
        asked = Lookup(request.args.get("code", "").strip(), request.args.get("as_of", "").strip())
        lookup = look_up(snapshot, asked, today) if asked.code else asked
        newest = snapshot.releases[-1] if snapshot.head else None
        body = render_template("site/home.html", newest=newest, lookup=lookup, today=today, statuts=STATUTS)
        response = Response(body, lookup.status, content_type="text/html; charset=utf-8")
        if lookup.status == 200:
            return keep(response, digest(body), REFRESHED)
        response.headers["Cache-Control"] = NEVER
        return response

    @made.get("/static/<path:name>")
    def static(name: str) -> Response:
        return send_from_directory(f"{made.root_path}/static", name, max_age=300)

    add_avis(made, catalogue, clock)
    return made


def look_up(snapshot: Snapshot, asked: Lookup, today: date) -> Lookup:
    """The answer to the form at the newest release; a refusal is told in French."""
    if max(len(asked.code), len(asked.as_of)) > LONGEST_TEXT:
        return Lookup(asked.code[:LONGEST_TEXT], asked.as_of[:LONGEST_TEXT], None, *REFUSALS[CodeError])
    try:
        moment = Moment(parse_day(asked.as_of) if asked.as_of else today, snapshot.head)
        found = lookups.medicament(snapshot, asked.code, moment)
    except (CodeError, DateError, UnknownCodeError) as error:
        return Lookup(asked.code, asked.as_of, None, *REFUSALS[type(error)])
    except NotInForceError:
        return Lookup(asked.code, asked.as_of, None, 404, _out_of_force(snapshot, asked.code, moment))
    return Lookup(asked.code, moment.as_of.isoformat(), found=with_grounds(found, acts_at(snapshot, moment)))


def _out_of_force(snapshot: Snapshot, code: str, moment: Moment) -> str:
    versions = lookups.history(snapshot, code, moment)
    periods = "; ".join(sorted({_in_words(version) for version in versions if version["closed_by"] is None}))
    return (
        f"Ce médicament n’est pas en vigueur le {write_day(moment.as_of)}. Il l’est {periods}."
        if periods
        else (f"Ce médicament n’est pas en vigueur le {write_day(moment.as_of)}.")
    )


def _in_words(version: Mapping[str, Any]) -> str:
    start, end = version["valid_from"], version["valid_to"]
    begins = f"à partir du {write_day(start)}" if start else "depuis toujours"
    return f"{begins} et jusqu’au {write_day(end)} exclu" if end else begins
