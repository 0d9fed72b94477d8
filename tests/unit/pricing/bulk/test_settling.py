"""The arithmetic over columns is that of one line: exact, half-up, the patient pays what is left."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from catalog.pricing.amounts import NO_COMPLEMENT
from catalog.pricing.amounts import settle as settle_one
from catalog.pricing.answers import NO_TARIFF, NOT_REIMBURSABLE, OK, Quote, Share
from catalog.pricing.bulk.columns import NONE
from catalog.pricing.bulk.entries import Entries
from catalog.pricing.bulk.intervals import TOO_LARGE
from catalog.pricing.bulk.settling import Billed
from catalog.pricing.bulk.worth import worth_of
from catalog.pricing.line_fields import MAX_QUANTITY
from catalog.pricing.lines import Line, Question
from catalog.pricing.telling import ResultTeller
from tests.unit.pricing.shelf import pack

DAY = date(2021, 5, 10)
CENTIMES = st.integers(0, 500) | st.integers(0, TOO_LARGE) | st.integers(0, 10**14)
RATES = st.sampled_from((0, 1, 1600, 7000, 8999, 10_000)) | st.integers(0, 10_000)


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    """Whatever a question may be worth."""
    status = draw(st.sampled_from((OK, OK, OK, NOT_REIMBURSABLE, NO_TARIFF)))
    unit_price, ceiling = draw(st.none() | CENTIMES), draw(CENTIMES)
    if status == OK:
        until = draw(st.none() | st.integers(1, 40).map(lambda days: DAY + timedelta(days)))
        mutuelle = draw(st.none() | st.builds(Share, RATES, CENTIMES))
        return Quote(OK, unit_price, ceiling, draw(RATES), mutuelle, whole_until=until)
    return (
        Quote(status, unit_price, draw(st.none() | st.just(ceiling))) if status == NOT_REIMBURSABLE else Quote(status)
    )


QUANTITIES = st.integers(1, 40) | st.integers(1, MAX_QUANTITY)
LINES = st.builds(
    Line,
    st.just(Question("medicament", "1", "cnops")),
    st.just(DAY),
    quantity=QUANTITIES,
    billed=st.none() | CENTIMES,
    mutuelle=st.booleans(),
)


@given(st.lists(st.tuples(LINES, quotes()), min_size=1, max_size=30))
def test_columns_settle_as_lines_do(cases: list[tuple[Line, Quote]]) -> None:
    entries = Entries(ResultTeller(pack(), pack().head))
    lines = [line for line, _ in cases]
    billed = Billed(
        np.full(len(lines), DAY.toordinal()),
        np.array([line.quantity for line in lines]),
        np.array([NONE if line.billed is None else line.billed for line in lines]),
        np.array([line.mutuelle for line in lines]),
    )
    settled = worth_of([quote for _, quote in cases], entries).settled(billed, entries)
    for place, (line, quote) in enumerate(cases):
        one = settle_one(line, quote)
        if settled.left[place]:
            amounts = (line.billed, quote.unit_price, quote.ceiling, quote.mutuelle and quote.mutuelle.ceiling)
            assert one.quote.errors or max(amount or 0 for amount in amounts) > TOO_LARGE
            continue
        figures = (one.amounts.unit_price, one.amounts.base, one.amounts.amo, one.amounts.mutuelle, one.amounts.patient)
        assert [column[place] for column in settled[:5]] == [NONE if each is None else each for each in figures]
        assert bool(settled.beside[place]) == (one.beside == (NO_COMPLEMENT,))
