"""The watch over a swap: what is torn, what is an error, and when a release has arrived."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import swap
from benchmarks.http_load import Load
from benchmarks.measure import Target
from benchmarks.swap_publisher import CODES, FIRST_PRICE, Published, changes
from benchmarks.swap_watch import Seen, Watch
from catalog.kinds import Payload

FIRST = 12


def body(price: int, release: int) -> bytes:
    return b'{"ppv":"%d.%02d","code":"x","release":%d}' % (*divmod(price, 100), release)


@pytest.fixture
def watch() -> Watch:
    return Watch(None, Path("/nonexistent"), FIRST)  # type: ignore[arg-type]


def test_the_price_of_the_release_is_whole(watch: Watch) -> None:
    watch._judge(0, 200, body(FIRST_PRICE, FIRST))
    watch._judge(0, 200, body(FIRST_PRICE + 3, FIRST + 3))
    assert (watch.seen.answers, watch.seen.errors, watch.seen.torn) == (2, [], [])
    assert sorted(watch.seen.first) == [FIRST, FIRST + 3]


def test_the_price_of_another_release_is_torn(watch: Watch) -> None:
    watch._judge(0, 200, body(FIRST_PRICE, FIRST + 1))
    assert watch.seen.torn == ["release 13 with the price 5000"]


def test_a_connection_never_goes_back_to_an_older_release(watch: Watch) -> None:
    watch._judge(0, 200, body(FIRST_PRICE + 1, FIRST + 1))
    watch._judge(1, 200, body(FIRST_PRICE, FIRST))
    watch._judge(0, 200, body(FIRST_PRICE, FIRST))
    assert watch.seen.torn == ["release 12 after 13"]


@pytest.mark.parametrize(("status", "told"), [(503, body(FIRST_PRICE, FIRST)), (200, b"{}")])
def test_what_is_no_answer_is_an_error(watch: Watch, status: int, told: bytes) -> None:
    watch._judge(0, status, told)
    assert watch.seen.errors == [f"status {status}"]


def test_every_release_changes_every_price_by_a_centime() -> None:
    prices = [{one.code: ppv(one.payload) for one in changes(turn) if one.kind == "medicament"} for turn in (0, 1)]
    assert list(prices[0]) == list(CODES)
    assert {prices[1][code] - prices[0][code] for code in CODES} == {1}


def ppv(payload: Payload | None) -> int:
    assert payload is not None
    return int(payload["ppv"])


def outcome(arrivals: float, late: int = 0, torn: int = 0) -> swap.Outcome:
    seen = Seen(
        10, [], ["torn"] * torn, {FIRST: {0: 100.0 + arrivals, 1: 100.0}}, {f"snapshot-{FIRST:06d}-ab.bin": 100.0}
    )
    calm, busy = Load(1.0, 100, 0, 0, 1.0, 2.0, 9.0), Load(1.0, 80, 0, 0, 1.0, 6.0, 9.0)
    return swap.Outcome([calm], [busy], [Published(FIRST, 0.2, 0.3)], seen, late, (90.0, 91.0))


def met(found: swap.Outcome) -> list[bool | None]:
    return [target.met for target in swap._targets(found) if isinstance(target, Target)]


def test_the_slowest_connection_is_what_counts() -> None:
    assert met(outcome(arrivals=0.19)) == [True, True, True, True]
    assert met(outcome(arrivals=0.21, torn=1)) == [True, False, True, False]


def test_a_release_that_did_not_arrive_is_told() -> None:
    assert met(outcome(arrivals=0.1, late=1))[-1] is False
