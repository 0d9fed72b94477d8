"""A forfait: its amounts by convention, what is paid of it, and every amount it ever had."""

from __future__ import annotations

from catalog.conventions.codes import parse_forfait
from catalog.conventions.indexes import FORFAIT
from catalog.conventions.indexes import forfaits as codes_of_forfaits
from service.site.history import history
from service.site.rooms import PageRoom, Shown
from service.site.tarifs.priced_by import prices_by_forfait
from service.site.tarifs.prices import label_of
from service.site.visits import Visit
from service.telling.tarifs import tell_forfaits

room = PageRoom()


@room.page("/forfaits/<forfait>")
def forfait(visit: Visit, forfait: str) -> Shown:
    """The amounts recorded that day under one name, each with its standing. Raises CodeError, UnknownCodeError."""
    name = parse_forfait(forfait)
    told = [
        each | {"convention_libelle": label_of(visit, each["convention"])}
        for each in tell_forfaits(visit.snapshot, name, visit.moment)["forfaits"]
    ]
    past = history(visit, FORFAIT, codes_of_forfaits(visit.snapshot)[name])
    context = {
        "name": name,
        "libelle": (told or past)[0]["libelle"],
        "amounts": [each for each in told if each["in_force"]],
        "pending": [each for each in told if not each["in_force"]],
        "by_steps": any(each["palier"] for each in told),
        "prices": prices_by_forfait(visit, {"kind": "forfait", "code": name}, name),
        "history": past,
    }
    return Shown("forfait.html", context)
