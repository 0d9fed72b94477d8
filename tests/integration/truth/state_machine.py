"""Editors who publish, correct, withdraw and rebase in any order, and readers who ask; all compared with the oracle."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from catalog import errors
from catalog.gmr.family import MEDICAMENT
from catalog.releases import rebasing
from catalog.temporal import day_in_morocco
from tests.integration.truth import comparing
from tests.integration.truth.desk import ACT, AUTHOR, CHIEF, ERRATUM, SECOND
from tests.integration.truth.house import KINDS, Draw, House
from tests.integration.truth.oracle import BOUNDS, CELLS, ENTRIES, Days, Proposal, Value

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
PAUSES = st.sampled_from([timedelta(minutes=1), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12)])


class TruthMachine(House):
    """Any order of rules must leave the catalogue saying what the oracle says."""

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
        changes=st.just([]) | CHANGES | CHANGES,
        author=st.sampled_from([AUTHOR, SECOND]),
        is_whole_list=st.sampled_from([False, False, True]),
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
    @rule(
        pick=PICK,
        change=st.tuples(ENTRY, DAYS, st.none() | VALUES),
        by=st.sampled_from([AUTHOR, SECOND, CHIEF]),
        again=st.booleans(),
    )
    def add_to_a_proposal(self, pick: int, change: Draw, by: str, again: bool) -> None:
        """Other days, or those of a line there is already, which the new one replaces."""
        proposal = self.open_ones()[pick % len(self.open_ones())]
        if again and proposal.lines:
            entry, days = sorted(proposal.lines)[pick % len(proposal.lines)]
            change = entry, days, change[2]
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

    @rule(change=st.tuples(ENTRY, DAYS, VALUES))
    def try_what_is_forbidden(self, change: Draw) -> None:
        """At each step of a proposal, what its state or its authors do not allow."""
        self.propose([], AUTHOR, False)
        proposal, other_days = self.proposals[-1], (0, 8 if change[1] != (0, 8) else 7)
        self.refused(errors.EmptyDraftError, lambda: self.submit(proposal))
        self.add(proposal, [change], SECOND)
        self.session.commit()
        self.refused(errors.OverlapError, lambda: self.add(proposal, [(change[0], other_days, change[2])], AUTHOR))
        self.refused(errors.DraftStateError, lambda: self.seal(proposal))
        self.submit(proposal)
        self.session.commit()
        for hand in (AUTHOR, SECOND):
            self.refused(errors.FourEyesError, lambda by=hand: self.approve(proposal, by))
        self.refused(errors.DraftStateError, lambda: self.seal(proposal))
        self.approve(proposal, NEVER_WRITES)
        self.session.commit()
        self.refused(errors.DraftStateError, lambda: self.add(proposal, [change], SECOND))
        self.refused(errors.PublicationTimeError, lambda: self.seal(proposal, at=self.oracle.instants[-1]))

    @precondition(lambda self: self.unpublished())
    @rule(pick=PICK, by=st.sampled_from([AUTHOR, SECOND]))
    def rebase(self, pick: int, by: str) -> None:
        behind = [proposal for proposal in self.unpublished() if proposal.base != self.oracle.head]
        decided = [proposal for proposal in behind if proposal.status != "draft"]
        needy = (
            [proposal for proposal in behind if self.oracle.stale(proposal)] or decided or behind or self.unpublished()
        )
        self.bring_up_to_date(needy[pick % len(needy)], by)

    def bring_up_to_date(self, proposal: Proposal, by: str) -> None:
        if proposal.base == self.oracle.head:
            self.refused(rebasing.NotStaleError, lambda: self.bring_forward(proposal, by))
            return
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

    @precondition(lambda self: self.oracle.tables[-1])
    @rule(pick=PICK, price=st.integers(4, 6), maker=st.sampled_from(["C", "D"]), pause=PAUSES)
    def two_hands_on_one_entry(self, pick: int, price: int, maker: str, pause: timedelta) -> None:
        """One changes the price, the other has meanwhile changed the maker: both must come out of the rebase."""
        self.propose_another_price(pick, price, 2)
        entry, cell = min(self.proposals[-1].cells)
        value = self.oracle.tables[-1][entry, cell]
        self.publish_at_once([(entry, (cell, cell + 1), value._replace(maker=maker))], pause)
        self.bring_up_to_date(self.proposals[-1], SECOND)

    @rule(pick=PICK, value=VALUES, pause=PAUSES)
    def a_release_crosses_a_whole_list(self, pick: int, value: Value, pause: timedelta) -> None:
        """It says something of an entry the list does not mention: there is no bringing the list up to date."""
        one, other = (entry for entry in ENTRIES if entry[0] == MEDICAMENT.name)
        self.propose([(one, (0, 3), value)], AUTHOR, True)
        self.publish_at_once([(other, (pick % 7, 8), value)], pause)
        self.publish_at_once([(ENTRIES[-1], (0, 8), value)], pause)
        self.bring_up_to_date(self.proposals[-1], AUTHOR)
        self.submit_and_approve(self.proposals[-1], NEVER_WRITES)
        self.session.commit()
        self.refused(errors.StaleDraftError, lambda: self.seal(self.proposals[-1]))

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
        if not self.is_news:
            return
        self.is_news, head = False, self.oracle.head
        self.snapshot = comparing.snapshot_of(self.session, KINDS, self.snapshot)
        comparing.whole_history(self.session, self.snapshot, self.oracle)
        comparing.every_moment(self.snapshot, self.oracle)
        for turn in range(3):
            cell = (3 * head + turn) % len(CELLS)
            comparing.answers(self.session, self.snapshot, self.oracle, cell, head - turn % head)
        comparing.known_at(self.session, self.snapshot, self.oracle, self.oracle.instants[-1])
        self.tally["differences"] += comparing.differences(self.session, self.snapshot, self.oracle, head - 1, head)
