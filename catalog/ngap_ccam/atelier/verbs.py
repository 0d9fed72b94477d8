"""What is done in the workshop: propose, comment, validate, refuse, withdraw. The caller owns the transaction.

Each takes the lock of writers first, and writes the journal last.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import InvalidError
from catalog.journal import record
from catalog.ngap_ccam.atelier.asked import Asked, check
from catalog.ngap_ccam.atelier.errors import (
    ExpertError,
    OwnerError,
    ProposalClosedError,
    ProposalExistsError,
    UnknownProposalError,
)
from catalog.ngap_ccam.atelier.models import ONCE, OPEN, PROPOSED, REFUSED, VALIDATED, WITHDRAWN, Proposition, Remarque
from catalog.ngap_ccam.codes import parse_ngap
from catalog.releases.locking import take_lock
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment


def propose(
    session: Session, asked: Asked, *, snapshot: Snapshot, moment: Moment, by: str, at: datetime
) -> Proposition:
    """A new proposal. Raises what ``check`` raises, and ProposalExistsError while one is open for the same mapping."""
    take_lock(session)
    check(asked, snapshot, moment)
    same = sa.select(Proposition.id).where(Proposition.code == asked.code, Proposition.status.in_(OPEN))
    standing = session.scalar(same)
    if standing is not None:
        raise ProposalExistsError(asked.code, standing)
    target = asked.target
    made = Proposition(
        code=asked.code,
        acte_ngap=parse_ngap(asked.ngap),
        acte_ccam=target.code if target else None,
        activite=target.activite if target else None,
        phase=target.phase if target else None,
        relation=asked.relation,
        version_ngap=asked.version_ngap.strip(),
        version_ccam=asked.version_ccam.strip(),
        motif=(asked.motif or "").strip() or None,
        condition=(asked.condition or "").strip() or None,
        status=PROPOSED,
        proposed_by=by,
        proposed_at=at,
    )
    session.add(made)
    session.flush()
    told = {"after": made.told(), "detail": {"proposal": made.id}}
    record(session, at=at, actor=by, action="mapping.proposed", subject=subject_of(made), **told)
    return made


def find_proposal(session: Session, asked: int | str) -> Proposition:
    """Raises UnknownProposalError."""
    text = str(asked)
    found = session.get(Proposition, int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else None
    if found is None:
        raise UnknownProposalError(asked)
    return found


def comment(session: Session, proposal: Proposition, text: str, *, by: str, at: datetime) -> Remarque:
    """Adds to the thread of a proposal, whatever its status. Raises InvalidError for an empty comment."""
    take_lock(session)
    made = Remarque(proposition_id=proposal.id, author=by, at=at, text=_reason(text, "A comment needs its text."))
    session.add(made)
    session.flush()
    detail = {"proposal": proposal.id, "comment": made.text}
    record(session, at=at, actor=by, action="mapping.commented", subject=subject_of(proposal), detail=detail)
    return made


def validate(session: Session, proposal: Proposition, *, by: str, at: datetime) -> None:
    """One expert agrees; the second one's agreement validates. Raises ExpertError, ProposalClosedError."""
    _take(session, proposal)
    who = by.casefold()
    if who == proposal.proposed_by.casefold():
        raise ExpertError(by, "they proposed it")
    if proposal.first_expert is None:
        proposal.first_expert, proposal.first_at = by, at
        return _move(session, proposal, ONCE, "mapping.validated", by=by, at=at)
    if who == proposal.first_expert.casefold():
        raise ExpertError(by, "they have validated it already")
    proposal.second_expert, proposal.second_at = by, at
    return _move(session, proposal, VALIDATED, "mapping.validated", by=by, at=at)


def refuse(session: Session, proposal: Proposition, reason: str, *, by: str, at: datetime) -> None:
    """An expert says no, and why; a validation already given counts no more."""
    _close(session, proposal, REFUSED, _reason(reason, "A refusal needs its reason."), by=by, at=at)


def withdraw(session: Session, proposal: Proposition, *, by: str, at: datetime, reason: str | None = None) -> None:
    """The proposer takes it back. Raises OwnerError for anybody else."""
    if by.casefold() != proposal.proposed_by.casefold():
        raise OwnerError(by, proposal.proposed_by)
    _close(session, proposal, WITHDRAWN, (reason or "").strip() or None, by=by, at=at)


def remarks(session: Session, proposal: Proposition) -> list[Remarque]:
    """The thread of a proposal, oldest first."""
    own = sa.select(Remarque).where(Remarque.proposition_id == proposal.id).order_by(Remarque.at, Remarque.id)
    return list(session.scalars(own))


def to_deposit(session: Session) -> list[Proposition]:
    """What is validated and in no draft yet, oldest first."""
    waiting = sa.select(Proposition).where(Proposition.status == VALIDATED, Proposition.draft_id.is_(None))
    return list(session.scalars(waiting.order_by(Proposition.id)))


def subject_of(proposal: Proposition) -> str:
    """How the journal names what a proposal is about."""
    return f"correspondance {proposal.code}"


def _close(session: Session, proposal: Proposition, status: str, reason: str | None, *, by: str, at: datetime) -> None:
    _take(session, proposal)
    proposal.closed_by, proposal.closed_at, proposal.closing_reason = by, at, reason
    action = "mapping.refused" if status == REFUSED else "mapping.withdrawn"
    _move(session, proposal, status, action, by=by, at=at, reason=reason)


def _take(session: Session, proposal: Proposition) -> None:
    take_lock(session)
    session.refresh(proposal)
    if not proposal.is_open:
        raise ProposalClosedError(proposal.id, proposal.status)


def _move(
    session: Session,
    proposal: Proposition,
    status: str,
    action: str,
    *,
    by: str,
    at: datetime,
    reason: str | None = None,
) -> None:
    before, proposal.status = {"status": proposal.status}, status
    session.flush()
    detail = {"proposal": proposal.id} | ({"reason": reason} if reason else {})
    told = {"before": before, "after": {"status": status}, "detail": detail}
    record(session, at=at, actor=by, action=action, subject=subject_of(proposal), **told)


def _reason(text: str, lacking: str) -> str:
    told = text.strip()
    if not told:
        raise InvalidError(lacking)
    return told
