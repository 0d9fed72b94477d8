"""The rules of the glossary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalog.glossaire.codes import fold_term
from catalog.validation import Candidate, Rule, Severity, Standing, Violation, entries, of_kind

KIND = "terme"


class RelatedTermUnknown(Rule):
    """A related term is not in the glossary."""

    remedy = "Add the related term, or correct its code."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        naming = [found for found in of_kind(KIND, candidates) if found.payload["voir"]]
        known = entries(KIND, candidates, standing) if naming else {}
        for candidate in naming:
            for code in candidate.payload["voir"]:
                if code not in known:
                    yield self.broken_by(candidate, field="voir", value=code, detail=f"({code})")


class TermDefinedTwice(Rule):
    """Two entries define the same term."""

    severity = Severity.ERROR
    remedy = "Keep one of the two entries, and name the other meaning in its definition."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        brought = of_kind(KIND, candidates)
        first: dict[str, str] = {}
        own = {candidate.code for candidate in brought}
        known = entries(KIND, candidates, standing) if brought else {}
        for code, payload in sorted(known.items(), key=lambda entry: (entry[0] in own, entry[0])):
            first.setdefault(fold_term(payload["libelle"]), code)
        for candidate in brought:
            other = first[fold_term(candidate.payload["libelle"])]
            if other != candidate.code:
                label = candidate.payload["libelle"]
                yield self.broken_by(candidate, field="libelle", value=label, detail=f"The other: {other}.")


TERME_RULES: tuple[Rule, ...] = (TermDefinedTwice(), RelatedTermUnknown())
