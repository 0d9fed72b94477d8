"""What the rules of the family share: entries of one kind, and the conventions and acts a draft relies on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from catalog.conventions.acts import ACT
from catalog.kinds import Payload
from catalog.validation import Candidate, Rule, Standing, Violation

CONVENTION = "convention"


class EntryRule(Rule):
    """A rule on single entries of some kinds; candidates of other kinds are passed over."""

    kinds: tuple[str, ...]

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        for candidate in of_kinds(self.kinds, candidates):
            yield from self.judge(candidate)

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        raise NotImplementedError


def of_kinds(kinds: tuple[str, ...], candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """The candidates of some kinds, in their order."""
    return (candidate for candidate in candidates if candidate.kind in kinds)


def entries(kind: str, candidates: Iterable[Candidate], standing: Standing) -> dict[str, Payload]:
    """Payloads by code of all that will be in force: what stands, and over it what the draft brings."""
    brought = {candidate.code: candidate.payload for candidate in of_kinds((kind,), candidates)}
    return {**dict(standing(kind)), **brought}


def statut_of(convention: str, conventions: Mapping[str, Payload], acts: Mapping[str, Payload]) -> Any:
    """The recorded status of a convention's act; None where the convention or the act is not at hand."""
    entry = conventions.get(convention)
    act = acts.get(entry["acte"]) if entry and entry["acte"] else None
    return act["statut"] if act else None


def statuts(candidates: Sequence[Candidate], standing: Standing) -> dict[str, Any]:
    """The recorded status of each convention whose act is at hand."""
    conventions, acts = entries(CONVENTION, candidates, standing), entries(ACT, candidates, standing)
    return {code: statut_of(code, conventions, acts) for code in conventions}
