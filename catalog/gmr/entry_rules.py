"""A rule that judges one entry at a time, and how amounts are written in its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from catalog.gmr.groups import Payload
from catalog.money import format_dirhams
from catalog.validation import Candidate, Rule, Standing, Violation


class EntryRule(Rule):
    """A rule on single entries of one kind; candidates of other kinds are passed over."""

    kind: str

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        for candidate in of_kind(self.kind, candidates):
            yield from self.judge(candidate)

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        raise NotImplementedError


def of_kind(kind: str, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """The candidates of one kind, in their order."""
    return (candidate for candidate in candidates if candidate.kind == kind)


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
