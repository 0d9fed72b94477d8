"""After any work on an entry, what the draft says of each day is what a slow reader of the rules expects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from catalog.errors import CatalogError
from catalog.releases import editing
from catalog.releases.changes import Change
from catalog.releases.editing_errors import AlreadyInForceError, LaterValuesError, NothingChangedError
from catalog.releases.editing_errors import NothingInForceError as Nothing
from catalog.releases.editing_writing import read_entry
from catalog.releases.models import Draft
from catalog.temporal import DUSK, Period
from tests.integration.truth.desk import AUTHOR, MAY, SECOND, Desk, enacted, medicine

LENGTH = 12
"""Days looked at one by one; the last stands for all that follow."""

FIELDS = ("ppv", "laboratoire")
Values = Mapping[str, Any]
Days = list[dict[str, Any] | None]


def day(number: int) -> date:
    return DUSK if number >= LENGTH else MAY + timedelta(days=number)


@dataclass(frozen=True)
class Work:
    verb: str
    start: int
    end: int
    values: Values
    by: str = AUTHOR


PRICES, MAKERS = st.sampled_from([1000, 2000, 3000]), st.sampled_from(["A", "B"])
values = st.one_of(
    st.fixed_dictionaries({"ppv": PRICES}),
    st.fixed_dictionaries({"laboratoire": MAKERS}),
    st.fixed_dictionaries({"ppv": PRICES, "laboratoire": MAKERS}),
)
works = st.builds(
    lambda verb, start, length, values, by: Work(verb, start, min(start + length, LENGTH), values, by),
    st.sampled_from(["edit", "edit", "correct", "withdraw", "withdraw all", "add"]),
    st.integers(0, LENGTH - 1),
    st.integers(1, LENGTH),
    values,
    st.sampled_from([AUTHOR, SECOND]),
)
"""A verb, its days and what it gives."""

held = st.fixed_dictionaries({"ppv": PRICES, "laboratoire": MAKERS})
spans = st.lists(
    st.tuples(st.integers(1, 4), st.one_of(held, held, held, held, held, held, st.none())), min_size=2, max_size=6
)


def laid(history: list[tuple[int, Values | None]]) -> list[tuple[int, int, Values]]:
    """A published history: values one after the other, the last without end."""
    found, reached = [], 0
    for place, (length, held) in enumerate(history):
        end = LENGTH if place == len(history) - 1 else min(reached + length, LENGTH)
        if held is not None and reached < LENGTH:
            found.append((reached, end, held))
        reached = end
    return found


def expect(days: Days, work: Work) -> Days | type[CatalogError]:
    """The rules, read slowly: one day after the other."""
    return _RULES[work.verb](days, work)


def expect_edit(days: Days, work: Work) -> Days | type[CatalogError]:
    origin = days[work.start]
    if origin is None:
        return Nothing
    after = list(days)
    for name, value in work.values.items():
        for number in range(work.start, LENGTH):
            held = after[number]
            if held is None or days[number][name] != origin[name]:  # type: ignore[index]
                break
            after[number] = {**held, name: value}
    return after if after != days else NothingChangedError


def expect_correction(days: Days, work: Work) -> Days | type[CatalogError]:
    touched = range(work.start, work.end)
    if all(days[number] is None for number in touched):
        return Nothing
    after = [
        {**held, **work.values} if held is not None and number in touched else held for number, held in enumerate(days)
    ]
    return after if after != days else NothingChangedError


def expect_withdrawal(days: Days, work: Work) -> Days | type[CatalogError]:
    if days[work.start] is None:
        return Nothing
    return [None if work.start <= number < work.end else held for number, held in enumerate(days)]


def expect_addition(days: Days, work: Work) -> Days | type[CatalogError]:
    if days[work.start] is not None:
        return AlreadyInForceError
    later = next((number for number in range(work.start, LENGTH) if days[number] is not None), LENGTH)
    if later < work.end < LENGTH:
        return AlreadyInForceError
    fresh = medicine("40.00") | work.values
    return [fresh if work.start <= number < min(later, work.end) else held for number, held in enumerate(days)]


_RULES: Mapping[str, Callable[[Days, Work], Days | type[CatalogError]]] = {
    "edit": expect_edit,
    "correct": expect_correction,
    "withdraw": expect_withdrawal,
    "withdraw all": expect_withdrawal,
    "add": expect_addition,
}


def perform(desk: Desk, draft: Draft, code: str, work: Work) -> None:
    given_ = (desk.session, desk.kinds, draft, "medicament", code)
    period = Period(day(work.start), day(work.end))
    hand: dict[str, Any] = {"by": work.by, "at": desk.tick()}
    if work.verb == "edit":
        editing.edit_entry(*given_, work.values, period.start, today=MAY, **hand)
    elif work.verb == "correct":
        editing.correct_past(*given_, work.values, period, grounds=editing.Grounds(reason="Vu au journal"), **hand)
    elif work.verb == "add":
        editing.add_entry(*given_, medicine("40.00") | work.values, period, today=MAY, **hand)
    else:
        editing.withdraw_entry(*given_, period, also_later=work.verb == "withdraw all", today=MAY, **hand)


def read(desk: Desk, draft: Draft, code: str) -> Days:
    layers = read_entry(desk.session, desk.kinds, draft, "medicament", code).layers
    found: Days = []
    for number in range(LENGTH):
        on = [y.payload for y in layers if y.period.covers(MAY + timedelta(days=number))]
        assert len(on) <= 1, f"two values hold on day {number}"
        found.append(dict(on[0]) if on and on[0] is not None else None)
    return found


@pytest.fixture
def desk(session: Session) -> Desk:
    made = Desk(session)
    made.publish(enacted())
    return made


codes = count(6118000200000)


# A failure is not made smaller: each try publishes a release, and the smallest would be long in coming.
@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=spans, done=st.lists(works, min_size=4, max_size=8))
def test_each_day_holds_what_the_rules_say(
    desk: Desk, history: list[tuple[int, Values | None]], done: list[Work]
) -> None:
    code = str(next(codes))
    published = [
        Change("medicament", code, Period(day(start), day(end)), medicine("30.00") | held)
        for start, end, held in laid(history)
    ]
    if published:
        desk.publish(*published)
    draft = desk.draft()
    days: Days = [
        next((dict(c.payload or {}) for c in published if c.period.covers(MAY + timedelta(days=number))), None)
        for number in range(LENGTH)
    ]
    for work in done:
        wanted = expect(days, work)
        try:
            perform(desk, draft, code, work)
        except LaterValuesError:
            assert (work.verb, work.end) == ("withdraw", LENGTH)
            continue
        except CatalogError as refusal:
            assert isinstance(wanted, type), f"refused: {refusal}"
            assert isinstance(refusal, wanted)
            continue
        assert not isinstance(wanted, type), f"{work} should be refused by {wanted}"
        days = wanted
        assert read(desk, draft, code) == days
    if desk.proposed(draft):
        desk.seal(desk.approve(desk.submit(draft)))
        last = desk.session.connection() and draft.base_seq + 1
        assert [desk.price(MAY + timedelta(days=n), last, code) for n in range(LENGTH)] == [
            held and held["ppv"] for held in days
        ]
