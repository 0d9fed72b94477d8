"""Warnings accepted with a reason, and what is left to settle. The caller owns the transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import ConflictError, DraftStateError, InvalidError, NotFoundError
from catalog.journal import record
from catalog.kinds import Kinds
from catalog.releases.models import Draft
from catalog.releases.reviewing import proposals_of, revision_of
from catalog.releases.reviewing_models import Acceptance
from catalog.releases.reviewing_rules import Finding, fingerprint_of, judge, published_in

SETTLED_IN = ("draft", "in_review")
"""States of a draft in which warnings are accepted: an approval has seen them all."""


class BrokenRulesError(ConflictError):
    """Errors among what the draft breaks; they cannot be accepted."""

    def __init__(self, draft: int, found: int, rules: Sequence[str]) -> None:
        super().__init__(f"Draft {draft} has {found} errors to correct first: {', '.join(rules)}.")


class UnsettledWarningsError(ConflictError):
    """Warnings nobody has accepted, or whose acceptance went void with a later change."""

    def __init__(self, draft: int, found: int, rules: Sequence[str]) -> None:
        super().__init__(
            f"Draft {draft} has {found} warnings to correct or to accept with a reason: {', '.join(rules)}."
        )


class UnknownWarningError(NotFoundError):
    def __init__(self, draft: int) -> None:
        super().__init__(f"Draft {draft} has no such warning to accept.")


class DraftChangedError(ConflictError):
    """What is decided upon is no longer what was shown."""

    def __init__(self, draft: int) -> None:
        super().__init__(f"Draft {draft} has changed since it was shown: look at it again.")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a draft breaks at a revision, and how far that is settled. ``accepted`` goes by fingerprint."""

    revision: str
    findings: Sequence[Finding]
    accepted: dict[str, Acceptance]
    void: Sequence[Acceptance]

    @property
    def errors(self) -> list[Finding]:
        return [found for found in self.findings if found.is_error]

    @property
    def warnings(self) -> list[Finding]:
        return [found for found in self.findings if not found.is_error]

    @property
    def unsettled(self) -> list[Finding]:
        return [found for found in self.warnings if found.fingerprint not in self.accepted]


def find_findings(session: Session, kinds: Kinds, draft: Draft) -> list[Finding]:
    """What a draft breaks among what is published now."""
    return judge(kinds, proposals_of(session, kinds, draft), published_in(session))


def judgement(session: Session, draft: Draft, findings: Sequence[Finding], known: str | None = None) -> Judgement:
    """The findings with the acceptances that still hold; the others are void. ``known``: the revision, if it is."""
    revision = known or revision_of(session, draft)
    by_rule: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if not finding.is_error:
            by_rule[finding.kind, finding.rule].append(finding)
    accepted: dict[str, Acceptance] = {}
    void = []
    for row in acceptances(session, draft):
        covered = _covered(row, by_rule.get((row.kind, row.rule), [])) if row.revision == revision else []
        for finding in covered:
            accepted.setdefault(finding.fingerprint, row)
        if not covered:
            void.append(row)
    return Judgement(revision, findings, accepted, void)


def acceptances(session: Session, draft: Draft) -> list[Acceptance]:
    """All of a draft, void ones too, oldest first."""
    query = sa.select(Acceptance).where(Acceptance.draft_id == draft.id)
    return list(session.scalars(query.order_by(Acceptance.id)))


def _covered(row: Acceptance, warnings: Sequence[Finding]) -> list[Finding]:
    if row.code is None:
        return list(warnings) if warnings and fingerprint_of(warnings) == row.fingerprint else []
    return [finding for finding in warnings if finding.fingerprint == row.fingerprint]


def accept(
    session: Session,
    draft: Draft,
    findings: Sequence[Finding],
    *,
    rule: str,
    reason: str,
    by: str,
    at: datetime,
    kind: str | None = None,
    fingerprint: str | None = None,
    seen: str | None = None,
) -> list[Acceptance]:
    """Accepts the warnings of a rule (of one kind, or of all), or the single one of that fingerprint.

    ``seen`` is the revision on which that was decided. Raises DraftStateError, InvalidError without a reason,
    DraftChangedError, UnknownWarningError where there is nothing of the kind left to accept.
    """
    if draft.status not in SETTLED_IN:
        raise DraftStateError(draft.id, draft.status, "settle", " or ".join(SETTLED_IN))
    if not reason.strip():
        raise InvalidError("A warning is accepted with a reason.")
    state = judgement(session, draft, findings)
    if seen is not None and seen != state.revision:
        raise DraftChangedError(draft.id)
    asked = [f for f in state.warnings if f.rule == rule and kind in (None, f.kind)]
    groups = _single(asked, fingerprint) if fingerprint else _by_kind(asked)
    groups = [group for group in groups if any(f.fingerprint not in state.accepted for f in group)]
    if not groups:
        raise UnknownWarningError(draft.id)
    rows = [_row(draft, state.revision, group, fingerprint, reason.strip(), by, at) for group in groups]
    session.add_all(rows)
    session.flush()
    for row in rows:
        _record(session, "draft.warnings.accepted", row, by, at)
    return rows


def _single(asked: Iterable[Finding], fingerprint: str) -> list[list[Finding]]:
    return [[finding] for finding in asked if finding.fingerprint == fingerprint][:1]


def _by_kind(asked: Iterable[Finding]) -> list[list[Finding]]:
    grouped: dict[str, list[Finding]] = defaultdict(list)
    for finding in asked:
        grouped[finding.kind].append(finding)
    return list(grouped.values())


def _row(
    draft: Draft, revision: str, group: Sequence[Finding], single: str | None, reason: str, by: str, at: datetime
) -> Acceptance:
    first = group[0]
    return Acceptance(
        draft_id=draft.id,
        revision=revision,
        rule=first.rule,
        kind=first.kind,
        code=(first.violation.code or "") if single else None,
        fingerprint=single or fingerprint_of(group),
        covered=len(group),
        reason=reason,
        accepted_by=by,
        accepted_at=at,
    )


def withdraw_acceptance(session: Session, draft: Draft, number: int, *, by: str, at: datetime) -> None:
    """Takes an acceptance back; the journal keeps it. Raises DraftStateError, UnknownWarningError."""
    if draft.status not in SETTLED_IN:
        raise DraftStateError(draft.id, draft.status, "settle", " or ".join(SETTLED_IN))
    row = session.get(Acceptance, number)
    if row is None or row.draft_id != draft.id:
        raise UnknownWarningError(draft.id)
    _record(session, "draft.warnings.refused", row, by, at)
    session.delete(row)
    session.flush()


def _record(session: Session, action: str, row: Acceptance, by: str, at: datetime) -> None:
    told = {"rule": row.rule, "kind": row.kind, "code": row.code, "warnings": row.covered}
    record(session, at=at, actor=by, action=action, subject=f"draft {row.draft_id}", after=told, detail=row.reason)


def check_settled(draft: Draft, state: Judgement, *, warnings: bool = True) -> None:
    """Raises BrokenRulesError for errors, UnsettledWarningsError for warnings nobody accepted."""
    if state.errors:
        raise BrokenRulesError(draft.id, len(state.errors), _rules(state.errors))
    if warnings and state.unsettled:
        raise UnsettledWarningsError(draft.id, len(state.unsettled), _rules(state.unsettled))


def _rules(findings: Iterable[Finding]) -> Sequence[str]:
    names: Collection[str] = {finding.rule for finding in findings}
    return sorted(names)
