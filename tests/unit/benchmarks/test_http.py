"""What the benchmark over HTTP makes of what it measured, without a server."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import http_load_python, http_telling
from benchmarks.http_contest import Row
from benchmarks.http_load import Load, Question, write_questions
from benchmarks.measure import Target
from benchmarks.peers import DATASETTE

WHOLE = b'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n{"a"'
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n"
UNCHANGED = b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"


@pytest.mark.parametrize(
    ("received", "status"),
    [(WHOLE, 200), (WHOLE[:-1], None), (WHOLE[:20], None), (CHUNKED, 200), (CHUNKED[:-5], None), (UNCHANGED, 304)],
)
def test_an_answer_counts_once_it_is_whole(received: bytes, status: int | None) -> None:
    assert http_load_python.status_of(received) == status


def test_questions_are_sent_as_they_were_written(tmp_path: Path) -> None:
    body = tmp_path / "body"
    body.write_bytes(b"{}\n")
    held = Question("/held", headers={"If-None-Match": '"a"', "Accept": "x"})
    path = write_questions(tmp_path / "asked.txt", [held, Question("/sent", "POST", {"Content-Type": "y"}, body)])
    assert http_load_python.read_questions(path, "here") == [
        b'GET /held HTTP/1.1\r\nHost: here\r\nIf-None-Match: "a"\r\nAccept: x\r\n\r\n',
        b"POST /sent HTTP/1.1\r\nHost: here\r\nContent-Type: y\r\nContent-Length: 3\r\n\r\n{}\n",
    ]


def measured(name: str, *rates: int, p99: float = 1.0, refused: int = 0) -> Row:
    loads = [Load(1.0, rate, refused, 0, 0.5, p99, 9.0) for rate in rates]
    return Row(name, None, Path(), loads, [0.5] * len(rates))  # type: ignore[arg-type]


def verdicts(*rows: Row) -> dict[tuple[str, str], bool | None]:
    found = http_telling.targets(1, {row.name: row for row in rows})
    return {(target.what, target.against): target.met for target in found if isinstance(target, Target)}


def contest(hot: int, p99: float = 4.0) -> list[Row]:
    return [
        measured(http_telling.LOOKUP, hot, p99=p99),
        measured(http_telling.UNCHANGED, 6_000),
        measured(http_telling.BARE, 10_000),
        measured(http_telling.ROUTE, 900),
        measured(http_telling.CONSTANT, 1_000),
    ]


def test_a_row_tells_the_median_of_its_rounds_and_all_that_was_lost() -> None:
    row = measured("hot", 100, 300, 200, refused=2)
    assert row.rate == 200
    assert row.lost == 6
    assert row.told(400) == "| hot | 200 | 0.50 | 0.50 | 1.0 | 2,500 | 6 |"


def test_targets_are_met_at_their_very_limit() -> None:
    assert set(verdicts(*contest(5_000), measured(DATASETTE, 200)).values()) == {True}


def test_targets_that_are_missed_say_so() -> None:
    found = verdicts(*contest(4_400, p99=4.1), measured(DATASETTE, 200))
    assert [what for what, is_met in found.items() if not is_met] == [
        ("one medicine on a day, 1 worker", http_telling.BARE),
        ("the same, 1 worker", "its Flask route"),
        ("p99 of the same, 1 worker", http_telling.BARE),
        ("one medicine on a day, 1 worker", DATASETTE),
    ]


def test_a_peer_that_is_absent_is_no_target_met() -> None:
    assert verdicts(*contest(5_000))["one medicine on a day, 1 worker", "Datasette was not measured"] is None
