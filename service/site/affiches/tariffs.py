"""The poster of a convention: the tariffs in force that the API tells, none recorded and not in force (DOMAIN 3.1)."""

from __future__ import annotations

from datetime import date

from catalog.conventions.codes import parse_slug
from catalog.conventions.indexes import LETTRE_CLE
from catalog.conventions.lookups import ConventionAnswer, find_convention
from catalog.conventions.schemas import AU_COEFFICIENT
from catalog.errors import CodeError, UnknownCodeError
from catalog.french import write_dirhams, write_short_day
from catalog.releases.telling import Told
from service.site.affiches.bilingual import Both, both, both_day
from service.site.affiches.columns import UNKNOWN, filled, kept, remarks
from service.site.affiches.poster import Cell, Column, Ground, Grounds, Poster, draw_qr, too_long, version_line
from service.site.affiches.words import EVERY_PAYER, FLAT, PAYERS, PER_COEFFICIENT, PROFESSIONS, SECTORS, UNITS
from service.site.languages import gettext
from service.site.languages import later as _
from service.site.refusals import Refusal
from service.site.visits import Visit
from service.telling.tarifs import tell_tarifs

IN_FORCE = "EN_VIGUEUR"


def draw_tariffs(visit: Visit, written: str) -> Poster | Refusal:
    """The poster of a convention, or why there is none. Raises UnknownCodeError, NotInForceError."""
    code = _slug(written)
    told = tell_tarifs(visit.snapshot, code, visit.moment)
    lines = told["tarifs"]
    if told["statut"] != IN_FORCE or not lines:
        return _nothing()
    refusal = too_long(len(lines))
    if refusal is not None:
        return refusal
    found, is_shared = find_convention(visit.snapshot, code, visit.moment), not any(line["organisme"] for line in lines)
    grounds = Grounds(visit)
    act = grounds.find(found.acte.code if found.acte else found.version.legal_act)
    rows = [_row(visit, line, grounds, is_shared) for line in lines]
    return _poster(visit, found, act, _columns(is_shared), rows, grounds)


def _slug(written: str) -> str:
    """The code of the address. Raises UnknownCodeError: what cannot be a code was never published either."""
    try:
        return parse_slug(written)
    except CodeError as error:
        raise UnknownCodeError("convention", written) from error


def _nothing() -> Refusal:
    told = gettext("Aucun tarif de cette convention n’est en vigueur à cette date : il n’y a rien à afficher.")
    return Refusal(404, gettext("Pas d’affiche"), told)


def _poster(
    visit: Visit,
    found: ConventionAnswer,
    act: Ground,
    columns: list[Column],
    rows: list[list[Cell]],
    grounds: Grounds,
) -> Poster:
    assert visit.release is not None
    held, code = found.version.payload, found.version.code
    address, places = visit.pinned("affiche", code=code), filled(columns, rows)
    return Poster(
        name=code,
        subject=Both(held["libelle"], held["libelle_ar"] or ""),
        lines=[_for_whom(held["profession"], held["secteur"]), _grounded(act, found.effective_from)],
        columns=kept(columns, places),
        rows=[kept(row, places) for row in rows],
        remarks=remarks(columns, [0, *places]),  # what has no key letter lacks nothing: it is paid by its own name
        grounds=tuple(grounds.numbered.values()),
        version=version_line(visit),
        address=address,
        qr=draw_qr(address),
        digest=visit.release.content_digest,
        published_at=visit.release.published_at,
    )


def _for_whom(profession: str | None, secteur: str | None) -> Both:
    named = [*filter(None, (PROFESSIONS.get(profession or ""), SECTORS.get(secteur or "")))]
    told = [both(message) for message in named]
    return Both(", ".join(each.fr for each in told), "، ".join(each.ar for each in told))


def _grounded(act: Ground, start: date | None) -> Both:
    """The act of the convention, its gazette, and since when it holds; what is not known is said."""
    since = (
        both(_("en vigueur depuis le %(day)s"), day=both_day(start)) if start else both(_("date d’effet non indiquée"))
    )
    named = Both(
        act.act["title"] or act.act["id"], act.title_ar or both(_("Référence [%(number)s]"), number=act.number).ar
    )
    return Both(f"{named.fr}, {act.dated.fr}, {since.fr}", f"{named.ar}، {act.dated.ar}، {since.ar}")


def _columns(is_shared: bool) -> list[Column]:
    payer = [] if is_shared else [Column(both(_("Organisme")), "payer")]
    return [
        Column(both(_("Lettre clé")), "strong"),
        Column(both(_("Désignation")), "wide" if is_shared else ""),
        *payer,
        Column(both(_("Montant (DH)")), "amount"),
        Column(both(_("Unité")), "inline"),
        Column(both(_("Depuis le")), "minor"),
        Column(both(_("Réf.")), "minor"),
    ]


def _row(visit: Visit, line: Told, grounds: Grounds, is_shared: bool) -> list[Cell]:
    unit, payer = _unit(visit, line), both(PAYERS.get(line["organisme"] or "", EVERY_PAYER))
    return [
        Cell(line["nom"] if line["kind"] == LETTRE_CLE else UNKNOWN),
        Cell(line["libelle"] or line["nom"], note=_note(line)),
        *([] if is_shared else [Cell(payer.fr, payer.ar)]),
        Cell(_amount(line), note=_further(line)),
        Cell(unit.fr, unit.ar),
        Cell(write_short_day(line["valid_from"])),
        Cell(f"[{grounds.find(line['legal_act']).number}]"),
    ]


def _unit(visit: Visit, line: Told) -> Both:
    """What the amount is paid for; nothing where no text says whether a letter goes with a coefficient."""
    if line["unite"]:
        return both(UNITS[line["unite"]])
    version = visit.snapshot.find(line["kind"], line["code"], visit.moment)
    usage = version.payload["usage"] if version else None
    if usage is None:
        return Both(UNKNOWN)
    return both(PER_COEFFICIENT if usage == AU_COEFFICIENT else FLAT)


def _amount(line: Told) -> str:
    """``1 950,00``; another currency than the dirham is named."""
    told = write_dirhams(line["montant"]).removesuffix(" DH")
    return told if line["devise"] in (None, "MAD") else f"{told} {line['devise']}"


def _further(line: Told) -> Both | None:
    if line["montant_palier"] is None or line["palier"] is None:
        return None
    amount = write_dirhams(line["montant_palier"]).removesuffix(" DH")
    return both(_("+ %(amount)s par tranche de %(width)s"), amount=amount, width=line["palier"])


def _note(line: Told) -> Both | None:
    return Both(line["remarque"]) if line["remarque"] else None
