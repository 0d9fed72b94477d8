"""A rule that judges one entry at a time, and what a draft leaves in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from catalog.kinds import Payload
from catalog.validation import Candidate, Rule, Standing, Violation


class EntryRule(Rule):
    """A rule on single entries of one kind; candidates of other kinds are passed over."""

    kind: str

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        for candidate in of_kind(self.kind, candidates):
            yield from self.judge(candidate)

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        raise NotImplementedError


def of_kind(kind: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates of one kind, in their order."""
    return [candidate for candidate in candidates if candidate.kind == kind]


def entries(kind: str, candidates: Iterable[Candidate], standing: Standing) -> dict[str, Payload]:
    """Entries of a kind by code once the draft is published: what it leaves alone, and what it brings."""
    return {**dict(standing(kind)), **{found.code: found.payload for found in of_kind(kind, candidates)}}


def turns_round(code: str, following: Mapping[str, str | None] | Callable[[str], str | None]) -> list[str] | None:
    """The way from a code back to itself by ``following``, or None. A loop the code only leads into is not its own."""
    step = following.get if isinstance(following, Mapping) else following
    way, current = [code], step(code)
    while current is not None and current not in way:
        way.append(current)
        current = step(current)
    return [*way, code] if current == code else None
