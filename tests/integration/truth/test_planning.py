"""Publishing at a set hour: what is due is published once, and what is refused says why."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from catalog.database import reading
from catalog.errors import DraftStateError, NotAllowedError, PublicationTimeError
from catalog.releases import drafts
from catalog.releases.models import Draft
from catalog.releases.planning import (
    NotPlannedError,
    Outcome,
    PlanLapsedError,
    due,
    failed,
    plan,
    plan_of,
    publish_due,
    unplan,
)
from catalog.releases.truth import head
from tests.integration.truth.desk import AUTHOR, CHIEF, JULY, JUNE, PRINTER, Desk
from tests.integration.truth.settled import priced

LATER = timedelta(days=3)


def planned(desk: Desk, ppv: str = "29.70") -> tuple[Draft, datetime]:
    """An approved draft with its hour."""
    draft = desk.approved(priced(ppv, JUNE))
    hour = desk.now + LATER
    plan(desk.session, desk.kinds, draft, publish_at=hour, by=PRINTER, at=desk.tick())
    desk.session.commit()
    return draft, hour


def at_the_hour(desk: Desk, engine: sa.Engine, hour: datetime) -> list[Outcome]:
    desk.session.commit()
    outcomes = publish_due(engine, desk.kinds, at=hour)
    desk.session.expire_all()
    return outcomes


def test_a_planned_draft_waits_for_its_hour(desk: Desk, engine: sa.Engine) -> None:
    draft, hour = planned(desk)
    assert at_the_hour(desk, engine, hour - timedelta(seconds=1)) == []
    assert at_the_hour(desk, engine, hour) == [Outcome(draft.id, 2)]
    assert (draft.status, desk.price(JUNE, 2)) == ("published", 2970)


def test_it_is_published_once_by_the_one_who_planned_it(desk: Desk, engine: sa.Engine) -> None:
    _, hour = planned(desk)
    at_the_hour(desk, engine, hour)
    assert at_the_hour(desk, engine, hour) == []
    with reading(engine) as session:
        assert head(session) == 2
        assert session.scalar(sa.text("SELECT publisher FROM release WHERE seq = 2")) == PRINTER


def test_only_what_is_approved_is_planned_and_for_an_hour_to_come(desk: Desk) -> None:
    draft = desk.draft(priced("29.70", JUNE))
    with pytest.raises(DraftStateError, match="plan"):
        plan(desk.session, desk.kinds, draft, publish_at=desk.now + LATER, by=PRINTER, at=desk.tick())
    desk.approve(desk.submit(draft))
    with pytest.raises(PublicationTimeError, match="gone by"):
        plan(desk.session, desk.kinds, draft, publish_at=desk.now, by=PRINTER, at=desk.tick())


def test_a_plan_can_be_moved_and_taken_back(desk: Desk, engine: sa.Engine) -> None:
    draft, hour = planned(desk)
    plan(desk.session, desk.kinds, draft, publish_at=hour + LATER, by=PRINTER, at=desk.tick())
    assert due(desk.session, hour) == []
    unplan(desk.session, draft, by=PRINTER, at=desk.tick())
    assert plan_of(desk.session, draft) is None
    with pytest.raises(NotPlannedError):
        unplan(desk.session, draft, by=PRINTER, at=desk.tick())
    assert at_the_hour(desk, engine, hour + LATER) == []


def test_a_draft_gone_stale_is_not_published_and_says_why(desk: Desk, engine: sa.Engine) -> None:
    draft, hour = planned(desk)
    desk.publish(priced("31.00", JUNE))
    (outcome,) = at_the_hour(desk, engine, hour)
    assert outcome.release is None
    row = plan_of(desk.session, draft)
    assert row is not None and row.failed_at == hour and "Rebase" in str(row.failure)
    assert [found.draft_id for found in failed(desk.session)] == [draft.id]
    assert at_the_hour(desk, engine, hour + LATER) == []


def test_a_plan_does_not_outlive_its_approval(desk: Desk, engine: sa.Engine) -> None:
    draft, hour = planned(desk)
    drafts.reopen(desk.session, draft, by=AUTHOR, at=desk.tick())
    desk.stage(draft, priced("33.00", JULY, code="6118000100065"))
    desk.approve(desk.submit(draft))
    (outcome,) = at_the_hour(desk, engine, hour)
    assert isinstance(outcome.refusal, PlanLapsedError)
    assert draft.status == "approved"


def test_a_draft_reopened_is_not_published(desk: Desk, engine: sa.Engine) -> None:
    draft, hour = planned(desk)
    drafts.reject(desk.session, draft, by=CHIEF, at=desk.tick(), comment="non")
    (outcome,) = at_the_hour(desk, engine, hour)
    assert isinstance(outcome.refusal, DraftStateError)


def test_who_planned_must_still_be_allowed(desk: Desk, engine: sa.Engine) -> None:
    draft, hour = planned(desk)

    def refuse(session: object, who: str) -> None:
        raise NotAllowedError(who, "publish", ["editeur"])

    (outcome,) = publish_due(engine, desk.kinds, at=hour, may=refuse)
    assert (outcome.release, str(outcome.refusal)[:5]) == (None, PRINTER)
    desk.session.expire_all()
    assert draft.status == "approved"


def test_one_refusal_leaves_the_others_alone(desk: Desk, engine: sa.Engine) -> None:
    first, _ = planned(desk)
    second, hour = planned(desk, "30.00")
    outcomes = at_the_hour(desk, engine, hour)
    assert [(outcome.draft, outcome.release) for outcome in outcomes] == [(first.id, 2), (second.id, None)]
