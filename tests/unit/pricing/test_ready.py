"""Ready answers are those of the plain way, byte for byte; what is not ready is left to it."""

from __future__ import annotations

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.pricing import ready
from catalog.pricing.line_fields import READERS
from catalog.pricing.lines import Line, parse_line
from catalog.pricing.ready import ReadyPricer
from catalog.pricing.ready_lines import SentLine
from catalog.pricing.ready_memory import RELEASES, kept_pricing
from catalog.pricing.tarification import Tarification
from catalog.releases.changes import Change
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DUSK
from tests.unit.pricing.shelf import act, pack, snapshot
from tests.unit.pricing.test_anything import LIKELY_LINES, LINES
from tests.unit.pricing.test_batch import BAD, GOOD, PLAIN
from tests.unit.pricing.test_eras import DAYS, EDGES, QUESTIONS, changes_over, published, releases
from tests.unit.pricing.test_properties import lines
from tests.unit.pricing.world import BOX, forfait, lettre, medicament, world

A_DAY = date(2015, 6, 1)
MARKS = (None, 7, 2**70, "", 'é "\\ \u2028', "100 %d %%", "x" * 300)
encode = msgspec.json.encode


def plain(found: Snapshot, release: int, row: bytes) -> bytes:
    """The answer of the plain way."""
    return encode(Tarification(found, release).tell(msgspec.json.decode(row), A_DAY))


def is_ready(found: Snapshot, release: int, row: bytes) -> bool:
    """Whether a line can be read and is not refused for what it says itself, worked out the slow way."""
    line = parse_line(msgspec.json.decode(row), A_DAY)
    if not isinstance(line, Line):
        return False
    result = Tarification(found, release).price(msgspec.json.decode(row))
    return not any(error.field in ("billed", "quantity") for error in result.quote.errors)


def assert_alike(found: Snapshot, pricer: ReadyPricer, release: int, row: bytes) -> bytes | None:
    told = pricer.answer(row, A_DAY)
    if told is None:
        return None
    status, answer = told
    assert answer == plain(found, release, row)
    assert msgspec.json.decode(answer)["status"] == status
    return answer


def test_its_lines_have_the_fields_of_a_line() -> None:
    assert SentLine.__struct_fields__ == tuple(READERS)


@pytest.mark.parametrize("mark", MARKS)
def test_good_and_bad_lines_are_answered_alike(mark: Any) -> None:
    pricer = ReadyPricer(pack(), pack().head)
    sent = [line for line, _ in GOOD] + [PLAIN | line for line, *_ in BAD]
    rows = [encode({"id": mark, **line}) for line in sent]
    told = [assert_alike(pack(), pricer, pack().head, row) for row in rows]
    assert [answer is not None for answer in told] == [is_ready(pack(), pack().head, row) for row in rows]
    assert sum(answer is not None for answer in told) > len(GOOD)


PACK_PRICERS = {release: ReadyPricer(pack(), release) for release in range(1, pack().head + 1)}


@settings(max_examples=400, deadline=None)
@given(lines(), st.integers(1, pack().head), st.sampled_from(MARKS))
def test_random_lines_of_the_pack_are_answered_alike(line: dict[str, Any], release: int, mark: Any) -> None:
    assert_alike(pack(), PACK_PRICERS[release], release, encode({"id": mark, **line}))


@settings(max_examples=300, deadline=None)
@given(LIKELY_LINES | LINES)
def test_what_is_read_at_once_is_what_is_read_field_by_field(line: Any) -> None:
    row = encode(line)
    answer = assert_alike(pack(), PACK_PRICERS[pack().head], pack().head, row)
    assert (answer is not None) == is_ready(pack(), pack().head, row)


ODD = (
    '"quantity":1,"quantity":2', '"quantity":2,"quantity":null', '"code":"X","code":"C"', '"quantity":1.0',
    '"quantity":-0', '"quantity":1e0', '"billed":12', '"billed":"1e2"', '"billed":" 12"', '"billed":"-0"',
    '"as_of":""', '"as_of":null', '"as_of":"2015-06-01T00:00:00"', '"as_of":"20150601"', '"as_of":"9999-12-31"',
    '"as_of":"0001-01-01"', '"id":1.5', '"id":true', '"secteur":" PRIVE"', '"mode":null', '"justified":null',
    '"justified":0', '"colour":1', '"organisme":"cnops,cnss"', '"code":"\\u0000"', '"code":" c "',
    '"quantity":100001', '"quantity":18446744073709551616',
)  # fmt: skip
NO_OBJECTS = (
    b"", b"{", b"[]", b"7", b'"C"', b"null", b"\xff", b"[" * 100_000, b'{"id":"\xed\xa0\x80"}',
)  # fmt: skip


@pytest.mark.parametrize("members", ODD)
def test_odd_members_are_read_alike(members: str) -> None:
    line = f'{{"kind":"acte","code":"C","organisme":"cnss","secteur":"prive",{members}}}'.encode()
    pricer = ReadyPricer(pack(), pack().head)
    for _ in range(2):
        told = assert_alike(pack(), pricer, pack().head, line)
        assert (told is not None) == is_ready(pack(), pack().head, line)


@pytest.mark.parametrize("row", NO_OBJECTS)
def test_what_is_no_object_is_not_ready(row: bytes) -> None:
    assert ReadyPricer(pack(), pack().head).answer(row, A_DAY) is None


def dense_rows() -> list[bytes]:
    """Every question of the dense little world on all its days, billed in several ways."""
    ways = ({}, {"billed": "65.00", "quantity": 3, "mutuelle": True}, {"billed": "0.00"}, {"quantity": 30})
    return [
        encode({"id": number, **question._asdict(), "as_of": day.isoformat(), **ways[number % len(ways)]})
        for number, (question, day) in enumerate((question, day) for question in QUESTIONS for day in DAYS)
    ]


