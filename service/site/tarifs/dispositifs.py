"""Devices: the list by class, and what is paid of one that was bought at a price."""

from __future__ import annotations

from typing import Any

from catalog.conventions.codes import ORGANISMES, SECTEURS
from catalog.dispositifs.codes import parse_device
from catalog.dispositifs.schemas import CLASSES
from catalog.errors import MoneyError, NotInForceError
from catalog.money import format_dirhams, parse_dirhams
from catalog.pricing.tarification import Tarification
from catalog.releases.telling import Told
from catalog.search.folding import fold
from catalog.snapshots.reading import Version
from service.site.history import gone, history
from service.site.rooms import PageRoom, Shown
from service.site.tarifs.asking import choice, paged
from service.site.tarifs.prices import tell_part
from service.site.visits import Visit
from service.telling.dispositifs import tell_dispositif
from service.telling.entries import tell_entry

room = PageRoom()
UNKNOWN_CLASS = "autre"
"""Stands in an address for devices of which no text gives the class."""


@room.page("/dispositifs")
def dispositifs(visit: Visit) -> Shown:
    """The devices of a class, or all, whose name or code holds what was typed. Raises InvalidError."""
    classe, typed = choice(visit, "classe", (*CLASSES, UNKNOWN_CLASS)), visit.text("q")
    every = [each for each in visit.snapshot.in_force("dispositif", visit.moment) if _holds(each, typed)]
    counts = {name: sum(_class_of(each) == name for each in every) for name in (*CLASSES, UNKNOWN_CLASS)}
    found = [each for each in every if classe in (None, _class_of(each))]
    asked = {name: value for name, value in (("classe", classe), ("q", typed)) if value}
    page = paged(visit, found, "dispositifs", **asked)
    page["shown"] = [tell_entry(visit.snapshot, each) for each in page["shown"]]
    return Shown("dispositifs.html", {"classe": classe, "typed": typed, "counts": counts, **page})


@room.page("/dispositifs/<path:code>")
def dispositif(visit: Visit, code: str) -> Shown:
    """A device and, at the purchase price asked, what each payer pays of it."""
    try:
        told = tell_dispositif(visit.snapshot, code, visit.moment)
    except NotInForceError:
        return gone(visit, "dispositif", parse_device(code))
    price, is_readable = read_price(visit.text("prix", 20))
    context = {
        "dispositif": told,
        "typed": visit.text("prix", 20),
        "price": price,
        "is_readable": is_readable,
        "parts": _parts(visit, told["code"], price),
        "history": history(visit, "dispositif", [told["code"]]),
    }
    return Shown("dispositif.html", context, status=200 if is_readable else 400)


def read_price(typed: str) -> tuple[str | None, bool]:
    """A price as people write it (``19 000,50``), in dirhams; None and True when nothing was typed."""
    text = "".join(fold(typed).split()).removesuffix("dh").replace(",", ".")
    try:
        return (format_dirhams(parse_dirhams(text)), True) if text else (None, True)
    except MoneyError:
        return None, False


def _parts(visit: Visit, code: str, price: str | None) -> list[Told]:
    """The answer for each payer, the prior agreement given; by sector where the rate depends on it."""
    pricing = Tarification(visit.snapshot, visit.moment.release)
    parts: list[Told] = []
    for payer in ORGANISMES:
        line: dict[str, Any] = {"kind": "dispositif", "code": code, "organisme": payer, "accord_prealable": True}
        result = pricing.price({**line, "billed": price}, visit.as_of)
        if not any(error.field == "secteur" for error in result.quote.errors):
            parts.append({"organisme": payer, "secteur": None, **tell_part(result)})
            continue
        for secteur in SECTEURS:
            result = pricing.price({**line, "billed": price, "secteur": secteur}, visit.as_of)
            parts.append({"organisme": payer, "secteur": secteur, "with_sector": True, **tell_part(result)})
    return parts


def _class_of(version: Version) -> str:
    return version.payload["classe"] or UNKNOWN_CLASS


def _holds(version: Version, typed: str) -> bool:
    """Whether every word typed is in the name or the code, whatever its case and accents."""
    payload = version.payload
    text = fold(" ".join((version.code, payload["libelle"], payload["libelle_ar"] or "", payload["parent"] or "")))
    return all(word in text for word in fold(typed).split())
