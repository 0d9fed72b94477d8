"""Editors who publish, correct, withdraw and rebase in any order, and readers who ask; all compared with the oracle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy.orm import Session

from catalog import errors
from catalog.gmr.family import GTIN, MEDICAMENT
from catalog.kinds import Kinds
from catalog.legal.family import LEGAL_ACT
from catalog.releases import drafts, publishing, rebasing
from catalog.releases.changes import Change
from catalog.temporal import Period, day_in_morocco
from tests.integration.truth import comparing
from tests.integration.truth.arena import Arena
from tests.integration.truth.desk import ACT, AUTHOR, CHIEF, ERRATUM, PRINTER, SECOND, enacted
from tests.integration.truth.oracle import BOUNDS, CELLS, ENTRIES, FIRST, Days, Entry, Line, Oracle, Proposal, Value

DAYS = st.tuples(st.integers(0, len(BOUNDS) - 1), st.integers(0, len(BOUNDS) - 1)).map(sorted).map(tuple).filter(
    lambda days: days[0] < days[1]
)  # fmt: skip
VALUES = st.builds(
    Value,
    st.integers(1, 3),
    st.sampled_from([None, "A", "B"]),
    st.sampled_from([ACT, ACT, ERRATUM]),
    st.sampled_from([None, "S:8"]),
)
ENTRY = st.sampled_from(ENTRIES)
CHANGES = st.lists(
    st.tuples(ENTRY, DAYS, st.none() | VALUES | VALUES), min_size=1, max_size=3, unique_by=lambda change: change[0]
)
NEVER_WRITES = "nadia"
PICK = st.integers(0, 10**6)
"""One of those there are, by remainder."""
PAUSES = st.sampled_from([timedelta(minutes=1), timedelta(hours=3), timedelta(hours=9), timedelta(days=1)])
KINDS = Kinds((LEGAL_ACT, MEDICAMENT, GTIN))

Draw = tuple[Entry, Days, Value | None]


def as_change(entry: Entry, days: Days, value: Value | None) -> Change:
    period = Period(BOUNDS[days[0]], BOUNDS[days[1]])
    if value is None:
        return Change(*entry, period, None)
    held = value.held(entry[0])
    act = None if held.legal_act == ACT else held.legal_act
    return Change(*entry, period, held.payload, act, held.source)


class TruthMachine(RuleBasedStateMachine):
    """Give it an ``arena``. ``tally`` counts what really happened over the whole run."""

    arena: ClassVar[Arena]
    tally: ClassVar[Counter[str]]

    @initialize()
    def open_the_house(self) -> None:
        self.arena.renew()
        self.session = Session(self.arena.engine.execution_options(amo_writes=True), expire_on_commit=False)
        self.oracle = Oracle()
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

    # What editors do

    @rule(changes=CHANGES, pause=PAUSES)
    def publish_at_once(self, changes: list[Draw], pause: timedelta) -> None:
        self.now += pause
        proposal = self.open_draft(AUTHOR, ())
        self.add(proposal, changes, AUTHOR)
        self.submit_and_approve(proposal, CHIEF)
        self.seal(proposal)

    @rule(pick=PICK, days=DAYS, pause=PAUSES)
    def withdraw(self, pick: int, days: Days, pause: timedelta) -> None:
        """Something that is in force on one of those days, if anything is."""
        standing = sorted({entry for entry, cell in self.oracle.tables[-1] if days[0] <= cell < days[1]})
        entry = standing[pick % len(standing)] if standing else ENTRIES[pick % len(ENTRIES)]
        self.publish_at_once([(entry, days, None)], pause)

    @rule(pick=PICK, value=VALUES, pause=PAUSES)
    def correct_the_past(self, pick: int, value: Value, pause: timedelta) -> None:
        """A day that is over, with another value than it had."""
        today = day_in_morocco(self.now)
        past = sorted(cell for cell in self.oracle.tables[-1] if BOUNDS[cell[1] + 1] <= today)
        if past:
            entry, cell = past[pick % len(past)]
            self.publish_at_once([(entry, (cell, cell + 1), value)], pause)

    @rule(
        changes=CHANGES, author=st.sampled_from([AUTHOR, SECOND]), is_whole_list=st.sampled_from([False, False, True])
    )
    def propose(self, changes: list[Draw], author: str, is_whole_list: bool) -> None:
        proposal = self.open_draft(author, (MEDICAMENT.name,) if is_whole_list else ())
        self.add(proposal, changes, author)
        self.proposals.append(proposal)
        self.session.commit()

    @precondition(lambda self: self.oracle.tables[-1])
    @rule(pick=PICK, price=st.integers(4, 6), length=st.integers(1, 3))
    def propose_another_price(self, pick: int, price: int, length: int) -> None:
        """One field of what is in force: another release may then change the other one."""
        (entry, cell), value = sorted(self.oracle.tables[-1].items())[pick % len(self.oracle.tables[-1])]
        days = cell, min(cell + length, len(BOUNDS) - 1)
        self.propose([(entry, days, value._replace(price=price))], AUTHOR, False)

    @precondition(lambda self: any(proposal.lines for proposal in self.unpublished()))
    @rule(pick=PICK, maker=st.sampled_from([None, "C", "D"]), price=st.sampled_from([None, None, 7]), pause=PAUSES)
    def publish_against_a_proposal(self, pick: int, maker: str | None, price: int | None, pause: timedelta) -> None:
        """Another release, about days that somebody is working on."""
        worked_on = [cell for proposal in self.unpublished() for cell in sorted(proposal.cells)]
        entry, cell = worked_on[pick % len(worked_on)]
        value = self.oracle.tables[-1].get((entry, cell), Value(price or 1, maker, ACT, None))
        changed = value._replace(maker=maker, price=price or value.price)
        self.publish_at_once([(entry, (cell, cell + 1), changed)], pause)

    @precondition(lambda self: self.open_ones())
    @rule(pick=PICK, change=st.tuples(ENTRY, DAYS, st.none() | VALUES), by=st.sampled_from([AUTHOR, SECOND, CHIEF]))
    def add_to_a_proposal(self, pick: int, change: Draw, by: str) -> None:
        proposal = self.open_ones()[pick % len(self.open_ones())]
        if proposal.clashes_with(*change[:2]):
            self.refused(errors.OverlapError, lambda: self.add(proposal, [change], by))
        else:
            self.add(proposal, [change], by)
            self.session.commit()

    @precondition(lambda self: self.open_ones())
    @rule(pick=PICK, by=st.sampled_from([AUTHOR, SECOND, CHIEF, NEVER_WRITES]))
    def review(self, pick: int, by: str) -> None:
        proposal = self.open_ones()[pick % len(self.open_ones())]
        if not proposal.lines:
            self.refused(errors.EmptyDraftError, lambda: self.submit_and_approve(proposal, by))
        elif by in proposal.hands:
            self.refused(errors.FourEyesError, lambda: self.submit_and_approve(proposal, by))
        else:
            self.submit_and_approve(proposal, by)
            self.session.commit()

    @precondition(lambda self: self.proposals)
    @rule(pick=PICK, pause=PAUSES, wrongly=st.sampled_from([None, None, None, "unread", "too late"]))
    def publish_a_proposal(self, pick: int, pause: timedelta, wrongly: str | None) -> None:
        proposal = self.proposals[pick % len(self.proposals)]
        self.now += pause
        if proposal.status == "draft" and proposal.lines and wrongly != "unread":
            self.submit_and_approve(proposal, NEVER_WRITES)
            self.session.commit()
        if proposal.status != "approved":
            self.refused(errors.DraftStateError, lambda: self.seal(proposal))
        elif wrongly == "too late":
            self.refused(errors.PublicationTimeError, lambda: self.seal(proposal, at=self.oracle.instants[-1]))
        elif self.oracle.stale(proposal):
            self.refused(errors.StaleDraftError, lambda: self.seal(proposal))
        else:
            self.seal(proposal)

    @precondition(lambda self: self.unpublished())
    @rule(pick=PICK, by=st.sampled_from([AUTHOR, SECOND]))
    def rebase(self, pick: int, by: str) -> None:
        proposal = self.unpublished()[pick % len(self.unpublished())]
        stale = self.oracle.stale(proposal)
        if stale - proposal.entries:
            self.refused(rebasing.StaleFullListError, lambda: self.bring_forward(proposal, by))
            return
        expected = self.oracle.rebased(proposal)
        self.tally["rebases that merged"] += bool(stale) and expected != proposal.cells
        self.bring_forward(proposal, by)
        self.session.commit()
        comparing.proposed(self.session, KINDS, proposal, expected)
        proposal.base, proposal.status = self.oracle.head, "draft"
        self.tally["rebases"] += 1
        self.tally["stale rebases"] += bool(stale)

    # What readers ask

    @rule(cell=st.sampled_from(list(CELLS)), pick=PICK)
    def ask_what_was_in_force(self, cell: int, pick: int) -> None:
        comparing.answers(self.session, self.snapshot, self.oracle, cell, pick % (self.oracle.head + 1))
        self.tally["questions"] += 1

    @rule(seconds=st.integers(-10, 5 * 86_400))
    def ask_what_was_known(self, seconds: int) -> None:
        instant = self.oracle.instants[0] + timedelta(seconds=seconds)
        comparing.known_at(self.session, self.snapshot, self.oracle, instant)

    @rule(one=PICK, other=PICK)
    def compare_releases(self, one: int, other: int) -> None:
        older, newer = (pick % (self.oracle.head + 1) for pick in (one, other))
        self.tally["differences"] += comparing.differences(self.session, self.snapshot, self.oracle, older, newer)

    @invariant()
    def one_value_for_one_day_and_the_past_as_it_was(self) -> None:
        if getattr(self, "is_news", False):
            head = self.oracle.head
            self.snapshot = comparing.snapshot_of(self.session, KINDS)
            comparing.whole_history(self.session, self.snapshot, self.oracle)
            self.tally["differences"] += comparing.differences(self.session, self.snapshot, self.oracle, head - 1, head)
            self.is_news = False

    # The verbs

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

    def submit_and_approve(self, proposal: Proposal, by: str) -> None:
        draft = self.draft(proposal)
        drafts.submit(self.session, KINDS, draft, by=proposal.author, at=self.now)
        drafts.approve(self.session, draft, by=by, at=self.now)
        proposal.status = "approved"

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
