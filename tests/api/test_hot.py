"""The hot path answers as Flask does, byte for byte, and as a view that nothing keeps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from service import create_app
from service.ready import days, shelf
from service.settings import Settings
from tests.api.billed import BAD, GOOD
from tests.api.catalogue import GENERIC, NOW, PRINCEPS
from tests.api.families import NGAP
from tests.api.hot_catalogue import MOVING, dearer_princeps, publish_more, publish_turning
from tests.api.hot_questions import Doors, clocks, entries, oracle, seen, turning_days
from tests.databases import copy_sqlite

ACTS = ("acte_ngap", "correspondance", "noeud_ccam", "dispositif")
DECLARED = ("", "&exoneration=true", "&inpe=100000001", "&pec=77", "&pec=77&pec_until=2019-01-01")
MEDICINE = f"/api/v1/medicaments/{PRINCEPS}"


@pytest.fixture(scope="module")
def turning(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("turning")
    url = copy_sqlite(sqlite_template, folder)
    publish_turning(url)
    return Settings(database_url=url, data_dir=folder, log_level="ERROR")


@pytest.fixture(scope="module")
def doors(turning: Settings) -> Doors:
    return Doors(create_app(turning, clock=lambda: NOW))


@pytest.fixture(scope="module")
def pack_doors(golden_settings: Settings) -> Doors:
    return Doors(create_app(golden_settings, clock=lambda: NOW))


@pytest.fixture(params=["doors", "pack_doors"])
def both(request: pytest.FixtureRequest) -> Doors:
    found: Doors = request.getfixturevalue(request.param)
    return found


def test_every_entry_is_told_alike_around_every_turning_day(doors: Doors) -> None:
    turns = turning_days(doors.snapshot)
    asked = 0
    for release in (doors.snapshot.head, doors.snapshot.head - 1, 3):
        for route, code in entries(doors.snapshot):
            for day in turns:
                address = f"/api/v1/{route}/{code}?as_of={day}&release={release}"
                expected, (hot, flask) = oracle(doors.app, address), doors.ask(address)
                assert hot == flask, address
                assert expected in (None, hot.body), address
                assert (expected is None) == (hot.status[:3] == "404"), address
                asked += 1
    assert asked > 2_000


@pytest.mark.parametrize("kind", [days.ACT, "niveau", *days.LISTS, *ACTS])
def test_no_kind_whose_days_are_looked_at_is_there_for_nothing(
    doors: Doors, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    without = days.days_of_kinds
    monkeypatch.setattr(days, "days_of_kinds", lambda snapshot, kinds: without(snapshot, tuple({*kinds} - {kind})))
    assert wrong_answers(doors)


@pytest.mark.parametrize("index", ["gtins_by_presentation", "members_by_group", "avis_by_target"])
def test_no_entry_beside_a_medicine_is_looked_at_for_nothing(
    doors: Doors, monkeypatch: pytest.MonkeyPatch, index: str
) -> None:
    monkeypatch.setattr(days, index, lambda snapshot, release: {})
    assert wrong_answers(doors)


def test_the_dates_that_acts_name_are_not_looked_at_for_nothing(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not wrong_answers(doors)
    monkeypatch.setattr(days, "days_of_acts", lambda snapshot: ())
    assert wrong_answers(doors)


def wrong_answers(doors: Doors) -> list[str]:
    """Addresses that the hot path answers as of another day, asked one after the other."""
    vars(doors.snapshot).pop(shelf.ATTRIBUTE, None)
    asked = [
        f"/api/v1/{route}/{code}?as_of={day}"
        for route, code in entries(doors.snapshot)
        for day in turning_days(doors.snapshot)
    ]
    found = [address for address in asked if oracle(doors.app, address) not in (None, seen(doors.front, address).body)]
    vars(doors.snapshot).pop(shelf.ATTRIBUTE, None)
    return found


def test_random_questions_are_answered_alike_whatever_was_asked_before(both: Doors) -> None:
    random, turns = Random(20261), turning_days(both.snapshot)
    known = list(entries(both.snapshot))
    found = 0
    for _ in range(1_500):
        route, code = random.choice(known)
        address = f"/api/v1/{route}/{code}?{clocks(random, both.snapshot, turns)}".rstrip("?")
        expected, (hot, flask) = oracle(both.app, address), both.ask(address)
        assert hot == flask, address
        assert expected in (None, hot.body), address
        found += expected is not None
    assert found > 300


def test_tiers_payant_and_autocomplete_are_answered_alike(both: Doors) -> None:
    random, turns = Random(7), turning_days(both.snapshot)
    codes = both.snapshot.codes("medicament")[:40]
    for _ in range(300):
        said = clocks(random, both.snapshot, turns)
        payer, box = random.choice(("cnops", "cnss")), random.choice(codes)
        declared = random.choice(
            ("", "&exoneration=true", "&inpe=100000001", "&pec=77", "&pec=77&pec_until=2019-01-01")
        )
        typed = random.choice(("dia", "gl", "d708", "valve", "diamicrom", "zzz"))
        for address in (
            f"/api/v1/tiers-payant/{box}?organisme={payer}{declared}&{said}".rstrip("&"),
            f"/api/v1/suggest?q={typed}&limit={random.randint(1, 9)}&{said}".rstrip("&"),
        ):
            expected, (hot, flask) = oracle(both.app, address), both.ask(address)
            assert hot == flask, address
            assert expected in (None, hot.body), address


def test_the_ordinary_never_reaches_flask(doors: Doors) -> None:
    before = doors.behind
    for address in (
        MEDICINE,
        f"{MEDICINE}?as_of=2015-07-01",
        f"{MEDICINE}?release=2",
        f"/api/v1/medicaments/{MOVING}?as_of=2016-07-01&known_at=2026-11-06T10%3A00%3A00Z",
        f"/api/v1/actes/ngap/{NGAP}",
        f"/api/v1/tiers-payant/{GENERIC}?organisme=cnops&exoneration=true",
        "/api/v1/suggest?q=diam+icron&kind=medicaments",
        "/api/v1/suggest?q=d%C3%A9tartrage",
    ):
        hot, flask = doors.ask(address)
        assert hot == flask
        assert hot.status == "200 OK"
    assert doors.behind == before


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_the_answer_is_told_so(doors: Doors, method: str) -> None:
    tag = doors.ask(MEDICINE)[0].headers["ETag"]
    for known, status in ((tag, "304 NOT MODIFIED"), (tag.upper(), "200 OK"), (f"W/{tag}", "304 NOT MODIFIED")):
        hot, flask = doors.ask(MEDICINE, method=method, headers={"If-None-Match": known})
        assert hot == flask
        assert hot.status == status
    assert hot.body == b""


@pytest.mark.parametrize(
    "query",
    [
        "as_of=2015-02-30", "as_of=", "as_of", "as_of=2015-01-01&as_of=2015-01-01", "As_of=2015-01-01", "release=99",
        "release=1&known_at=2026-01-01T00:00:00Z", "known_at=2999-01-01T00:00:00Z", "known_at=2014-01-01T00:00:00Z",
        "q=%FF", "as_of=2015-01-01&", "&as_of=2015-01-01", "as_of=%32015-01-01", "as%5Fof=2015-01-01", "release=06-23",
        "release=%00", "as_of=9999-12-31", "as_of=0001-01-01", "\xe9=1", "release=" + "9" * 400, "release=07-01%20",
    ],
)  # fmt: skip
def test_hostile_queries_get_the_words_of_flask(doors: Doors, query: str) -> None:
    for path in (MEDICINE, "/api/v1/suggest", f"/api/v1/tiers-payant/{GENERIC}"):
        hot, flask = doors.ask(f"{path}?{query}")
        assert hot == flask


@pytest.mark.parametrize(
    "code",
    ["", "x", "%", "6118 0001 00058", "6118-0001-00058", "6118000100058/", "é", "a" * 300, "..", "AMO-0000000000"],
)
def test_odd_codes_get_the_words_of_flask(doors: Doors, code: str) -> None:
    for route in ("medicaments", "actes/ngap", "actes/ccam", "dispositifs", "tiers-payant"):
        hot, flask = doors.ask(f"/api/v1/{route}/{code}")
        assert hot == flask


@pytest.mark.parametrize(
    "headers",
    [
        {"Range": "bytes=0-10"}, {"If-Match": '"x"'}, {"Cookie": "session=1"}, {"If-None-Match": "*"}, {"Host": "a b"},
        {"If-None-Match": '"a", "b"'}, {"X-Request-Id": "mine-1"}, {"Accept": "text/html"}, {"Host": ""},
    ],
)  # fmt: skip
def test_odd_headers_are_answered_as_flask_does(doors: Doors, headers: dict[str, str]) -> None:
    hot, flask = doors.ask(MEDICINE, headers=headers)
    assert hot == flask


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "ANY"])
def test_other_methods_are_left_to_flask(doors: Doors, method: str) -> None:
    hot, flask = doors.ask(MEDICINE, method=method)
    assert hot == flask


def bodies() -> Iterator[tuple[bytes, str]]:
    lines = [json.dumps(line).encode() for line in [*GOOD, *(line for line, *_ in BAD)]]
    yield b'{"lines":[' + b",".join(lines) + b"]}", "application/json"
    yield b'{"as_of":"2016-07-01","release":2,"lines":[' + lines[0] + b"]}", "application/json"
    yield b"\n".join(lines), "application/x-ndjson"
    yield b"{", "application/json"
    yield b'{"lines":[]}', "application/json"
    yield b"", "application/json"
    yield lines[0], "text/plain"
    yield lines[0], "application/x-ndjson; charset=utf-8"


@pytest.mark.parametrize("query", ["", "?explain=true", "?release=1", "?release=99", "?unknown=1"])
def test_lines_are_priced_alike(doors: Doors, query: str) -> None:
    for data, medium in bodies():
        hot, flask = doors.ask(f"/api/v1/tarifications{query}", method="POST", data=data, content_type=medium)
        assert hot == flask, (data[:80], medium)


def test_a_publication_is_told_by_both_at_once(sqlite_template: Path, tmp_path: Path) -> None:
    url = copy_sqlite(sqlite_template, tmp_path)
    publish_turning(url)
    own = Doors(create_app(Settings(database_url=url, data_dir=tmp_path, log_level="ERROR"), clock=lambda: NOW))
    address = f"{MEDICINE}?as_of=2016-01-01"
    before, _ = own.ask(address)
    publish_more(url, [dearer_princeps()], NOW - timedelta(hours=1))
    own.app.extensions["catalogue"].refresh()
    hot, flask = own.ask(address)
    assert hot == flask
    assert (json.loads(before.body)["ppv"], json.loads(hot.body)["ppv"]) == ("37.20", "38.00")
    assert hot.headers["ETag"] != before.headers["ETag"]
