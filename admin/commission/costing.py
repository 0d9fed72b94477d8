"""The page of costs: a proposed medicine beside the equivalents already listed, computed, then kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from flask_admin import expose
from sqlalchemy.orm import Session

from admin.commission.reading import Reading, form_session
from admin.commission.words import WORDS
from admin.french import sentence
from admin.room import actor, may, say
from admin.workplace import workplace
from catalog.errors import CatalogError
from catalog.gmr.commission import cefps, costs
from catalog.gmr.commission.cefps import Compared, CostLine
from catalog.gmr.commission.dossiers import find_dossier
from catalog.gmr.commission.equivalents import about, equivalents
from catalog.gmr.commission.items import find_item
from catalog.gmr.commission.models import Dossier
from catalog.gmr.groups import composition
from catalog.gmr.statut import dosage_text
from catalog.snapshots.reading import Version
from catalog.temporal import Moment

SHOWN = 60
"""Equivalents shown, the cheapest; the page says how many there are."""


@dataclass(frozen=True, slots=True)
class Offered:
    """An equivalent as the form offers it. ``is_same``: the same substances at the same strengths as the one asked."""

    version: Version
    dosage: str | None
    contenance: str
    par_jour: str
    is_same: bool


class CostPages:
    """The economic step."""

    render: Any

    @expose("/dossiers/<numero>/couts/<int:position>", methods=("GET", "POST"))
    @may("prepare opinions")
    def costs(self, numero: str, position: int) -> Any:
        place, form = workplace(), Reading(request.form)
        snapshot = place.current()
        moment = Moment(place.today(), snapshot.head)
        with form_session() as session:
            dossier = find_dossier(session, numero)
            item = find_item(session, dossier, position)
            asked = about(snapshot, item, moment)
            basis, found = equivalents(snapshot, asked, moment)
            offered = [_offer(version, asked, form) for version in found[:SHOWN]]
            compared, jours = read_costs(form, asked, offered) if request.method == "POST" else ([], None)
            lines: list[CostLine] = []
            if jours and compared and not form.errors:
                try:
                    lines = cefps.compare(compared, jours)
                    if "garder" in request.form:
                        with session.begin_nested():
                            _keep(session, dossier, position, basis, compared, jours, moment)
                        say("Le tableau des coûts est conservé avec le dossier.")
                        return redirect(url_for(".show", numero=dossier.numero))
                except CatalogError as error:
                    form.errors["prix"] = sentence(error)
            return self._costs_page(dossier, position, asked, basis, len(found), offered, lines, form, moment)

    def _costs_page(
        self, dossier: Dossier, position: int, asked: Any, basis: str, total: int, offered: Any, lines: Any,
        form: Reading, moment: Moment,
    ) -> Any:  # fmt: skip
        units = costs.contenance(asked["presentation"])
        held = {
            "prix": f"{asked['ppv'] // 100},{asked['ppv'] % 100:02d}" if asked["ppv"] else "",
            "contenance": costs.write_hundredths(units) if units else "",
            "par_jour": "",
            "jours": "",
        }
        page = self.render(
            "console/commission/costs.html",
            dossier=dossier, position=position, asked=asked, basis=basis, total=total, offered=offered, lines=lines,
            values=dict(form.form) or held, errors=form.errors, moment=moment, **WORDS,
        )  # fmt: skip
        return page, 422 if form.errors else 200


def _keep(
    session: Session, dossier: Dossier, position: int, basis: str, compared: list[Compared], jours: int, moment: Moment
) -> None:
    at = workplace().now()
    cefps.keep_table(session, dossier, position, basis, compared, jours, moment, by=actor(), at=at)


def _offer(version: Version, asked: Any, form: Reading) -> Offered:
    """What the pack holds is proposed where its text counts it; how much is taken a day is never proposed."""
    units = costs.contenance(version.payload["presentation"])
    proposed = costs.write_hundredths(units) if units else ""
    code = version.code
    return Offered(
        version,
        dosage_text(version.payload),
        form.text(f"contenance-{code}") if form.form else proposed,
        form.text(f"par_jour-{code}"),
        is_same=asked["is_listed"] and composition(asked) == composition(version.payload),
    )


def read_costs(form: Reading, asked: Any, offered: list[Offered]) -> tuple[list[Compared], int | None]:
    """What is to be compared: the proposed medicine, and each equivalent whose posology is written.

    One of the same substances and strengths is taken as the proposed one is, unless the form says otherwise.
    """
    prix = form.read("prix", costs.read_price)
    contenance = form.read("contenance", lambda text: costs.read_hundredths("Units of a pack", text))
    par_jour = form.read("par_jour", lambda text: costs.read_hundredths("Units a day", text))
    jours = form.read("jours", costs.read_days)
    if prix is None or contenance is None or par_jour is None:
        return [], jours
    compared = [Compared(asked["code"], asked["nom"], prix, contenance, par_jour, is_asked=True)]
    for line in offered:
        code = line.version.code
        if not line.contenance or not (line.par_jour or line.is_same):
            continue
        units = form.read(f"contenance-{code}", lambda text: costs.read_hundredths("Units of a pack", text))
        daily: int | None = par_jour
        if line.par_jour:
            daily = form.read(f"par_jour-{code}", lambda text: costs.read_hundredths("Units a day", text))
        if units is not None and daily is not None:
            payload = line.version.payload
            nom = " ".join(filter(None, (payload["nom"], line.dosage)))
            compared.append(Compared(code, nom, payload["ppv"], units, daily))
    return compared, jours
