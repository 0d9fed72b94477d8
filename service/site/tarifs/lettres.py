"""Key letters: the values of all beside each other, and one letter with its history."""

from __future__ import annotations

from collections.abc import Mapping

from catalog.conventions.codes import ORGANISMES, SECTEURS, parse_lettre
from catalog.conventions.errors import AmbiguousTariffError
from catalog.conventions.indexes import LETTRE_CLE
from catalog.conventions.indexes import lettres as codes_of_letters
from catalog.conventions.lookups import is_known_lettre
from catalog.errors import UnknownCodeError
from catalog.releases.telling import Told
from service.site.history import history
from service.site.rooms import PageRoom, Shown
from service.site.tarifs.asking import choice
from service.site.tarifs.matrix import Matrix
from service.site.tarifs.priced_by import prices_by_letter
from service.site.tarifs.prices import Prices, label_of
from service.site.visits import Visit
from service.telling.tarifs import tell_lettres_cles

room = PageRoom()


@room.page("/lettres-cles")
def lettres_cles(visit: Visit) -> Shown:
    """The values in force by letter and convention, narrowed by filters. Raises InvalidError, UnknownCodeError."""
    known = [
        name
        for name in sorted(codes_of_letters(visit.snapshot))
        if is_known_lettre(visit.snapshot, name, visit.moment.release)
    ]
    lettre = parse_lettre(visit.text("lettre")) if visit.text("lettre") else None
    if lettre is not None and lettre not in known:
        raise UnknownCodeError("key letter", lettre)
    filters = {"secteur": choice(visit, "secteur", SECTEURS), "organisme": choice(visit, "organisme", ORGANISMES)}
    told, contradicted = _values(visit, [lettre] if lettre else known, filters)
    table = {"matrix": Matrix.of(told), "values": told, "contradicted": contradicted}
    return Shown("lettres.html", {**table, "known": known, "lettre": lettre, **filters})


def _values(visit: Visit, names: list[str], filters: Mapping[str, str | None]) -> tuple[list[Told], list[str]]:
    """The values of letters, and the letters whose values contradict each other: one never hides the others."""
    told: list[Told] = []
    contradicted: list[str] = []
    for name in names:
        try:
            told += tell_lettres_cles(visit.snapshot, visit.moment, lettre=name, **filters)
        except AmbiguousTariffError:
            contradicted.append(name)
    return told, contradicted


@room.page("/lettres-cles/<lettre>")
def lettre_cle(visit: Visit, lettre: str) -> Shown:
    """The values of a letter, what is only a note, and every value it ever had. Raises CodeError, UnknownCodeError."""
    name = parse_lettre(lettre)
    if not is_known_lettre(visit.snapshot, name, visit.moment.release):
        raise UnknownCodeError("key letter", name)
    past = history(visit, LETTRE_CLE, codes_of_letters(visit.snapshot)[name])
    values, contradicted = _values(visit, [name], {})
    context = {
        "name": name,
        "printed": past[0]["lettre"],
        "designations": list(dict.fromkeys(each["designation"] for each in past if each["designation"])),
        "usages": sorted({each["usage"] for each in past if each["usage"]}),
        "values": [each for each in values if each["valeur"] is not None],
        "notes": _notes(visit, values),
        "is_contradicted": bool(contradicted),
        "prices": _prices(visit, past[0]["lettre"]),
        "history": past,
    }
    return Shown("lettre.html", context)


def _notes(visit: Visit, values: list[Told]) -> list[Told]:
    """What stands beside the values, each once, with the payer whose own value it stands beside."""
    found = {
        (note["code"], note["reason"]): note | {"organisme": each["organisme"]}
        for each in values
        for note in each["notes"]
    }
    return [note | {"convention_libelle": label_of(visit, note["convention"])} for note in found.values()]


def _prices(visit: Visit, printed: str) -> Prices | None:
    """What is paid of a letter that is a whole fee of its own; None for one that needs a coefficient."""
    found = prices_by_letter(visit, {"kind": "acte", "code": printed}, printed, None)
    return found if found.values else None
