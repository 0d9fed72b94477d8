"""lookup KIND CODE."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import click

from catalog.errors import NotInForceError, UnknownCodeError
from catalog.gmr.lookups import medicament
from catalog.kinds import Kind
from catalog.registry import KINDS
from catalog.releases.telling import Told, acts_at, tell_periods, tell_version, with_grounds
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment
from service.cli.base import (
    KIND,
    KIND_LIST,
    clock_options,
    clocks_told,
    json_option,
    moment_of,
    open_catalogue,
    print_json,
)
from service.cli.printing import print_answer
from service.telling.actes import tell_acte_ccam, tell_acte_ngap
from service.telling.conventions import tell_convention_in_full
from service.telling.dispositifs import tell_dispositif
from service.telling.listes import payers_listing
from service.telling.tarifs import tell_forfaits, tell_lettre, tell_standing

Teller = Callable[[Snapshot, str, Moment], Told]


@click.command(epilog=KIND_LIST)
@click.argument("kind", metavar="KIND", type=KIND)
@click.argument("code")
@clock_options
@json_option
def lookup(
    kind: str, code: str, as_of: date | None, known_at: datetime | None, release: str | None, as_json: bool
) -> None:
    """What was in force on a day, as known at an instant. A key letter or a forfait may be named alone."""
    snapshot = open_catalogue().refresh()
    moment = moment_of(snapshot, as_of, known_at, release)
    found = find_entry(snapshot, KINDS.find(kind), code, moment)
    answer = with_grounds(found, acts_at(snapshot, moment)) | clocks_told(snapshot, moment, known_at, release)
    if as_json:
        print_json(answer)
    else:
        print_answer(answer)


def find_entry(snapshot: Snapshot, kind: Kind, code: str, moment: Moment) -> Told:
    """What is in force, as plain data. Raises CodeError, UnknownCodeError or NotInForceError."""
    if ":" not in code and kind.name in BY_NAME:
        return BY_NAME[kind.name](snapshot, code, moment)
    teller = TELLERS.get(kind.name)
    return teller(snapshot, code, moment) if teller else _entry(snapshot, kind, code, moment)


def _entry(snapshot: Snapshot, kind: Kind, code: str, moment: Moment) -> Told:
    parsed = kind.parse_code(code)
    version = snapshot.find(kind.name, parsed, moment)
    if version is not None:
        standing = tell_standing(snapshot, version, moment) if kind.name in STANDING else {}
        return {"kind": kind.name} | tell_version(kind, version) | standing
    if not snapshot.is_known(kind.name, parsed, moment.release):
        raise UnknownCodeError(kind.label, parsed)
    known = snapshot.versions(kind.name, parsed, moment.release)
    raise NotInForceError(kind.label, parsed, moment.as_of, tell_periods(found.period for found in known))


def _medicament(snapshot: Snapshot, code: str, moment: Moment) -> Told:
    told: dict[str, Any] = medicament(snapshot, code, moment, tiers_payant=payers_listing)
    return told


TELLERS: Mapping[str, Teller] = {
    "medicament": _medicament,
    "acte_ngap": tell_acte_ngap,
    "acte_ccam": tell_acte_ccam,
    "convention": tell_convention_in_full,
    "dispositif": tell_dispositif,
}
"""Kinds of which more is told than their fields."""
BY_NAME: Mapping[str, Teller] = {"lettre_cle": tell_lettre, "forfait": tell_forfaits}
"""Kinds whose entries also go by the name that several of them share."""
STANDING = ("lettre_cle", "forfait", "taux", "regle_organisme", "liste_tiers_payant", "adherence_organisme")
"""Kinds of which an entry may be recorded and not be in force: the status of its act is told too."""
