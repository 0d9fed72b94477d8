"""Values of the key letters and lines of the conventions; what is signed and not in force is a note (DOMAIN 3.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from catalog.conventions.codes import SECTEURS, parse_forfait, parse_lettre
from catalog.conventions.indexes import FORFAIT, LETTRE_CLE, forfaits, lettres
from catalog.conventions.lookups import (
    Note,
    Tarif,
    find_convention,
    is_act_in_force,
    is_in_force,
    is_known_forfait,
    is_known_lettre,
    lettres_cles,
    notes_on_lettre,
    statut_on,
    tarifs,
)
from catalog.errors import UnknownCodeError
from catalog.money import format_dirhams
from catalog.releases.telling import Told
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment
from service.telling.entries import tell_entry

LINE_FIELDS = (
    "libelle", "variante", "secteur", "organisme", "unite", "lettre", "coef_min", "coef_max", "palier",
    "montant_palier", "devise", "acte_source", "activite", "phase", "remarque",
)  # fmt: skip
"""Fields that a line of a convention shows whether it is a letter or a forfait; null where its kind has none."""


def tell_lettres_cles(
    snapshot: Snapshot,
    moment: Moment,
    *,
    lettre: str | None = None,
    secteur: str | None = None,
    organisme: str | None = None,
) -> list[Told]:
    """The values in force, letter by letter; one with notes alone has ``valeur`` null.

    Raises UnknownCodeError for a letter never published, AmbiguousTariffError.
    """
    if lettre is not None and not is_known_lettre(snapshot, lettre, moment.release):
        raise UnknownCodeError("key letter", lettre)
    told: list[Told] = []
    for name in [lettre] if lettre else sorted(lettres(snapshot)):
        found = lettres_cles(snapshot, moment, lettre=name, secteur=secteur, organisme=organisme)
        told += [_tell_value(snapshot, tarif, moment) for tarif in found]
        valued = {tarif.version.payload["secteur"] for tarif in found}
        for sector in SECTEURS if secteur is None else (secteur,):
            if sector not in valued:
                told += _without_value(snapshot, name, sector, organisme, moment)
    return told


def _tell_value(snapshot: Snapshot, tarif: Tarif, moment: Moment) -> Told:
    return {
        **tell_entry(snapshot, tarif.version),
        "convention_libelle": tarif.convention.payload["libelle"],
        "statut": statut_on(snapshot, tarif.legal_act, moment),
        "notes": _tell_notes(snapshot, tarif.notes, moment),
    }


def _without_value(
    snapshot: Snapshot, lettre: str, secteur: str, organisme: str | None, moment: Moment
) -> Iterator[Told]:
    """What is recorded of a letter that has no value in force in a sector, if anything is."""
    notes = notes_on_lettre(snapshot, lettre, None, secteur, organisme, moment)
    if notes:
        nothing = dict.fromkeys(snapshot.kinds.find(LETTRE_CLE).fields)
        yield {
            "code": None,
            **nothing,
            "lettre": notes[0].version.payload["lettre"],
            "secteur": secteur,
            "organisme": organisme,
            "valid_from": None,
            "valid_to": None,
            "legal_act": None,
            "source": None,
            "confidence": None,
            "convention_libelle": None,
            "statut": None,
            "notes": _tell_notes(snapshot, notes, moment),
        }


def _tell_notes(snapshot: Snapshot, notes: Sequence[Note], moment: Moment) -> list[Told]:
    return [
        {
            "reason": note.reason,
            "text": note.text[:1].upper() + note.text[1:],
            "code": note.version.code,
            "convention": note.version.payload["convention"],
            "amount": format_dirhams(note.value),
            "statut": statut_on(snapshot, note.legal_act, moment),
            "legal_act": note.legal_act,
        }
        for note in notes
    ]


def tell_tarifs(snapshot: Snapshot, convention: str, moment: Moment, *, pending: bool = False) -> Told:
    """The lines of a convention in force that day; with ``pending`` those recorded and not in force, in their stead.

    Raises UnknownCodeError, NotInForceError.
    """
    found = find_convention(snapshot, convention, moment)
    applied = {line.code for line in tarifs(snapshot, convention, moment)}
    recorded = tarifs(snapshot, convention, moment, pending=True)
    shown = [line for line in recorded if (line.code in applied) != pending]
    return {
        "code": found.version.code,
        "libelle": found.version.payload["libelle"],
        "statut": found.statut,
        "in_force": len(applied),
        "not_in_force": len(recorded) - len(applied),
        "tarifs": [_tell_line(snapshot, line, moment, in_force=not pending) for line in shown],
    }


def _tell_line(snapshot: Snapshot, line: Version, moment: Moment, *, in_force: bool) -> Told:
    entry = tell_entry(snapshot, line)
    is_letter = line.kind == LETTRE_CLE
    return {
        "kind": line.kind,
        "code": line.code,
        "nom": entry["lettre"] if is_letter else entry["forfait"],
        "convention": entry["convention"],
        "montant": entry["valeur"] if is_letter else entry["montant"],
        **{name: _shared(entry, name, is_letter) for name in LINE_FIELDS},
        "in_force": in_force,
        "statut": statut_on(snapshot, line.legal_act, moment),
        **{name: entry[name] for name in ("valid_from", "valid_to", "legal_act", "source", "confidence")},
    }


def _shared(entry: Told, name: str, is_letter: bool) -> Any:
    if name == "libelle" and is_letter:
        return entry["designation"]
    return entry.get(name)


def tell_lettre(snapshot: Snapshot, lettre: str, moment: Moment) -> Told:
    """The values of one key letter. Raises CodeError, UnknownCodeError, AmbiguousTariffError."""
    name = parse_lettre(lettre)
    return {"kind": LETTRE_CLE, "lettre": name, "lettres_cles": tell_lettres_cles(snapshot, moment, lettre=name)}


def tell_forfaits(snapshot: Snapshot, forfait: str, moment: Moment) -> Told:
    """The amounts recorded that day under one name, each with its standing. Raises CodeError, UnknownCodeError."""
    name = parse_forfait(forfait)
    if not is_known_forfait(snapshot, name, moment.release):
        raise UnknownCodeError("forfait", name)
    found = (snapshot.find(FORFAIT, code, moment) for code in forfaits(snapshot)[name])
    return {
        "kind": FORFAIT,
        "forfait": name,
        "forfaits": [
            {**tell_entry(snapshot, version), **tell_standing(snapshot, version, moment)}
            for version in found
            if version
        ],
    }


def tell_standing(snapshot: Snapshot, version: Version, moment: Moment) -> Told:
    """The status of the act of an entry, and whether it counts that day: its act and its convention are in force."""
    convention = version.payload.get("convention")
    return {
        "statut": statut_on(snapshot, version.legal_act, moment),
        "in_force": is_act_in_force(snapshot, version.legal_act, moment)
        and (convention is None or is_in_force(snapshot, convention, moment)),
    }
