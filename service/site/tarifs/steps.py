"""How far a convention has gone on its way into force, step by step (DOMAIN 3.1)."""

from __future__ import annotations

from datetime import date

from catalog.releases.telling import Told
from catalog.temporal import parse_day

STEPS = (
    ("NEGOCIE", None),
    ("SIGNE", "signed_on"),
    ("APPROUVE", "approved_on"),
    ("PUBLIE", "published_on"),
    ("EN_VIGUEUR", "effective_from"),
)
"""The steps in order, with the date that proves each; none is kept of a negotiation."""
_RANKS = {name: rank for rank, (name, _) in enumerate(STEPS)} | {"ABROGE": len(STEPS)}


def steps_of(convention: Told, day: date) -> list[Told]:
    """The steps as ``done``, ``coming`` at a date, ``untold`` (it went further, and no date is known), or ``open``."""
    reached = _RANKS.get(convention["statut"], -1)
    return [
        _step(name, convention[known] if known else None, rank, reached, day)
        for rank, (name, known) in enumerate(STEPS)
    ]


def _step(name: str, written: str | None, rank: int, reached: int, day: date) -> Told:
    if written is not None:
        state = "done" if parse_day(written) <= day else "coming"
    elif rank == reached or (name == "NEGOCIE" and reached > 0):
        state = "done"
    else:
        state = "untold" if rank < reached else "open"
    return {"name": name, "day": written, "state": state, "is_current": rank == reached}
