"""An interval says of each of its days what the pricer says; days it leaves out are those it must not answer for."""

from __future__ import annotations

import itertools
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.pricing.answers import OK
from catalog.pricing.file_writing import flatten
from catalog.pricing.line_fields import MAX_QUANTITY
from catalog.pricing.lines import BadLine, parse_line
from catalog.pricing.spark.asking import EPOCH, take_apart
from catalog.pricing.spark.intervals import Appraiser, Interval
from catalog.pricing.tarification import Tarification
from catalog.releases.changes import Change
from tests.unit.pricing.test_eras import CODES, DAYS, published, releases

FIRST, LAST = DAYS[0].toordinal() - EPOCH, DAYS[-1].toordinal() - EPOCH
ASKED = [
    json.dumps({"kind": kind, "code": code, "organisme": "cnops", "secteur": "prive", "mutuelle": mutuelle})
    for kind, code in CODES
    for mutuelle in (False, True)
]
SAME = ("status", "valid_from", "valid_to", "acte_juridique", "pricing_date_basis", "reasons", "warnings")


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(releases())
def test_an_interval_answers_for_each_of_its_days(later: list[list[Change]]) -> None:
    found = published(later)
    appraiser, tarification = Appraiser(found, found.head), Tarification(found, found.head)
    answered = 0
    for question in ASKED:
        intervals = list(appraiser.intervals(question, FIRST, LAST))
        assert all(one.until <= two.since for one, two in itertools.pairwise(intervals))
        for day in DAYS:
            answer = flatten(tarification.tell({**json.loads(question), "billed": "0"}, day))
            interval = _holding(intervals, day)
            if interval is None:
                assert answer["errors"] or "RETROACTIVE" in str(answer["reasons"]) or answer["status"] == OK
                continue
            answered += 1
            told = interval.worth._asdict()
            assert {name: _text(told[name]) for name in SAME} == {name: answer[name] for name in SAME}
            assert _text(told["unit_price"] and f"{told['unit_price'] / 100:.2f}") == answer["unit_price"]
    assert answered > len(ASKED)


def _holding(intervals: list[Interval], day: date) -> Interval | None:
    number = day.toordinal() - EPOCH
    return next((each for each in intervals if each.since <= number < each.until), None)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | st.lists(st.none())
ORDINARY: dict[str, Any] = {
    "id": st.none() | st.text(max_size=3) | st.integers(),
    "kind": st.just("acte"),
    "code": st.sampled_from(("C", "K50")),
    "as_of": st.none() | st.dates(date(1850, 1, 1), date(2250, 1, 1)).map(str),
    "organisme": st.just("cnss"),
    "quantity": st.none() | st.integers(-1, MAX_QUANTITY + 1),
    "billed": st.none() | st.from_regex(r"\A[0-9]{1,8}(\.[0-9]{0,3})?\Z"),
    "mutuelle": st.none() | st.booleans(),
}
LINES = st.fixed_dictionaries({}, optional={name: said | ANYTHING for name, said in ORDINARY.items()})


@given(LINES)
def test_parts_mean_what_the_line_means(raw: dict[str, Any]) -> None:
    apart = take_apart(raw, DAYS[0])
    if apart is None:
        return
    question = parse_line(json.loads(apart.question), date.fromordinal(apart.day + EPOCH))
    line = parse_line(raw, DAYS[0])
    if isinstance(line, BadLine):
        # What is wrong with it is wrong with its question.
        assert isinstance(question, BadLine)
        return
    assert not isinstance(question, BadLine)
    assert (line.question, line.as_of, line.mutuelle) == (question.question, question.as_of, question.mutuelle)
    assert (line.quantity, line.billed) == (apart.quantity, apart.billed)
    assert apart.id == (None if line.id is None else str(line.id))


@pytest.mark.parametrize(
    "odd", [{"as_of": "2021-02-30"}, {"as_of": "1899-12-31"}, {"quantity": True}, {"billed": "10000000"}, {"id": 1.0}]
)
def test_an_odd_line_is_left_whole(odd: dict[str, Any]) -> None:
    assert take_apart({"kind": "acte", "code": "C"} | odd, DAYS[0]) is None
    assert take_apart([], DAYS[0]) is None
    assert take_apart({"kind": "acte"}, None) is None
