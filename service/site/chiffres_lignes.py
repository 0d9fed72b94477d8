"""Counts as rows of a table: a label, a number, its share of a whole, and the list behind it where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.gmr.commission.published import NONE
from catalog.gmr.statut import ADMIS, HOSPITALIER, NON_ADMIS, RETIRE
from service.site.avis_niveaux import scale
from service.site.chiffres_ensemble import Figures, PayerList, Table
from service.site.chiffres_medicaments import STATUTS, Medicines, top
from service.site.languages import gettext as _
from service.site.languages import write_dirhams
from service.site.versions.words import kind_name, value_name
from service.site.visits import Visit

THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Row:
    """``share`` is a fraction as text, None where the whole is 0; ``bar`` is the length of a bar, up to 100.

    ``is_data`` says that the label is written as published, in French.
    """

    label: str
    number: int
    share: str | None
    bar: float
    href: str | None = None
    is_data: bool = False


def row(label: str, number: int, whole: int, href: str | None = None, *, most: int = 0, is_data: bool = False) -> Row:
    """``most`` is the number of the longest bar; the whole where it is 0."""
    share = str((Decimal(number) / whole).quantize(THOUSANDTH)) if whole else None
    longest = most or whole
    return Row(label, number, share, round(100 * number / longest, 1) if longest else 0.0, href, is_data)


def statut_rows(counted: Medicines) -> list[Row]:
    """Where presentations stand. No facet of the search tells these apart, so no list is behind them."""
    names = {
        ADMIS: _("Admises, hors prix hospitalier seul"),
        HOSPITALIER: _("À prix hospitalier seul"),
        NON_ADMIS: _("Non admises au remboursement"),
        RETIRE: _("Radiées par arrêté"),
    }
    return [row(names[name], counted.statuts.get(name, 0), counted.total) for name in STATUTS]


def mark_rows(visit: Visit, counted: Medicines) -> list[Row]:
    """Princeps, generics, and those of which no list says which."""
    names = [("G", _("Génériques")), ("P", _("Princeps")), (None, _("Non précisé"))]
    return [
        row(name, number, counted.admitted, _medicines(visit, princeps_generique=mark) if mark else None)
        for mark, name in names
        if (number := counted.kinds.get(mark, 0)) or mark
    ]


def top_rows(visit: Visit, facet: str, counts: Mapping[str | None, int], whole: int) -> list[Row]:
    """The most frequent values of a field, as published; the list is sought by the value and kept to it."""
    found = top(counts)
    most = found[0][1] if found else 0
    return [
        row(value, number, whole, _medicines(visit, q=value, **{facet: value}), most=most, is_data=True)
        for value, number in found
    ]


def band_rows(counted: Medicines) -> list[Row]:
    """Bands of public prices, then those without one."""
    most = max([band.number for band in counted.bands] + [counted.unpriced])
    told = [row(_band(band.low, band.high), band.number, counted.admitted, most=most) for band in counted.bands]
    return [*told, row(_("Sans prix public"), counted.unpriced, counted.admitted, most=most)]


def _band(low: int, high: int | None) -> str:
    if not low and high is not None:
        return _("moins de %(high)s") % {"high": _dirhams(high)}
    if high is None:
        return _("%(low)s et plus") % {"low": _dirhams(low)}
    return _("de %(low)s à moins de %(high)s") % {"low": _dirhams(low), "high": _dirhams(high)}


def _dirhams(centimes: int) -> str:
    return write_dirhams(f"{centimes // 100}.{centimes % 100:02}")


def kind_rows(visit: Visit, counted: Figures) -> list[Row]:
    """How many entries of the other kinds are in force, with the page that lists them."""
    pages: Mapping[str, tuple[str, dict[str, str]]] = {
        "acte_ngap": ("actes", {"nomenclature": "ngap"}),
        "acte_ccam": ("actes", {}),
        "dispositif": ("dispositifs", {}),
        "groupe_generique": ("recherche", {"kind": "groupe_generique"}),
        "substance": ("recherche", {"kind": "substance"}),
    }
    linked = {kind: visit.link(page, **values) for kind, (page, values) in pages.items()}
    names = {kind: kind_name(kind, plural=True) for kind in counted.kinds}
    return [
        row(f"{names[kind][:1].upper()}{names[kind][1:]}", number, 0, linked[kind])
        for kind, number in counted.kinds.items()
    ]


def payer_rows(visit: Visit, counted: Figures) -> list[tuple[PayerList, str, str]]:
    """Each payer's list, its page, and the search for the presentations it names."""
    return [
        (
            liste,
            visit.link("liste_tiers_payant", organisme=liste.organisme),
            visit.link("recherche", kind="medicament", tiers_payant=liste.organisme),
        )
        for liste in counted.listes
    ]


def convention_rows(visit: Visit, counted: Figures) -> list[Row]:
    """Conventions and avenants by the status of their legal act."""
    total, href = sum(counted.conventions.values()), visit.link("conventions")
    order = sorted(counted.conventions.items(), key=lambda pair: (-pair[1], pair[0] or ""))
    names = {name: value_name("statut", name) if name else _("Non connu") for name in counted.conventions}
    return [row(names[name], number, total, href) for name, number in order]


def avis_tables(visit: Visit, counted: Figures) -> list[dict[str, Any]]:
    """Opinions in force by year and level, one table a list of levels; each count leads to those opinions."""
    return [_table(visit, liste, counted.avis[liste]) for liste in ("smr", "asmr") if counted.avis[liste]]


def _table(visit: Visit, liste: str, table: Table) -> dict[str, Any]:
    known = scale(visit, liste.upper())
    found = {level for _year, level in table}
    levels = [*(level for level in known if level in found), *sorted(filter(None, found - set(known)))]
    columns: list[str | None] = [*levels, *([None] if None in found else [])]
    years = sorted({year for year, _level in table}, reverse=True)
    rows = [
        (year, [(table.get((year, level), 0), _opinions(visit, liste, level, year)) for level in columns])
        for year in years
    ]
    return {"liste": liste.upper(), "columns": columns, "lines": rows, "known": known}


def _opinions(visit: Visit, liste: str, level: str | None, year: int) -> str:
    return visit.link("avis", annee=year, **{liste: level or NONE})


def _medicines(visit: Visit, **facets: str | None) -> str:
    return visit.link("recherche", kind="medicament", remboursable="oui", **facets)
