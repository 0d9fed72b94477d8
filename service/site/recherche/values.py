"""What an entry is worth in a list, and the few words that tell it from its neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from catalog.errors import CatalogError
from catalog.gmr.statut import ADMIS, HOSPITALIER, NON_ADMIS, RETIRE, dosage_text, statut
from catalog.kinds import Payload
from catalog.money import format_dirhams, format_rate
from catalog.ngap_ccam.lookups import find_acte_ngap
from catalog.snapshots.reading import Version
from service.site.languages import gettext as _
from service.site.languages import write_dirhams, write_rate
from service.site.recherche.words import label_of, value_name
from service.site.visits import Visit


@dataclass(frozen=True, slots=True)
class Worth:
    """The value at the end of a line; ``text`` is None where none is published. ``note`` says what it is."""

    text: str | None
    note: str = ""
    is_latin: bool = False


TARIFFS = ("lettre_cle", "forfait", "taux")
"""Kinds whose codes are names of the inside: told by what chooses them."""
Part = tuple[str, bool]
"""A piece of a line, and whether it is published data, in Latin script, rather than a word of the site."""


def detail_of(visit: Visit, version: Version) -> list[Part]:
    """What tells an entry from others of its name; nobody is shown the name that a thing has inside."""
    if version.kind in TARIFFS:
        return [part for part in _terms_of(visit, version) if part[0]]
    text = _published(version)
    return [(text, True)] if text else []


def _terms_of(visit: Visit, version: Version) -> Iterator[Part]:
    """Of a tariff the letter, the convention, the sector and the payer; of a rate all that chooses it."""
    payload = version.payload
    if version.kind == "lettre_cle":
        yield payload["lettre"], True
    if version.kind != "taux":
        yield label_of(visit, "convention", payload["convention"])
    for name in ("organisme", "regime", "mode") if version.kind == "taux" else ():
        yield _said(name, payload[name])
    yield {"prive": _("secteur privé"), "public": _("secteur public")}.get(payload["secteur"], ""), False
    yield _said(
        *(("situation", payload["situation"]) if version.kind == "taux" else ("organisme", payload["organisme"]))
    )


def _said(field: str, value: Any) -> Part:
    word = value_name(field, value) if value else ""
    return word, word.isascii()


def _published(version: Version) -> str:
    payload = version.payload
    told = {
        "medicament": lambda: [
            " / ".join(payload["dci"] or ()), dosage_text(payload), payload["forme"], payload["presentation"]
        ],
        "groupe_generique": lambda: [" / ".join(payload["dci"] or ()), payload["forme"], payload["conditionnement"]],
        "substance": lambda: [dosage_text(payload), payload["forme"], payload["liste"]],
        "acte_ngap": lambda: [version.code, payload["chapitre"]],
        "acte_ccam": lambda: [version.code, payload["libelle_court"]],
        "terme": lambda: [payload["definition"]],
    }.get(version.kind, lambda: [version.code])()  # fmt: skip
    return " · ".join(str(part) for part in told if part)


def badges_of(version: Version) -> list[tuple[str, str]]:
    """Short marks with their tones."""
    payload = version.payload
    if version.kind == "medicament":
        return [*_origin(payload), *_standing(payload)]
    found = []
    if version.kind == "dispositif" and payload["classe"]:
        found.append((_("Classe %(name)s") % {"name": payload["classe"]}, "plain"))
    if payload.get("accord_prealable"):
        found.append((_("Accord préalable"), "warn"))
    return found


def _origin(payload: Payload) -> list[tuple[str, str]]:
    tones = {"P": "info", "G": "good"}
    told = payload["princeps_generique"]
    return [(value_name("princeps_generique", told), tones[told])] if told else []


def _standing(payload: Payload) -> list[tuple[str, str]]:
    told = {
        NON_ADMIS: (_("non admis au remboursement"), "warn"),
        HOSPITALIER: (_("réservé à l’hôpital"), "warn"),
        RETIRE: (_("radié"), "bad"),
    }
    found = told.get(statut(payload))
    return [found] if found else []


def worth_of(visit: Visit, version: Version) -> Worth | None:
    """The price of a medicine, the cotation of an act, the amount of a tariff; None for a kind that has none."""
    payload = version.payload
    if version.kind == "medicament":
        return _price(payload)
    if version.kind == "acte_ngap":
        return _cotation(visit, version.code)
    if version.kind == "dispositif":
        return Worth(_dirhams(payload["forfait"]), _("Forfait"))
    if version.kind == "lettre_cle":
        return Worth(_dirhams(payload["valeur"]), _("Valeur de la lettre"))
    if version.kind == "forfait":
        foreign = payload["devise"] not in (None, "MAD")
        amount = (
            f"{format_dirhams(payload['montant'])} {payload['devise']}" if foreign else _dirhams(payload["montant"])
        )
        return Worth(amount, value_name("unite", payload["unite"]), is_latin=foreign)
    if version.kind == "taux":
        return Worth(write_rate(format_rate(payload["taux"])), value_name("assiette", payload["assiette"]))
    return None


def _price(payload: Payload) -> Worth:
    if payload["ppv"] is None and payload["ph"] is not None:
        return Worth(_dirhams(payload["ph"]), _("Prix hospitalier"))
    notes = []
    if payload["pbr"] is not None:
        notes.append(_("Base %(amount)s") % {"amount": _dirhams(payload["pbr"])})
    if statut(payload) == ADMIS and payload["taux_liste"] is not None:
        notes.append(_("Taux %(rate)s") % {"rate": write_rate(format_rate(payload["taux_liste"]))})
    return Worth(_dirhams(payload["ppv"]), " · ".join(notes) or _("Prix public"))


def _cotation(visit: Visit, code: str) -> Worth:
    """The key letter and coefficient that price an act, of the act to which it is assimilated where it is."""
    try:
        found = find_acte_ngap(visit.snapshot, code, visit.moment)
    except CatalogError:
        return Worth(None, _("Cotation"))
    if found.lettre is None:
        return Worth(None, _("Cotation"))
    told = [found.lettre, _hundredths(found.coefficient)]
    complete = found.mode != "LETTRE_COEFFICIENT" or found.coefficient is not None
    return Worth(" ".join(filter(None, told)), _("Cotation") if complete else _("Coefficient non donné"), is_latin=True)


def _hundredths(value: int | None) -> str:
    return "" if value is None else format_dirhams(value).rstrip("0").rstrip(".").replace(".", ",")


def _dirhams(centimes: Any) -> str | None:
    return None if centimes is None else write_dirhams(format_dirhams(centimes))
