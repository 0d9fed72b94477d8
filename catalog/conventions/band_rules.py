"""Rules on forfaits that go by bands of a letter's coefficient: each coefficient has one amount at most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from catalog.conventions.entry_rules import EntryRule, entries, of_kinds
from catalog.kinds import Payload
from catalog.validation import Candidate, Rule, Severity, Standing, Violation


class BandIsReversed(EntryRule):
    """The band of coefficients ends before it begins, or names no letter."""

    severity = Severity.ERROR
    remedy = "Write the letter, the lowest and the highest coefficient of the band, both included."
    kinds = ("forfait",)

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        low, high = _bounds(candidate.payload)
        if not _is_band(candidate.payload):
            return
        if low > high or candidate.payload["lettre"] is None:
            yield self.broken_by(candidate, field="coef_max", value=candidate.payload["coef_max"])


class BandsOverlap(Rule):
    """Two bands of one letter hold the same coefficient."""

    severity = Severity.ERROR
    remedy = "Correct the bounds: each coefficient belongs to one band at most."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        brought = {candidate.code: candidate for candidate in of_kinds(("forfait",), candidates)}
        grids: dict[tuple[Any, ...], list[tuple[str, Payload]]] = defaultdict(list)
        if any(_is_band(candidate.payload) for candidate in brought.values()):
            for code, payload in entries("forfait", candidates, standing).items():
                if _is_band(payload):
                    grids[_grid(payload)].append((code, payload))
        for bands in grids.values():
            for (code, one), (other, two) in combinations(sorted(bands, key=lambda band: _bounds(band[1])), 2):
                touched = brought.get(other) or brought.get(code)
                if touched and _bounds(one)[1] >= _bounds(two)[0]:
                    detail = f"{code} and {other}."
                    yield self.broken_by(touched, field="coef_min", value=touched.payload["coef_min"], detail=detail)


def _is_band(payload: Payload) -> bool:
    return payload["coef_min"] is not None or payload["coef_max"] is not None


def _bounds(payload: Payload) -> tuple[int, float]:
    return payload["coef_min"] or 0, float("inf") if payload["coef_max"] is None else payload["coef_max"]


def _grid(payload: Payload) -> tuple[Any, ...]:
    return (payload["convention"], payload["organisme"], payload["secteur"], payload["lettre"])
