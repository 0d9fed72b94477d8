"""What a reader is told of a presentation in one word, and its strength in one text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ADMIS = "ADMIS"
NON_ADMIS = "NON_ADMIS"
HOSPITALIER = "HOSPITALIER"
RETIRE = "RETIRE"

NOT_APPLICABLE = "NA"
"""The official lists write this unit for products without a dosage: data, not a blank, and nothing to show."""


def statut(payload: Mapping[str, Any]) -> str:
    """ADMIS, NON_ADMIS, HOSPITALIER (a hospital price and no public one) or RETIRE (delisted by the fact's act)."""
    if payload["retire"]:
        return RETIRE
    if payload["ppv"] is None and payload["ph"] is not None:
        return HOSPITALIER
    return ADMIS if payload["admis_remboursement"] else NON_ADMIS


def dosage_text(payload: Mapping[str, Any]) -> str | None:
    """``80 MG``, ``500 MG / 125 MG``; None where there is no dosage.

    Lists of different lengths are not paired, for that would be a guess: ``100 / 5 MG/ML`` stands as the list has it.
    """
    dosages = payload["dosages"] or ()
    unites = tuple("" if unit == NOT_APPLICABLE else unit for unit in payload["unites"] or ())
    if len(dosages) == len(unites):
        parts = [f"{dosage} {unit}".strip() for dosage, unit in zip(dosages, unites, strict=True) if dosage]
        return " / ".join(parts) or None
    numbers = " / ".join(filter(None, dosages))
    units = " / ".join(dict.fromkeys(filter(None, unites)))
    return f"{numbers} {units}".strip() if numbers else None


def full_name(nom: str, dosage: str | None) -> str:
    """``DIAMICRON 80 MG``: the name with its dosage, said once where a list prints it in the name already."""
    if not dosage or dosage.replace(" ", "") in nom.replace(" ", ""):
        return nom
    return f"{nom} {dosage}"
