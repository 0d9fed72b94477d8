"""The poster of a pharmacy: the medicines a payer pays to it directly, with their prices."""

from __future__ import annotations

from catalog.french import write_dirhams, write_short_day
from service.site.affiches.bilingual import Both, both
from service.site.affiches.columns import PACK, UNKNOWN, filled, joined, kept, remarks
from service.site.affiches.poster import Cell, Column, Grounds, Poster, draw_qr, too_long, version_line
from service.site.affiches.words import PAYERS
from service.site.languages import gettext
from service.site.languages import later as _
from service.site.refusals import Refusal
from service.site.tiers_payant.lists import Listed, find_listed, parse_payer
from service.site.visits import Visit
from service.telling.listes import tell_list

DESCRIBED = range(1, 6)
"""The columns of what a name alone does not tell, from the DCI to the base."""


def draw_medicines(visit: Visit, organisme: str) -> Poster | Refusal:
    """The poster of a payer's list, or why there is none. Raises UnknownCodeError for an unknown payer."""
    payer = parse_payer(organisme)
    told = tell_list(visit.snapshot, payer, visit.moment)
    entries = told["medicaments"]
    if not entries:
        nothing = gettext("Aucune liste de cet organisme n’est en vigueur à cette date : il n’y a rien à afficher.")
        return Refusal(404, gettext("Pas d’affiche"), nothing)
    refusal = too_long(len(entries))
    if refusal is not None:
        return refusal
    grounds = Grounds(visit)
    grounds.find(told["convention"]["legal_act"])
    rows = [_row(find_listed(visit, entry), grounds) for entry in entries]
    return _poster(visit, payer, rows, grounds, str(told["convention"]["libelle"]))


def _poster(visit: Visit, payer: str, rows: list[list[Cell]], grounds: Grounds, convention: str) -> Poster:
    assert visit.release is not None
    columns, address = _columns(), visit.pinned("affiche_tiers_payant", organisme=payer)
    places = filled(columns, rows)
    return Poster(
        name=f"tiers-payant-{payer}",
        subject=both(_("Médicaments payés à la pharmacie par la %(payer)s"), payer=both(PAYERS[payer])),
        lines=[both(_("Tiers payant")), Both(convention)],
        columns=kept(columns, places),
        rows=[joined(row, places, DESCRIBED) for row in rows],
        remarks=remarks(columns, places),
        grounds=tuple(grounds.numbered.values()),
        version=version_line(visit),
        address=address,
        qr=draw_qr(address),
        digest=visit.release.content_digest,
        published_at=visit.release.published_at,
    )


def _columns() -> list[Column]:
    return [
        Column(both(_("Spécialité")), "strong"),
        Column(both(_("DCI")), "middle"),
        Column(both(PACK), "wide"),
        Column(both(_("Code"))),
        Column(both(_("PPV (DH)")), "amount"),
        Column(both(_("Base (DH)")), "amount"),
        Column(both(_("Depuis le")), "minor"),
        Column(both(_("Réf.")), "minor"),
    ]


def _row(line: Listed, grounds: Grounds) -> list[Cell]:
    described = ", ".join(filter(None, (line.dosage, line.presentation)))
    return [
        Cell(line.entry["nom"], line.nom_ar or ""),
        Cell(" / ".join(line.entry["dci"] or ()) or UNKNOWN),
        Cell(described or UNKNOWN),
        Cell(line.code or UNKNOWN),
        Cell(_amount(line.ppv)),
        Cell(_amount(line.pbr)),
        Cell(write_short_day(line.entry["valid_from"])),
        Cell(f"[{grounds.find(line.entry['legal_act']).number}]"),
    ]


def _amount(amount: str | None) -> str:
    return UNKNOWN if amount is None else write_dirhams(amount).removesuffix(" DH")
