"""A house of editors as the state machine sees it: the verbs, each done on the database and told to the oracle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any, ClassVar

from hypothesis.stateful import RuleBasedStateMachine, initialize
from sqlalchemy.orm import Session

from catalog.releases import drafts, publishing, rebasing
from catalog.releases.changes import Change
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Period, day_in_morocco
from tests.integration.truth.arena import Arena
from tests.integration.truth.desk import ACT, AUTHOR, CHIEF, ERRATUM, PRINTER, enacted
from tests.integration.truth.desk import FEW_KINDS as KINDS
from tests.integration.truth.oracle import BOUNDS, FIRST, Days, Entry, Line, Oracle, Proposal, Value

Draw = tuple[Entry, Days, Value | None]


def as_change(entry: Entry, days: Days, value: Value | None) -> Change:
    period = Period(BOUNDS[days[0]], BOUNDS[days[1]])
    if value is None:
        return Change(*entry, period, None)
    held = value.held(entry[0])
    act = None if held.legal_act == ACT else held.legal_act
    return Change(*entry, period, held.payload, act, held.source)


class House(RuleBasedStateMachine):
    """Give it an ``arena``. ``tally`` counts what really happened over the whole run."""

    arena: ClassVar[Arena]
    tally: ClassVar[Counter[str]]
    snapshot: Snapshot | None
    is_news = False

    @initialize()
    def open_the_house(self) -> None:
        self.arena.renew()
        self.session = Session(self.arena.engine.execution_options(amo_writes=True), expire_on_commit=False)
        self.oracle, self.snapshot = Oracle(), None
        self.proposals: list[Proposal] = []
        self.now = datetime.combine(FIRST, time(8), UTC) + timedelta(days=2)
        draft = drafts.open_draft(self.session, title="Actes", author=AUTHOR, at=self.now, legal_act=ACT)
        drafts.stage(self.session, KINDS, draft, [enacted(), enacted(ERRATUM)], by=AUTHOR, at=self.now)
        acts = Proposal(draft.id, AUTHOR, 0, ())
        self.submit_and_approve(acts, CHIEF)
        self.seal(acts)

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.close()

    def open_ones(self) -> list[Proposal]:
        return [proposal for proposal in self.proposals if proposal.status == "draft"]

    def unpublished(self) -> list[Proposal]:
        return [proposal for proposal in self.proposals if proposal.status != "published"]

    def draft(self, proposal: Proposal) -> drafts.Draft:
        return drafts.find_draft(self.session, proposal.number)

    def open_draft(self, author: str, covers: tuple[str, ...]) -> Proposal:
        draft = drafts.open_draft(
            self.session, title="Proposition", author=author, at=self.now, legal_act=ACT, covers=covers
        )
        return Proposal(draft.id, author, self.oracle.head, covers)

    def add(self, proposal: Proposal, changes: list[Draw], by: str) -> None:
        drawn = [as_change(*change) for change in changes]
        drafts.stage(self.session, KINDS, self.draft(proposal), drawn, by=by, at=self.now)
        proposal.lines |= {(entry, days): Line(value, by) for entry, days, value in changes}
        proposal.wrote |= {by} if changes else set()

    def submit(self, proposal: Proposal) -> None:
        drafts.submit(self.session, KINDS, self.draft(proposal), by=proposal.author, at=self.now)
        proposal.status = "in_review"

    def approve(self, proposal: Proposal, by: str) -> None:
        drafts.approve(self.session, self.draft(proposal), by=by, at=self.now)
        proposal.status = "approved"

    def submit_and_approve(self, proposal: Proposal, by: str) -> None:
        """Both or neither, when it is the approval that is refused."""
        before = proposal.status
        try:
            self.submit(proposal)
            self.approve(proposal, by)
        except Exception:
            proposal.status = before
            raise

    def bring_forward(self, proposal: Proposal, by: str) -> None:
        rebasing.rebase(self.session, KINDS, self.draft(proposal), by=by, at=self.now)

    def seal(self, proposal: Proposal, at: datetime | None = None) -> None:
        draft = self.draft(proposal)
        publishing.publish(self.session, KINDS, draft, by=PRINTER, at=self.now, published_at=at)
        self.session.commit()
        self.count(proposal)
        self.oracle.publish(proposal.cells, proposal.entries, self.now)
        proposal.status, self.is_news = "published", True
        self.now += timedelta(seconds=1)

    def count(self, proposal: Proposal) -> None:
        today, table = day_in_morocco(self.now), self.oracle.tables[-1]
        changed = [(cell, line.value) for cell, line in proposal.cells.items() if table.get(cell) != line.value]
        self.tally["publishes"] += 1
        self.tally["withdrawals"] += any(value is None for _, value in changed)
        self.tally["corrections"] += any(cell in table and BOUNDS[cell[1] + 1] <= today for cell, _ in changed)
        self.tally["announcements"] += any(BOUNDS[cell[1]] > today for cell, _ in changed)

    def refused(self, error: type[Exception], act: Callable[[], Any]) -> None:
        try:
            act()
        except error:
            self.session.rollback()
            self.tally["refusals"] += 1
            self.tally[error.__name__] += 1
        else:
            raise AssertionError(f"{error.__name__} was due")
