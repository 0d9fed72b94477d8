"""The rule that ties a code to its fields: tariffs are found by their code, and shown by their fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from catalog.conventions.codes import EVERY, is_presentation, read_forfait, read_lettre_cle
from catalog.conventions.entry_rules import EntryRule
from catalog.errors import CodeError
from catalog.validation import Candidate, Severity, Violation

Told = Mapping[str, str | None]

COMPARED_WITHOUT_CASE = ("lettre", "forfait")


def _lettre_cle(code: str) -> Told:
    told = read_lettre_cle(code)
    return {
        "lettre": told.name,
        "variante": told.variante,
        "convention": told.convention,
        "organisme": told.organisme,
    }


def _forfait(code: str) -> Told:
    told = read_forfait(code)
    return {"forfait": told.name, "convention": told.convention, "organisme": told.organisme}


def _taux(code: str) -> Told:
    names = ("organisme", "regime", "prestation", "mode", "secteur", "situation")
    return {name: None if part == EVERY else part for name, part in zip(names, code.split(":"), strict=True)}


def _adherence(code: str) -> Told:
    convention, _, organisme = code.partition(":")
    return {"convention": convention, "organisme": organisme}


def _liste(code: str) -> Told:
    organisme, _, listed = code.partition(":")
    return {"organisme": organisme, **({"medicament": listed} if is_presentation(listed) else {})}


def _adhesion(code: str) -> Told:
    inpe, _, organisme = code.partition(":")
    return {"inpe": inpe, "organisme": organisme}


READ: Mapping[str, Callable[[str], Told]] = {
    "adherence_organisme": _adherence,
    "adhesion": _adhesion,
    "forfait": _forfait,
    "lettre_cle": _lettre_cle,
    "liste_tiers_payant": _liste,
    "taux": _taux,
}


class CodeAndFieldsDiffer(EntryRule):
    """The code of the entry does not say the same as its fields."""

    severity = Severity.ERROR
    remedy = "Correct the code or the field, so that both name the same entry."
    kinds = tuple(READ)

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        for field, told in _told(candidate).items():
            held: Any = candidate.payload[field]
            compared = held.upper() if held and field in COMPARED_WITHOUT_CASE else held
            if told != compared:
                detail = f"The code says {told or 'nothing'}, the field {held or 'nothing'}."
                yield self.broken_by(candidate, field=field, value=held, detail=detail)


def _told(candidate: Candidate) -> Told:
    """A code that cannot be read is not this rule's affair: its kind refuses it."""
    try:
        return READ[candidate.kind](candidate.code)
    except (CodeError, ValueError):
        return {}
