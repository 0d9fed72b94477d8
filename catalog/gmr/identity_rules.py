"""Rules on what a presentation is: its codes, its name and its composition (DOMAIN 1.1, 9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalog.gmr.codes import fold, has_valid_check_digit, is_internal
from catalog.gmr.entry_rules import all_entries, dirhams, known_codes
from catalog.gmr.groups import Payload
from catalog.validation import Candidate, EntryRule, Rule, Severity, Standing, Violation, of_kind


class CheckDigitIsWrong(EntryRule):
    """The check digit of the code is wrong."""

    # DOMAIN 1.1: 19 official codes of the 2014 list are so; they are real codes and are kept.
    remedy = "Compare the code with the box or the official list; keep it if it is printed so."

    def __init__(self, kind: str = "medicament") -> None:
        self.kind = kind

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        if not is_internal(candidate.code) and not has_valid_check_digit(candidate.code):
            yield self.broken_by(candidate, field="code", value=candidate.code)


class ProductUnderTwoCodes(Rule):
    """One product stands under several codes."""

    # DOMAIN 1.1: 698 products of the 2014 list, probably an old and a new code.
    remedy = "Record the further code under `codes-presentations` with its period, if both are the same box."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        first: dict[tuple[object, ...], str] = {}
        for code, payload in all_entries("medicament", (), standing):
            first.setdefault(_product(payload), code)
        for candidate in of_kind("medicament", candidates):
            code = first.setdefault(_product(candidate.payload), candidate.code)
            if code != candidate.code:
                detail = f"The same name, dosage, form, pack and price ({dirhams(candidate.payload['ppv'])}): {code}."
                yield self.broken_by(candidate, field="code", value=candidate.code, detail=detail)


def _product(payload: Payload) -> tuple[object, ...]:
    texts = (payload["nom"], payload["forme"] or "", payload["presentation"] or "")
    lists = (payload["dosages"] or (), payload["unites"] or ())
    return (*map(fold, texts), *lists, payload["ppv"])


class ListLengthsDiffer(EntryRule):
    """The lists of DCI, dosages and units have different lengths."""

    # DOMAIN 1.1 and 9: the three go by position. A list left empty counts as one blank: a product without dosage.
    kind = "medicament"
    remedy = "Write one dosage and one unit for each DCI, in the same order, separated by ' / '."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        lists = {name: candidate.payload[name] for name in ("dci", "dosages", "unites")}
        if lists["dosages"] is None and lists["unites"] is None:
            return
        lengths = {name: len(items or ("",)) for name, items in lists.items()}
        if len(set(lengths.values())) > 1:
            detail = ", ".join(f"{name}: {length}" for name, length in lengths.items())
            shown = " / ".join(lists["dosages"] or ())
            yield self.broken_by(candidate, field="dosages", value=shown or None, detail=f"Found {detail}.")


class UnknownPresentation(Rule):
    """The presentation this code stands for is not in the catalogue."""

    severity = Severity.ERROR
    remedy = "Import the presentation first with `amo-catalog import medicaments`, or correct its code."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        naming = list(of_kind("gtin", candidates))
        known = known_codes("medicament", candidates, standing) if naming else set()
        for candidate in naming:
            presentation = candidate.payload["presentation"]
            if presentation not in known:
                detail = f"Found: {presentation}."
                yield self.broken_by(candidate, field="presentation", value=presentation, detail=detail)
