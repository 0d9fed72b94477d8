"""Every read takes two clocks and states where it stands."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalog.temporal import format_instant
from service import create_app
from service.settings import Settings
from tests.api.catalogue import ERRATUM, NOW, PRINCEPS, PUBLISHED, publish_all
from tests.api.conftest import Get
from tests.databases import copy_sqlite

MEDICINE = f"/medicaments/{PRINCEPS}"
ERRATA = f"/medicaments/{ERRATUM}"


def clocks(told: dict[str, object]) -> tuple[object, object, object]:
    return told["as_of"], told["known_at"], told["release"]


def test_the_defaults_are_today_in_morocco_now_and_the_newest_release(get: Get) -> None:
    assert clocks(get(MEDICINE)) == ("2026-11-22", "2026-11-22T10:00:00Z", 4)


def test_today_is_morocco_s_even_where_it_differs_from_utc(published: Settings) -> None:
    # In July 2026 Morocco is an hour ahead of UTC; from 2026-09-20 it no longer is.
    for instant, today in ((datetime(2026, 7, 1, 23, 30), "2026-07-02"), (datetime(2026, 12, 1, 23, 30), "2026-12-01")):
        client = create_app(published, clock=lambda at=instant: at.replace(tzinfo=UTC)).test_client()
        assert client.get("/api/v1/releases").json["as_of"] == today  # type: ignore[index]


@pytest.mark.parametrize("release", ["2", " 2 ", "002"])
def test_a_release_by_number_is_known_at_its_publication(get: Get, release: str) -> None:
    assert clocks(get(MEDICINE, as_of="2014-07-05", release=release)) == ("2014-07-05", "2014-07-03T09:00:00Z", 2)


@pytest.mark.parametrize("label", ["06-23", "6.23", "GMR_6_23"])
def test_a_release_by_label(get: Get, label: str) -> None:
    assert get(MEDICINE, release=label)["release"] == 1


@pytest.mark.parametrize(
    ("known_at", "release"),
    [
        ("2014-06-06T16:00:00Z", 1),
        ("2014-06-06T17:00:00+01:00", 1),
        ("2014-07-03T08:59:59.999999Z", 1),
        ("2014-07-03T09:00:00Z", 2),
        ("2026-11-22T10:00:00Z", 4),
    ],
)
def test_an_instant_names_the_release_that_was_the_newest(get: Get, known_at: str, release: int) -> None:
    told = get(ERRATA, known_at=known_at)
    assert told["release"] == release
    assert datetime.fromisoformat(told["known_at"]) == datetime.fromisoformat(known_at)


def test_the_instant_stated_names_the_release_stated(sqlite_template: Path, tmp_path: Path) -> None:
    """Also within the second of the publication: asked again, it must give the same answer."""
    url = copy_sqlite(sqlite_template, tmp_path)
    publish_all(url, 1)
    just_after = PUBLISHED[0].replace(microsecond=1)
    client = create_app(Settings(database_url=url, data_dir=tmp_path), clock=lambda: just_after).test_client()
    told = client.get(f"/api/v1{MEDICINE}?as_of=2014-07-01").get_json()
    again = client.get(f"/api/v1{MEDICINE}?as_of=2014-07-01&known_at={told['known_at']}").get_json()
    assert again == told


def test_before_the_first_release_nothing_was_known(get: Get) -> None:
    assert get(MEDICINE, 404, known_at="2014-06-06T15:59:59Z")["type"].endswith("nothing-published")


def test_an_instant_to_come_is_refused(get: Get) -> None:
    get(MEDICINE, known_at=format_instant(NOW))
    told = get(MEDICINE, 400, known_at="2026-11-22T10:00:01Z")
    assert [fault["field"] for fault in told["errors"]] == ["known_at"]


@pytest.mark.parametrize("release", ["0", "5", "-1", "99999999999999999999", "GMR_9_99", "²", "２"])
def test_a_release_that_does_not_exist_is_not_found(get: Get, release: str) -> None:
    assert get(MEDICINE, 404, release=release)["type"].endswith("unknown-release")


def test_both_ways_of_naming_what_was_known_are_refused_together(get: Get) -> None:
    told = get(MEDICINE, 400, release="1", known_at="2014-07-01T00:00:00Z")
    assert {fault["field"] for fault in told["errors"]} == {"release", "known_at"}


@pytest.mark.parametrize(
    ("parameter", "text"),
    [
        ("as_of", "2014-7-1"),
        ("as_of", "20140701"),
        ("as_of", "2014-02-30"),
        ("as_of", "２０１４-07-01"),
        ("as_of", "demain"),
        ("as_of", ""),
        ("known_at", "2014-07-01"),
        ("known_at", "2014-07-01T00:00:00"),
        ("known_at", "2014-W27-2T00:00:00Z"),
        ("known_at", "2014-07-01T25:00:00Z"),
        ("known_at", "0001-01-01T00:00:00+14:00"),
        ("known_at", "2014-07-01T00:00:00 01:00"),
        ("release", ""),
        ("release", "1" * 201),
        ("release", "a\x00b"),
    ],
)
def test_a_clock_that_cannot_be_read_is_named(get: Get, parameter: str, text: str) -> None:
    told = get(MEDICINE, 400, **{parameter: text})
    assert [fault["field"] for fault in told["errors"]] == [parameter]


def test_a_plus_lost_in_the_address_is_explained(get: Get) -> None:
    assert "%2B" in get(MEDICINE, 400, known_at="2014-07-01T00:00:00 01:00")["detail"]


def test_every_fault_is_told_at_once_with_the_parameters_that_exist(get: Get) -> None:
    told = get(MEDICINE, 400, as_of="hier", known_at="jadis", asof="2014-07-01")
    assert {fault["field"] for fault in told["errors"]} == {"as_of", "known_at", "asof"}
    assert "Known: as_of, known_at, release." in told["detail"]


def test_a_parameter_given_twice_is_refused(client: object, get: Get) -> None:
    told = get(MEDICINE, 400, as_of=["2014-07-01", "2015-07-01"])
    assert told["errors"] == [{"field": "as_of", "message": "It is given more than once."}]
