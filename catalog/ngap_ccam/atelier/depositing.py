"""From a validated proposal to a change of a draft: it is published like everything else, on a legal ground."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from catalog.journal import record
from catalog.kinds import Kinds, Payload
from catalog.ngap_ccam.atelier.errors import NotValidatedError
from catalog.ngap_ccam.atelier.models import VALIDATED, Proposition
from catalog.ngap_ccam.atelier.verbs import subject_of
from catalog.ngap_ccam.codes import correspondance_code
from catalog.releases import drafts
from catalog.releases.changes import Change
from catalog.releases.locking import take_lock
from catalog.releases.models import Draft
from catalog.releases.placing import lend_hand
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DUSK, Moment, Period, day_in_morocco

KIND = "correspondance"
STAGE = "EXPERT_VALIDATED"


def deposit(
    session: Session,
    kinds: Kinds,
    proposal: Proposition,
    draft: Draft,
    *,
    snapshot: Snapshot,
    start: date,
    by: str,
    at: datetime,
) -> int:
    """Stages the mapping from ``start`` on, and answers how many changes that takes.

    A mapping to an act ends the "no correspondence" published for it. Its proposer and both its experts made what is
    published: they do not approve the draft, whoever deposits. Raises NotValidatedError too.
    """
    take_lock(session)
    session.refresh(proposal)
    if proposal.status != VALIDATED:
        raise NotValidatedError(proposal.id)
    changes = [_change(proposal, start), *_ended(proposal, snapshot, start)]
    staged = drafts.stage(session, kinds, draft, changes, by=by, at=at)
    for maker in _makers(proposal):
        lend_hand(session, draft, maker)
    before, proposal.draft_id = {"draft": proposal.draft_id}, draft.id
    session.flush()
    told = {"before": before, "after": {"draft": draft.id}, "detail": {"proposal": proposal.id}}
    record(session, at=at, actor=by, action="mapping.staged", subject=subject_of(proposal), **told)
    return staged


def payload_of(proposal: Proposition) -> Payload:
    """The entry a validated proposal makes: who decided, when, and where that can be read (DOMAIN 2.3)."""
    assert proposal.first_expert and proposal.second_expert and proposal.second_at
    return {
        "acte_ngap": proposal.acte_ngap,
        "acte_ccam": proposal.acte_ccam,
        "activite": proposal.activite,
        "phase": proposal.phase,
        "relation": proposal.relation,
        "statut": STAGE,
        "version_ngap": proposal.version_ngap,
        "version_ccam": proposal.version_ccam,
        "motif": proposal.motif,
        "condition": proposal.condition,
        "decide_par": f"{proposal.first_expert}, {proposal.second_expert}",
        "decide_le": day_in_morocco(proposal.second_at),
        "preuve": f"Atelier NGAP-CCAM, proposition {proposal.id}",
    }


def _makers(proposal: Proposition) -> list[str]:
    """The proposer and the two experts of a validated proposal."""
    return [name for name in (proposal.proposed_by, proposal.first_expert, proposal.second_expert) if name]


def _change(proposal: Proposition, start: date) -> Change:
    reason = f"Proposition {proposal.id} de l’atelier, par {proposal.proposed_by}"
    period = Period(start, DUSK)
    return Change(KIND, proposal.code, period, payload_of(proposal), source=f"proposition {proposal.id}", reason=reason)


def _ended(proposal: Proposition, snapshot: Snapshot, start: date) -> list[Change]:
    absence = correspondance_code(proposal.acte_ngap, None)
    if proposal.target is None:
        return []
    standing = snapshot.find(KIND, absence, Moment(start, snapshot.head))
    if standing is None:
        return []
    reason = f"L’acte a maintenant une correspondance (proposition {proposal.id})"
    return [Change(KIND, absence, Period(start, standing.period.end), None, reason=reason)]
