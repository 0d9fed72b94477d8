"""Bodies that are refused whole: the medium, the size, the members beside the lines."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.pricing.answers import STATUSES
from catalog.pricing.line_fields import READERS
from service import create_app
from service.settings import Settings
from tests.api.golden_client import Golden
from tests.api.test_problems import assert_is_problem

ADDRESS = "/api/v1/tarifications"
LINE = {"kind": "acte", "code": "C", "as_of": "2021-05-10", "organisme": "cnss", "secteur": "prive"}
ROW = json.dumps(LINE).encode()


def refused(golden: Golden, status: int, slug: str, query: str = "", **sent: Any) -> dict[str, Any]:
    response = golden.client.post(f"{ADDRESS}{query}", **sent)
    told = assert_is_problem(response)
    assert (response.status_code, told["type"]) == (status, f"/api/docs#problem-{slug}"), told
    return told


def fields(told: dict[str, Any]) -> set[str]:
    return {fault["field"] for fault in told["errors"]}


@pytest.mark.parametrize("medium", ["", "text/csv", "application/x-www-form-urlencoded", "application/xml"])
def test_another_medium_is_refused(golden: Golden, medium: str) -> None:
    refused(golden, 415, "media-type", data=ROW, content_type=medium)


def test_a_body_that_is_encoded_is_refused(golden: Golden) -> None:
    sent = {"data": ROW, "content_type": "application/json", "headers": {"Content-Encoding": "gzip"}}
    refused(golden, 415, "media-type", **sent)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"{'lines': []}", b"\xff", b'{"lines": [}', b'{"a":' * 100_000, b"\xef\xbb\xbf{}"],
)
def test_what_is_not_json_is_malformed(golden: Golden, data: bytes) -> None:
    refused(golden, 400, "malformed-body", data=data, content_type="application/json")


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ([LINE], {"body"}),
        ("C", {"body"}),
        (7, {"body"}),
        ({}, {"lines"}),
        ({"lines": None}, {"lines"}),
        ({"lines": LINE}, {"lines"}),
        ({"lines": "C"}, {"lines"}),
        ({"lines": []}, {"lines"}),
        ({"lines": [LINE], "colour": "blue", "explain": True}, {"colour", "explain"}),
        ({"lines": [LINE], "as_of": "2021-02-30"}, {"as_of"}),
        ({"lines": [LINE], "as_of": 20210510}, {"as_of"}),
        ({"lines": [LINE], "as_of": "x" * 10_000}, {"as_of"}),
        ({"lines": [LINE], "known_at": "2021-05-10"}, {"known_at"}),
        ({"lines": [LINE], "known_at": "2026-11-22T10:00:01Z"}, {"known_at"}),
        ({"lines": [LINE], "release": True}, {"release"}),
        ({"lines": [LINE], "release": [1]}, {"release"}),
        ({"lines": [LINE], "release": 1, "known_at": "2021-05-10T00:00:00Z"}, {"release", "known_at"}),
        ({"lines": "C", "as_of": "hier", "release": {}}, {"lines", "as_of", "release"}),
    ],
)
def test_members_that_break_a_rule_are_named_all_at_once(golden: Golden, body: Any, named: set[str]) -> None:
    assert fields(refused(golden, 422, "body", json=body)) == named


def test_a_clock_given_in_both_places_is_refused(golden: Golden) -> None:
    body = {"lines": [LINE], "as_of": "2021-05-10"}
    assert fields(refused(golden, 422, "body", "?as_of=2021-05-10", json=body)) == {"as_of"}
    body = {"lines": [LINE], "release": 1}
    assert fields(refused(golden, 422, "body", "?known_at=2021-05-10T00:00:00Z", json=body)) == {"known_at", "release"}


def test_many_unknown_members_make_no_long_answer(golden: Golden) -> None:
    body = {"lines": [LINE], **{f"{number:05}" * 100: 1 for number in range(5000)}}
    told = refused(golden, 422, "body", json=body)
    assert len(told["errors"]) == 20


@pytest.mark.parametrize("query", ["?colour=blue", "?explain=yes", "?explain=", "?page=1", "?as_of=hier"])
def test_parameters_that_cannot_be_read_are_refused(golden: Golden, query: str) -> None:
    refused(golden, 400, "parameters", query, json={"lines": [LINE]})


def test_a_clock_of_the_address_is_malformed_and_one_of_the_body_breaks_a_rule(golden: Golden) -> None:
    later = "2026-11-22T10:00:01Z"
    refused(golden, 400, "parameters", f"?known_at={later}", json={"lines": [LINE]})
    refused(golden, 422, "body", json={"lines": [LINE], "known_at": later})


@pytest.mark.parametrize("release", [0, 99, -1, "jamais"])
def test_a_release_that_does_not_exist_is_not_found(golden: Golden, release: Any) -> None:
    refused(golden, 404, "unknown-release", json={"lines": [LINE], "release": release})
    refused(golden, 404, "unknown-release", f"?release={release}", data=ROW, content_type="application/x-ndjson")


def test_before_the_first_release_nothing_was_known(golden: Golden) -> None:
    refused(golden, 404, "nothing-published", json={"lines": [LINE], "known_at": "2000-01-01T00:00:00Z"})


def test_ten_thousand_lines_are_answered_and_one_more_is_not(golden: Golden) -> None:
    assert golden.post({"lines": [LINE] * 10_000})["total"] == 10_000
    assert len(golden.price_rows([ROW] * 10_000)) == 10_000
    refused(golden, 413, "too-many-lines", json={"lines": [LINE] * 10_001})
    rows = b"\n".join([ROW] * 10_001)
    refused(golden, 413, "too-many-lines", data=rows, content_type="application/x-ndjson")


@pytest.mark.parametrize("data", [b"", b"\n\n", b" \n\t\n"])
def test_rows_without_a_line_are_refused(golden: Golden, data: bytes) -> None:
    assert fields(refused(golden, 422, "body", data=data, content_type="application/x-ndjson")) == {"lines"}


def test_a_body_beyond_the_limit_of_bytes_is_refused(golden_settings: Settings) -> None:
    small = Settings(database_url=golden_settings.database_url, data_dir=golden_settings.data_dir, max_body_bytes=200)
    response = create_app(small).test_client().post(ADDRESS, json={"lines": [LINE] * 10})
    assert response.status_code == 413
    assert_is_problem(response)


def test_a_body_that_comes_in_pieces_is_not_cut_at_the_limit(golden_settings: Settings) -> None:
    small = Settings(database_url=golden_settings.database_url, data_dir=golden_settings.data_dir, max_body_bytes=1000)
    client = create_app(small).test_client()
    pieces = {"headers": {"Transfer-Encoding": "chunked"}, "environ_overrides": {"wsgi.input_terminated": True}}
    for rows, status in ((2, 200), (30, 413)):
        body = BytesIO(b"\n".join([ROW] * rows))
        sent = {"input_stream": body, "content_type": "application/x-ndjson", **pieces}
        assert client.post(ADDRESS, **sent).status_code == status


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_lines_are_posted(golden: Golden, method: str) -> None:
    response = golden.client.open(ADDRESS, method=method)
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.sampled_from(["C", "K50", "D708", "6118000100058", "cnops", "cnss", "prive", "2021-05-10", "acte", "forfait"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.sampled_from([*READERS, "colour"])


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.dictionaries(FIELDS, VALUES, max_size=4) | VALUES, min_size=1, max_size=6))
def test_whatever_a_line_holds_it_is_answered_and_so_are_the_others(golden: Golden, changes: list[Any]) -> None:
    lines = [{**LINE, **change} if isinstance(change, dict) else change for change in changes]
    sent = [LINE, *lines, LINE]
    told = golden.post({"lines": sent})["lines"]
    assert len(told) == len(sent)
    assert [told[0]["status"], told[-1]["status"]] == ["OK", "OK"]
    assert {answer["status"] for answer in told} <= set(STATUSES)
    assert golden.price_rows(json.dumps(line).encode() for line in sent) == told
