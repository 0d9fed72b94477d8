"""Rules that compare the members of a generic group (DOMAIN 1.2, 1.3). They warn; published data is never changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalog.gmr.entry_rules import all_entries, dirhams, known_codes
from catalog.gmr.groups import GroupKey, Members, Payload, comparison_group, expected_base, gather
from catalog.validation import Candidate, Rule, Severity, Standing, Violation, of_kind


class PbrIsNotTheClosestGeneric(Rule):
    """The base of a princeps is not the price of its closest generic."""

    # DOMAIN 1.3: the dearest generic not dearer than the princeps, else the princeps' own price. One princeps in ten of
    # the 2014 list is published otherwise.
    remedy = "Check the published base and the generic group; the published base is kept and answered."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        groups = gather(all_entries("medicament", candidates, standing))
        for candidate in of_kind("medicament", candidates):
            members = compared_with(candidate.payload, groups)
            pbr = candidate.payload["pbr"]
            if members is None or pbr is None:
                continue
            expected = expected_base(candidate.payload["ppv"], members.generic_prices)
            if pbr != expected:
                detail = f"Published: {dirhams(pbr)}; computed: {dirhams(expected)}, {_origin(candidate, members)}."
                yield self.broken_by(candidate, field="pbr", value=dirhams(pbr), detail=detail)


def compared_with(payload: Payload, groups: dict[GroupKey, Members]) -> Members | None:
    """The group that sets the base of an admitted, priced princeps with at least one priced generic; else None."""
    if payload["princeps_generique"] != "P" or payload["ppv"] is None:
        return None
    if not payload["admis_remboursement"] or payload["retire"]:
        return None
    key = comparison_group(payload)
    members = groups.get(key) if key is not None else None
    return members if members and members.generics else None


def _origin(candidate: Candidate, members: Members) -> str:
    expected = expected_base(candidate.payload["ppv"], members.generic_prices)
    if expected not in members.generic_prices:
        return "its own price, since every generic is dearer"
    group = candidate.payload["groupe_generique"]
    where = f"group {group}" if group else "same substances, dosages, form and pack"
    return f"the price of the generic {members.code_at(expected)} ({where})"


class ClosestGenericMoves(Rule):
    """A price moves the closest generic of a princeps that the draft leaves alone."""

    # DOMAIN 1.3: any change, entry or exit of a generic changes the base of the princeps of its group.
    remedy = "Add the princeps with its new base to the draft, if the list that brings this price says so."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        touched = _touched_groups(candidates)
        if not touched:
            return
        resting = list(standing("medicament"))
        before, after = gather(_as_before(candidates, resting)), gather(all_entries("medicament", candidates, standing))
        for code, payload in resting:
            mover = touched.get(comparison_group(payload) or ())
            if mover is not None:
                yield from self._judge(mover, code, payload, before, after)

    def _judge(
        self,
        mover: Candidate,
        code: str,
        payload: Payload,
        before: dict[GroupKey, Members],
        after: dict[GroupKey, Members],
    ) -> Iterator[Violation]:
        old, new = _base_in(payload, before), _base_in(payload, after)
        if new is not None and payload["pbr"] not in (None, new) and new != old:
            ppv = mover.payload["ppv"]
            detail = f"Princeps {code}: published base {dirhams(payload['pbr'])}; computed from now on: {dirhams(new)}."
            yield self.broken_by(mover, field="ppv", value=dirhams(ppv), detail=detail)


def _base_in(payload: Payload, groups: dict[GroupKey, Members]) -> int | None:
    members = compared_with(payload, groups)
    return expected_base(payload["ppv"], members.generic_prices) if members else None


def _touched_groups(candidates: Sequence[Candidate]) -> dict[GroupKey, Candidate]:
    """Groups in which a generic enters, leaves or changes, with the first candidate that does so."""
    touched: dict[GroupKey, Candidate] = {}
    for candidate in of_kind("medicament", candidates):
        for payload in (candidate.payload, candidate.previous):
            key = comparison_group(payload) if payload and payload["princeps_generique"] == "G" else None
            if key is not None:
                touched.setdefault(key, candidate)
    return touched


def _as_before(
    candidates: Sequence[Candidate], resting: Sequence[tuple[str, Payload]]
) -> Iterator[tuple[str, Payload]]:
    yield from resting
    for candidate in of_kind("medicament", candidates):
        if candidate.previous is not None:
            yield candidate.code, candidate.previous


class GenericIsDearerThanPrinceps(Rule):
    """A generic is dearer than its princeps."""

    # Décret 2-13-852, end of article 5. The text knows one princeps a group; among several, the dearest sets the cap.
    remedy = "Check the price of the generic and of the princeps, and that both belong to one group."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        groups = gather(all_entries("medicament", candidates, standing))
        for candidate in of_kind("medicament", candidates):
            payload = candidate.payload
            key = comparison_group(payload) if payload["princeps_generique"] == "G" else None
            members = groups.get(key) if key is not None else None
            if members and members.princeps and payload["ppv"] is not None:
                cap, princeps = max(members.princeps)
                if payload["ppv"] > cap:
                    detail = f"Its price: {dirhams(payload['ppv'])}; princeps {princeps}: {dirhams(cap)}."
                    yield self.broken_by(candidate, field="ppv", value=dirhams(payload["ppv"]), detail=detail)


class UnknownGroup(Rule):
    """The generic group named is not in the catalogue."""

    severity = Severity.ERROR
    remedy = "Import the group first with `amo-catalog import groupes-generiques`, or correct its code."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        naming = [c for c in of_kind("medicament", candidates) if c.payload["groupe_generique"]]
        known = known_codes("groupe_generique", candidates, standing) if naming else set()
        for candidate in naming:
            group = candidate.payload["groupe_generique"]
            if group not in known:
                yield self.broken_by(candidate, field="groupe_generique", value=group, detail=f"Found: {group!r}.")
