"""Three people make a mapping: one proposes it, two experts validate it, and a draft carries it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import FourEyesError, InvalidError
from catalog.journal.models import JournalEntry
from catalog.ngap_ccam.atelier import coverage
from catalog.ngap_ccam.atelier.asked import Asked
from catalog.ngap_ccam.atelier.depositing import deposit
from catalog.ngap_ccam.atelier.errors import (
    ActIsMappedError,
    ActOutOfForceError,
    ExpertError,
    NotValidatedError,
    OwnerError,
    ProposalClosedError,
    ProposalExistsError,
    SameMappingError,
)
from catalog.ngap_ccam.atelier.models import ONCE, PROPOSED, REFUSED, VALIDATED, WITHDRAWN, Proposition
from catalog.ngap_ccam.atelier.verbs import comment, propose, refuse, remarks, validate, withdraw
from catalog.ngap_ccam.codes import Target
from catalog.registry import KINDS
from catalog.releases import drafts
from catalog.releases.publishing import publish
from catalog.snapshots.building import build
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment
from tests.api.catalogue import LIST, NOW
from tests.api.families import ASSIMILATED, CCAM, NGAP, NO_CCAM

TODAY, LATER = date(2026, 11, 22), date(2027, 1, 1)
PINNED = {"version_ngap": "arrete-177-06", "version_ccam": "ccam-france"}


TARGET = Target(CCAM, "1", "0")


def asked(ngap: str = NO_CCAM, target: Target | None = TARGET, **told: Any) -> Asked:
    return Asked(ngap=ngap, target=target, **({"relation": "related-to"} | PINNED | told))


@pytest.fixture
def suggest_it(session: Session, snapshot: Snapshot) -> Callable[..., Proposition]:
    """Proposes in the name of ``nadia``."""

    def made(by: str = "nadia", **told: Any) -> Proposition:
        return propose(session, asked(**told), snapshot=snapshot, moment=Moment(TODAY, snapshot.head), by=by, at=NOW)

    return made


def newest(session: Session) -> Snapshot:
    return Snapshot(build(session, KINDS), KINDS)


def test_two_other_experts_validate(session: Session, suggest_it: Callable[..., Proposition]) -> None:
    proposal = suggest_it()
    assert proposal.status == PROPOSED
    validate(session, proposal, by="omar", at=NOW)
    assert proposal.status == ONCE
    validate(session, proposal, by="salma", at=NOW)
    assert (proposal.status, proposal.first_expert, proposal.second_expert) == (VALIDATED, "omar", "salma")


@pytest.mark.parametrize("who", ["nadia", "NADIA"])
def test_nobody_validates_their_own_proposal(
    session: Session, suggest_it: Callable[..., Proposition], who: str
) -> None:
    with pytest.raises(ExpertError, match="they proposed it"):
        validate(session, suggest_it(), by=who, at=NOW)


def test_one_expert_does_not_validate_twice(session: Session, suggest_it: Callable[..., Proposition]) -> None:
    proposal = suggest_it()
    validate(session, proposal, by="omar", at=NOW)
    with pytest.raises(ExpertError, match="already"):
        validate(session, proposal, by="Omar", at=NOW)


FORGED = {
    "the proposer as first expert": "status = 'une_validation', first_expert = 'nadia'",
    "the proposer in capitals": "status = 'une_validation', first_expert = 'NADIA'",
    "one expert twice": "status = 'validee', first_expert = 'omar', second_expert = 'Omar'",
    "validated by nobody": "status = 'validee'",
    "validated by one": "status = 'validee', first_expert = 'omar'",
    "a second expert without a first": "status = 'validee', second_expert = 'omar'",
    "another proposer": "proposed_by = 'omar'",
    "another relation": "relation = 'equivalent'",
    "an unknown status": "status = 'publiee'",
}


@pytest.mark.parametrize("told", FORGED.values(), ids=FORGED.keys())
def test_the_database_refuses_it_by_itself(session: Session, suggest_it: Callable[..., Proposition], told: str) -> None:
    proposal = suggest_it()
    with pytest.raises(sa.exc.DBAPIError):
        session.execute(sa.text(f"UPDATE proposition SET {told} WHERE id = :id"), {"id": proposal.id})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE proposition SET first_expert = 'salma'",
        "UPDATE proposition SET status = 'proposee', first_expert = NULL",
        "DELETE FROM proposition",
        "UPDATE proposition_remarque SET text = 'autre'",
        "DELETE FROM proposition_remarque",
    ],
)
def test_the_database_keeps_what_was_given(
    session: Session, suggest_it: Callable[..., Proposition], statement: str
) -> None:
    proposal = suggest_it()
    comment(session, proposal, "À voir", by="omar", at=NOW)
    validate(session, proposal, by="omar", at=NOW)
    with pytest.raises(sa.exc.DBAPIError, match="does not change"):
        session.execute(sa.text(statement))


def test_one_mapping_is_proposed_once_at_a_time(session: Session, suggest_it: Callable[..., Proposition]) -> None:
    first = suggest_it()
    with pytest.raises(ProposalExistsError) as refused:
        suggest_it(by="omar", relation="equivalent")
    assert refused.value.proposal == first.id
    refuse(session, first, "Trop large", by="salma", at=NOW)
    assert suggest_it(by="omar").status == PROPOSED


def test_a_refusal_has_its_reason_and_is_final(session: Session, suggest_it: Callable[..., Proposition]) -> None:
    proposal = suggest_it()
    with pytest.raises(InvalidError, match="reason"):
        refuse(session, proposal, "  ", by="omar", at=NOW)
    refuse(session, proposal, "Trop large", by="omar", at=NOW)
    assert (proposal.status, proposal.closing_reason) == (REFUSED, "Trop large")
    with pytest.raises(ProposalClosedError):
        validate(session, proposal, by="salma", at=NOW)


def test_only_its_proposer_withdraws_a_proposal(session: Session, suggest_it: Callable[..., Proposition]) -> None:
    proposal = suggest_it()
    with pytest.raises(OwnerError):
        withdraw(session, proposal, by="omar", at=NOW)
    withdraw(session, proposal, by="nadia", at=NOW)
    assert proposal.status == WITHDRAWN


def test_comments_stand_in_order(session: Session, suggest_it: Callable[..., Proposition]) -> None:
    proposal = suggest_it()
    comment(session, proposal, "D'accord", by="omar", at=NOW + timedelta(minutes=1))
    comment(session, proposal, "Pourquoi ?", by="salma", at=NOW)
    assert [remark.text for remark in remarks(session, proposal)] == ["Pourquoi ?", "D'accord"]


CONTRADICTIONS = [
    ({"relation": "no-map"}, InvalidError),
    ({"target": None}, InvalidError),
    ({"target": None, "relation": "no-map"}, InvalidError),
    ({"relation": "same"}, InvalidError),
    ({"version_ccam": " "}, InvalidError),
    ({"ngap": "D999"}, ActOutOfForceError),
    ({"target": Target("ZZZZ999", "1", "0")}, ActOutOfForceError),
    ({"ngap": NGAP, "target": None, "relation": "no-map", "motif": "Aucun"}, ActIsMappedError),
    ({"ngap": NGAP, "relation": "equivalent", "version_ngap": "2006", "version_ccam": "81"}, SameMappingError),
]


@pytest.mark.parametrize(("told", "error"), CONTRADICTIONS)
def test_a_contradiction_is_not_proposed(
    suggest_it: Callable[..., Proposition], told: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        suggest_it(**told)


def test_a_validated_mapping_is_published_through_a_draft(
    session: Session, snapshot: Snapshot, suggest_it: Callable[..., Proposition]
) -> None:
    proposal = suggest_it(relation="equivalent", target=Target(CCAM, "4", "0"))
    draft = drafts.open_draft(session, title="Atelier", author="nadia", at=NOW, legal_act=LIST)
    with pytest.raises(NotValidatedError):
        deposit(session, KINDS, proposal, draft, snapshot=snapshot, start=LATER, by="nadia", at=NOW)
    for expert in ("omar", "salma"):
        validate(session, proposal, by=expert, at=NOW)
    staged = deposit(session, KINDS, proposal, draft, snapshot=snapshot, start=LATER, by="nadia", at=NOW)
    assert (staged, proposal.draft_id) == (2, draft.id)
    drafts.submit(session, KINDS, draft, by="nadia", at=NOW)
    drafts.approve(session, draft, by="yasmine", at=NOW)
    publish(session, KINDS, draft, by="salma", at=NOW)

    after = newest(session)
    found = after.find("correspondance", f"{NO_CCAM}>{CCAM}-4-0", Moment(LATER, after.head))
    assert found is not None
    assert found.legal_act == LIST
    assert found.payload["decide_par"] == "omar, salma"
    assert found.payload["statut"] == "EXPERT_VALIDATED"
    absent = f"{NO_CCAM}>AUCUN"
    assert after.find("correspondance", absent, Moment(LATER, after.head)) is None
    assert after.find("correspondance", absent, Moment(TODAY, after.head)) is not None


@pytest.mark.parametrize("who", ["nadia", "Omar", "salma"])
def test_who_made_a_mapping_does_not_approve_the_draft_a_colleague_deposits_it_in(
    session: Session, snapshot: Snapshot, suggest_it: Callable[..., Proposition], who: str
) -> None:
    proposal = suggest_it()
    for expert in ("omar", "salma"):
        validate(session, proposal, by=expert, at=NOW)
    draft = drafts.open_draft(session, title="Atelier", author="brahim", at=NOW, legal_act=LIST)
    deposit(session, KINDS, proposal, draft, snapshot=snapshot, start=LATER, by="brahim", at=NOW)
    drafts.submit(session, KINDS, draft, by="brahim", at=NOW)
    with pytest.raises(FourEyesError):
        drafts.approve(session, draft, by=who, at=NOW)
    drafts.approve(session, draft, by="yasmine", at=NOW)


def test_coverage_counts_each_act_once(
    session: Session, snapshot: Snapshot, suggest_it: Callable[..., Proposition]
) -> None:
    moment = Moment(TODAY, snapshot.head)
    before = coverage.total(coverage.acts(session, snapshot, moment))
    assert (before.mapped, before.absent, before.worked, before.untouched) == (1, 1, 0, 1)
    suggest_it(ngap=ASSIMILATED)
    after = coverage.total(coverage.acts(session, snapshot, moment))
    assert (after.worked, after.untouched, after.open, after.total) == (1, 0, 1, 3)
    assert after.settled_share == 66


def test_every_verb_is_in_the_journal(
    session: Session, snapshot: Snapshot, suggest_it: Callable[..., Proposition]
) -> None:
    start = session.scalar(sa.select(sa.func.max(JournalEntry.seq)))
    proposal = suggest_it()
    comment(session, proposal, "Vu", by="omar", at=NOW)
    validate(session, proposal, by="omar", at=NOW)
    refuse(session, proposal, "Non", by="salma", at=NOW)
    withdraw(session, suggest_it(), by="nadia", at=NOW)
    told = session.execute(sa.select(JournalEntry.action, JournalEntry.actor).where(JournalEntry.seq > start))
    assert [tuple(row) for row in told] == [
        ("mapping.proposed", "nadia"),
        ("mapping.commented", "omar"),
        ("mapping.validated", "omar"),
        ("mapping.refused", "salma"),
        ("mapping.proposed", "nadia"),
        ("mapping.withdrawn", "nadia"),
    ]