DENSE = dense_rows()


def count_alike(later: list[list[Change]]) -> tuple[int, int]:
    """How many rows are ready, and how many of them tell a retroactive change; all are answered alike, twice."""
    found = published(later)
    pricer, teller = ReadyPricer(found, found.head), Tarification(found, found.head)
    told = [(row, pricer.answer(row, A_DAY)) for row in DENSE]
    for row, answer in told:
        assert answer is None or answer[1] == encode(teller.tell(msgspec.json.decode(row)))
        assert pricer.answer(row, A_DAY) == answer
    found_ready = [answer[1] for _, answer in told if answer]
    return len(found_ready), sum(b"RETROACTIVE_CHANGE" in answer for answer in found_ready)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(releases())
def test_whatever_was_published_they_are_answered_alike(later: list[list[Change]]) -> None:
    count_alike(later)


def test_most_lines_are_ready_and_retroactive_changes_are_told() -> None:
    n_ready, changed = count_alike([changes_over(EDGES[0], DUSK, "60.00")[:10], [lettre("60.00"), medicament("70.00")]])
    assert n_ready > len(DENSE) * 0.9
    assert changed > len(DENSE) // 20


def test_a_line_that_holds_too_many_days_or_no_price_is_left_to_the_plain_way() -> None:
    stay = forfait("550.00", "STAY", end=date(2015, 6, 10), unite="JOUR")
    found = snapshot([*world(), stay, medicament(None, code="6118000100065", ph="40.00", pbr="40.00")])
    line = {"kind": "forfait", "code": "STAY", "organisme": "cnops", "secteur": "prive", "as_of": "2015-06-09"}
    pricer = ReadyPricer(found, found.head)
    assert assert_alike(found, pricer, 1, encode(line)) is not None
    assert pricer.answer(encode({**line, "quantity": 2}), A_DAY) is None


def test_words_of_the_catalogue_are_never_taken_for_places() -> None:
    found = snapshot([act(title='100 %d du "tarif" %s'), *world()[1:]])
    row = encode({"kind": "medicament", "code": BOX, "organisme": "cnops", "billed": "90.00"})
    answer = assert_alike(found, ReadyPricer(found, 1), 1, row)
    assert answer is not None and b"100 %d" in answer


def test_forgetting_changes_no_answer() -> None:
    forgetful, other = ReadyPricer(pack(), pack().head, kept=3), ReadyPricer(pack(), pack().head)
    rows = [encode({"as_of": f"{year}-06-01", **line}) for year in range(2006, 2026) for line, _ in GOOD]
    for row in [*rows, *reversed(rows)]:
        assert forgetful.answer(row, A_DAY) == other.answer(row, A_DAY)
    assert len(forgetful._answers) <= 3


def test_days_are_forgotten_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "KEPT_DAYS", 3)
    forgetful = ReadyPricer(pack(), pack().head)
    for year in (*range(2006, 2026), *range(2006, 2026)):
        assert_alike(pack(), forgetful, pack().head, encode({"as_of": f"{year}-06-01", **GOOD[0][0]}))
    assert len(forgetful._days) <= 3


def test_a_price_looked_up_is_written_once_and_told_with_each_day_and_mark() -> None:
    found = snapshot(world())
    pricer = ReadyPricer(found, 1)
    looked_up = {"kind": "medicament", "code": BOX, "organisme": "cnops"}
    for number, day in enumerate(("2015-06-01", "2015-06-02", "2015-06-03")):
        for way in ({}, {"quantity": 1}, {"quantity": 2}, {"mutuelle": True}, {"billed": "1.00"}):
            row = encode({"id": number, "as_of": day, **looked_up, **way})
            assert assert_alike(found, pricer, 1, row) is not None
    assert len(pricer._answers) == 1


def test_threads_may_share_one() -> None:
    rows = [encode({"id": n, "as_of": f"{2006 + n % 20}-06-01", **GOOD[n % len(GOOD)][0]}) for n in range(400)]
    alone = ReadyPricer(pack(), pack().head)
    expected = {row: alone.answer(row, A_DAY) for row in rows}
    shared = ReadyPricer(pack(), pack().head, kept=7)

    def ask(seed: int) -> bool:
        return all(shared.answer(row, A_DAY) == expected[row] for row in Random(seed).sample(rows, len(rows)))

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(16)))


class TestKeptPricing:
    FOUND = snapshot(*[(datetime(2011, month, 1, tzinfo=UTC), world()) for month in (1, 2, 3)])

    def test_less_is_kept_of_an_older_release(self) -> None:
        assert kept_pricing(self.FOUND, 3).ready._most == 5 * kept_pricing(self.FOUND, 2).ready._most

    def test_a_release_is_begun_once(self) -> None:
        assert kept_pricing(self.FOUND, 3) is kept_pricing(self.FOUND, 3)
        assert kept_pricing(self.FOUND, 3) is not kept_pricing(self.FOUND, 2)

    def test_those_asked_for_last_are_kept(self) -> None:
        newest, older = kept_pricing(self.FOUND, 3), kept_pricing(self.FOUND, 2)
        assert kept_pricing(self.FOUND, 3) is newest
        kept_pricing(self.FOUND, 1)
        assert RELEASES == 2
        assert kept_pricing(self.FOUND, 3) is newest
        assert kept_pricing(self.FOUND, 2) is not older

    def test_they_go_with_their_snapshot(self) -> None:
        found = snapshot(world())
        kept_pricing(found, 1).ready.answer(encode({"kind": "medicament", "code": BOX, "organisme": "cnops"}), A_DAY)
        gone = weakref.ref(found)
        del found
        gc.collect()
        assert gone() is None
