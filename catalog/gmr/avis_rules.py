"""Rules on the opinions of the commission de la transparence (DOMAIN 1.6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalog.gmr.codes import fold
from catalog.gmr.entry_rules import all_entries, known_codes
from catalog.validation import Candidate, EntryRule, Rule, Severity, Standing, Violation, of_kind


class AvisRule(EntryRule):
    """A rule on one opinion."""

    kind = "avis"


class LevelIsNotListed(Rule):
    """The level is not in the code list in force."""

    # DOMAIN 1.6: the official levels of the Moroccan commission were not seen; the list is versioned data.
    severity = Severity.ERROR
    remedy = "Write a level of the list, or import the new level first with `amo-catalog import niveaux`."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        graded = [c for c in of_kind("avis", candidates) if c.payload["smr"] or c.payload["asmr"]]
        listed = _levels(candidates, standing) if graded else {}
        for candidate in graded:
            for name in ("smr", "asmr"):
                level = candidate.payload[name]
                known = listed.get(name.upper(), {})
                if level and fold(level) not in known:
                    shown = ", ".join(known.values()) or "none"
                    detail = f"Found: {level!r}; levels of {name.upper()}: {shown}."
                    yield self.broken_by(candidate, field=name, value=level, detail=detail)


def _levels(candidates: Sequence[Candidate], standing: Standing) -> dict[str, dict[str, str]]:
    """By list, the levels as written, by their folded form, most favourable first."""
    payloads = sorted((p for _, p in all_entries("niveau", candidates, standing)), key=lambda p: p["rang"])
    listed: dict[str, dict[str, str]] = {}
    for payload in payloads:
        listed.setdefault(payload["liste"], {})[fold(payload["niveau"])] = payload["niveau"]
    return listed


class OpinionWithoutTarget(AvisRule):
    """The opinion names no medicine."""

    severity = Severity.ERROR
    remedy = "Give at least one of medicament, specialite, nom or dci."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        if not any(candidate.payload[name] for name in ("medicament", "specialite", "nom", "dci")):
            yield self.broken_by(candidate, field="medicament")


class OpinionOnUnknownPresentation(Rule):
    """The presentation the opinion names is not in the catalogue."""

    # An opinion is looked up by the presentation's own code: under any other it would never be shown.
    remedy = "Write the code under which the presentation is listed, or import the presentation."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        naming = [c for c in of_kind("avis", candidates) if c.payload["medicament"]]
        known = known_codes("medicament", candidates, standing) if naming else set()
        for candidate in naming:
            code = candidate.payload["medicament"]
            if code not in known:
                yield self.broken_by(candidate, field="medicament", value=code, detail=f"Found: {code}.")


class OpinionWithoutLevelOrDecision(AvisRule):
    """The opinion gives neither a level nor a decision."""

    remedy = "Give smr, asmr or decision, if the opinion states one."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        if not any(candidate.payload[name] for name in ("smr", "asmr", "decision")):
            yield self.broken_by(candidate, field="decision")
