"""What the rules of the family share: entries of one kind, and how amounts are written in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalog.gmr.groups import Payload
from catalog.money import format_dirhams
from catalog.validation import Candidate, Standing, of_kind


def known_codes(kind: str, candidates: Iterable[Candidate], standing: Standing) -> set[str]:
    """Codes of a kind that will be in force: those the draft brings and those it leaves alone."""
    return {candidate.code for candidate in of_kind(kind, candidates)} | {code for code, _ in standing(kind)}


def all_entries(kind: str, candidates: Iterable[Candidate], standing: Standing) -> Iterator[tuple[str, Payload]]:
    """What stands, then what the draft brings, in its order."""
    yield from standing(kind)
    for candidate in of_kind(kind, candidates):
        yield candidate.code, candidate.payload


def dirhams(centimes: int | None) -> str:
    """An amount as sentences write it: ``29.70 DH``, or ``none``."""
    return "none" if centimes is None else f"{format_dirhams(centimes)} DH"
