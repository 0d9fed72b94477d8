"""Bodies of lines answered without the framework: the bytes of the plain way, a few rows at a time."""

from __future__ import annotations

import json
import tracemalloc
from datetime import date
from typing import Any

import msgspec
import pytest

from catalog.errors import UnknownReleaseError
from catalog.pricing.tarification import price_lines
from catalog.temporal import Moment
from service.api.bodies import JSON, NDJSON
from service.api.tarifications import ROWS_AT_ONCE, Answered, answer_body
from service.problems import BodyError, MalformedBodyError, MediaTypeError, TooManyLinesError
from tests.api.billed import GOOD, batch
from tests.api.catalogue import NOW
from tests.unit.pricing.shelf import pack

A_DAY = date(2015, 6, 1)
ROW = json.dumps(GOOD[0]).encode()


def answered(data: bytes, medium: str = NDJSON, **query: Any) -> Answered:
    return answer_body(data, medium, {"explain": False, "as_of": A_DAY, **query}, pack(), NOW)


def rows_of(lines: list[dict[str, Any]]) -> bytes:
    return b"\n".join(msgspec.json.encode(line) for line in lines)


@pytest.mark.parametrize("explain", [False, True])
@pytest.mark.parametrize("release", [1, 5, pack().head])
def test_both_media_hold_the_bytes_of_the_plain_way(explain: bool, release: int) -> None:
    lines = [{"id": place, **line} for place, line in enumerate([*GOOD, *(line for line in batch(1400)[50::100])])]
    plain = [msgspec.json.encode(told) for told in price_lines(pack(), lines, Moment(A_DAY, release), explain)]
    for _ in range(2):
        stream = answered(rows_of(lines), release=str(release), explain=explain)
        assert b"".join(stream.chunks) == b"\n".join([*plain, b""])
        body = msgspec.json.encode({"lines": lines, "as_of": A_DAY})
        (whole,) = answer_body(body, JSON, {"explain": explain, "release": str(release)}, pack(), NOW).chunks
        assert whole.endswith(b',"lines":[%b]}' % b",".join(plain))
        assert json.loads(whole)["total"] == len(lines)


def test_headers_tell_the_clocks_of_rows_and_that_nothing_is_kept() -> None:
    stream, whole = answered(ROW), answered(b'{"lines":[%b]}' % ROW, JSON)
    assert (stream.content_type, whole.content_type) == (NDJSON, JSON)
    assert stream.headers["Amo-As-Of"] == "2015-06-01"
    assert stream.headers["Cache-Control"] == whole.headers["Cache-Control"] == "no-store"
    assert isinstance(whole.chunks, list)


def test_rows_are_worked_out_while_they_are_sent() -> None:
    chunks = iter(answered(b"\n".join([ROW] * 1000)).chunks)
    assert next(chunks).count(b"\n") == ROWS_AT_ONCE
    assert [chunk.count(b"\n") for chunk in chunks] == [ROWS_AT_ONCE] * (1000 // ROWS_AT_ONCE - 1)


def peak_of(rows: int) -> int:
    """The most bytes held at once while rows of one question are answered, beyond what was sent."""
    data = b"\n".join([ROW] * rows)
    tracemalloc.start()
    try:
        for _ in answered(data).chunks:
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_ten_thousand_rows_need_no_more_memory_than_one_thousand() -> None:
    peak_of(10)
    assert peak_of(10_000) < peak_of(1000) * 1.2


@pytest.mark.parametrize(
    ("data", "medium", "query", "refusal"),
    [
        (ROW, "text/csv", {}, MediaTypeError),
        (b"{", JSON, {}, MalformedBodyError),
        (b"[]", JSON, {}, BodyError),
        (b"\n", NDJSON, {}, BodyError),
        (b"\n".join([b"{}"] * 10_001), NDJSON, {}, TooManyLinesError),
        (ROW, NDJSON, {"release": "99"}, UnknownReleaseError),
        (b'{"as_of":"2015-06-01","lines":[{}]}', JSON, {}, BodyError),
    ],
)
def test_a_refusal_comes_before_the_first_answer(
    data: bytes, medium: str, query: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        answered(data, medium, **query)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (b" " * 1_000_001, "longer than 1000000 bytes"),
        (ROW + b" " * 1_000_000, "longer than 1000000 bytes"),
        (b"{oops", "Row 2 is not JSON"),
        (b"[" * 100_000, "Row 2 is not JSON"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_by_its_number(row: bytes, words: str) -> None:
    told = b"".join(answered(b"\n".join([ROW, row, b"", ROW])).chunks).splitlines()
    assert [json.loads(each)["status"] for each in told] == ["OK", "INVALID", "OK"]
    assert words in told[1].decode()
