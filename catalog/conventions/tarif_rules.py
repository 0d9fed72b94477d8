"""Rules on conventions and the values set under them (DOMAIN 3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from catalog.conventions.acts import IN_FORCE, PENDING
from catalog.conventions.entry_rules import CONVENTION, EntryRule, entries, of_kinds, statuts
from catalog.kinds import Payload
from catalog.money import format_dirhams
from catalog.validation import Candidate, Rule, Severity, Standing, Violation

VALUED = ("lettre_cle", "forfait")
AMOUNTS = {"lettre_cle": "valeur", "forfait": "montant"}


class UnknownConvention(Rule):
    """The convention is not in the catalogue."""

    severity = Severity.ERROR
    remedy = "Import the convention first with `amo-catalog import conventions`, or correct its code."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        naming = list(of_kinds((*VALUED, "adherence_organisme", CONVENTION), candidates))
        known = entries(CONVENTION, candidates, standing) if naming else {}
        for candidate in naming:
            field = "parent" if candidate.kind == CONVENTION else "convention"
            named = candidate.payload[field]
            if named is not None and named not in known:
                yield self.broken_by(candidate, field=field, value=named, detail=f"Found: {named}.")


class TariffOfActNotInForce(Rule):
    """The act of this convention is not in force: the value will be told as a note, and price nothing."""

    # DOMAIN fact 5: signed is not in force. The value is kept, under a convention of its own.
    remedy = "Keep it so; record the act as EN_VIGUEUR with its effect once it is published."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        valued = list(of_kinds(VALUED, candidates))
        told = statuts(candidates, standing) if valued else {}
        for candidate in valued:
            statut = told.get(candidate.payload["convention"])
            if statut in PENDING:
                yield self.broken_by(candidate, field="convention", value=statut, detail=f"Its status is {statut}.")


class ValueIsZero(EntryRule):
    """The value is zero; an absent tariff is no entry at all."""

    severity = Severity.ERROR
    remedy = "Delete the row, or withdraw the entry from the day it holds no more."
    kinds = VALUED

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        field = AMOUNTS[candidate.kind]
        if candidate.payload[field] == 0:
            yield self.broken_by(candidate, field=field, value="0.00")


class TwoValuesForOneLetter(Rule):
    """Two conventions in force give this letter a value for the same sector and payer."""

    # Pricing refuses to choose between them (AmbiguousTariffError), unless one convention amends the other.
    remedy = "Close the older value, name the convention amended as `parent`, or record who applies which."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        brought = list(of_kinds(("lettre_cle",), candidates))
        told = statuts(candidates, standing) if brought else {}
        conventions = entries(CONVENTION, candidates, standing) if brought else {}
        values: dict[tuple[Any, ...], list[tuple[str, Payload]]] = defaultdict(list)
        for code, payload in entries("lettre_cle", candidates, standing).items():
            if _may_price(payload, told):
                values[_letter_key(payload)].append((code, payload))
        for candidate in (found for found in brought if _may_price(found.payload, told)):
            for code, other in values[_letter_key(candidate.payload)]:
                if code != candidate.code and not _is_amended(candidate.payload, other, conventions):
                    detail = f"{code} gives {format_dirhams(other['valeur'])}."
                    held = format_dirhams(candidate.payload["valeur"])
                    yield self.broken_by(candidate, field="valeur", value=held, detail=detail)


def _may_price(payload: Payload, statuts: dict[str, Any]) -> bool:
    """Whether nothing at hand says that the convention of a value is not in force."""
    return statuts.get(payload["convention"]) in (None, IN_FORCE)


def _letter_key(payload: Payload) -> tuple[Any, ...]:
    return (payload["lettre"].upper(), payload["variante"], payload["secteur"], payload["organisme"])


def _is_amended(one: Payload, other: Payload, conventions: dict[str, Payload]) -> bool:
    parents = {
        payload["convention"]: conventions.get(payload["convention"], {}).get("parent") for payload in (one, other)
    }
    return any(parent in parents for parent in parents.values())
