"""What is set: the values of the letters, and the lines of a convention."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from catalog.conventions.adherence import CONVENTION, act_of
from catalog.conventions.answers import Tarif
from catalog.conventions.errors import VariantNeededError
from catalog.conventions.indexes import LETTRE_CLE, lettres, lines_of_conventions
from catalog.conventions.selection import is_grounded
from catalog.conventions.tarifs import find_tarif_lettre
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment


def lettres_cles(
    snapshot: Snapshot,
    moment: Moment,
    *,
    lettre: str | None = None,
    secteur: str | None = None,
    organisme: str | None = None,
) -> list[Tarif]:
    """The values of the letters in force, in order of letter, sector, variant and payer.

    With ``organisme``, what applies to that payer, own values included; without, every value there is.
    """
    asked = [lettre.upper()] if lettre else sorted(lettres(snapshot))
    return [tarif for name in asked for tarif in _values_of(snapshot, name, secteur, organisme, moment)]


def _values_of(
    snapshot: Snapshot, lettre: str, secteur: str | None, organisme: str | None, moment: Moment
) -> Iterator[Tarif]:
    """One answer for each sector, variant and payer that the recorded values tell apart."""
    told: set[str] = set()
    for sector, variant, payer in _cases(snapshot, lettre, organisme, moment):
        if secteur not in (None, sector):
            continue
        with suppress(VariantNeededError):
            tarif = find_tarif_lettre(snapshot, lettre, variant, sector, payer, moment)
            if tarif is not None and tarif.version.code not in told:
                told.add(tarif.version.code)
                yield tarif


def _cases(
    snapshot: Snapshot, lettre: str, organisme: str | None, moment: Moment
) -> list[tuple[str, str | None, str | None]]:
    found = [snapshot.find(LETTRE_CLE, code, moment) for code in lettres(snapshot).get(lettre, ())]
    payloads = [version.payload for version in found if version is not None]
    cases = {(held["secteur"], held["variante"], organisme or held["organisme"]) for held in payloads}
    return sorted(cases, key=lambda case: tuple(part or "" for part in case))


def tarifs(snapshot: Snapshot, convention: str, moment: Moment, *, pending: bool = False) -> list[Version]:
    """The lines of a convention in force that day, letters first; with ``pending`` also those that are not.

    Of an avenant also the lines that it has set in the convention it amends.
    """
    entry = snapshot.find(CONVENTION, convention, moment)
    lines = _lines(snapshot, convention, moment)
    if entry is not None and entry.payload["parent"]:
        act = act_of(entry)
        lines += [line for line in _lines(snapshot, entry.payload["parent"], moment) if line.legal_act == act]
    return [line for line in lines if pending or is_grounded(snapshot, line, moment)]


def _lines(snapshot: Snapshot, convention: str, moment: Moment) -> list[Version]:
    codes = lines_of_conventions(snapshot).get(convention, ())
    found = (snapshot.find(kind, code, moment) for kind, code in codes)
    return [version for version in found if version is not None]
