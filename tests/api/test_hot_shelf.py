"""What is kept ready stays bounded, and is written as the standard library writes it."""

from __future__ import annotations

import json
import logging
from collections import OrderedDict

import pytest
import structlog
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from service import create_app
from service.answers import dump_json
from service.hot import Front
from service.observability import FIGURES, configure_logging
from service.ready.shelf import Shelf, shelves_of
from service.request_log import MOST_WAITING, REQUESTS, RequestLog, Told
from service.settings import Settings
from tests.api.addresses import QUESTIONS
from tests.api.catalogue import GENERIC, NOW, PRINCEPS
from tests.api.hot_questions import seen

MEDICINE = f"/api/v1/medicaments/{PRINCEPS}"


@given(asked=st.lists(st.integers(0, 30), max_size=200))
def test_a_shelf_holds_its_bound_and_what_was_asked_for_last(asked: list[int]) -> None:
    shelf: Shelf[int] = Shelf(10)
    lately: OrderedDict[int, None] = OrderedDict()
    for number in asked:
        assert shelf.find(number) in (None, number)
        shelf.put(number, number)
        lately[number] = None
        lately.move_to_end(number)
        assert len(shelf) <= 10
        assert all(shelf.find(recent) == recent for recent in list(lately)[-3:])


def test_json_is_written_as_the_standard_library_writes_it(app: Flask) -> None:
    client = app.test_client()
    for address in QUESTIONS.values():
        response = client.get(address)
        if response.mimetype == "application/json":
            plain = json.dumps(json.loads(response.data), ensure_ascii=False, separators=(",", ":")).encode()
            assert response.data == plain + b"\n"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('aé"\\\x7f\n\u2028', max_size=3), inner),
        max_leaves=8,
    )
)
def test_any_plain_data_is_written_so(data: object) -> None:
    assert dump_json(data) == json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def test_an_answer_of_another_day_of_its_era_is_not_worked_out_again(
    published: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(published, clock=lambda: NOW)
    client = app.test_client()
    client.get(f"{MEDICINE}?as_of=2015-07-01")
    kept = len(shelves_of(app.extensions["catalogue"].current()).answers)
    monkeypatch.setattr("catalog.gmr.lookups.medicament", None)
    assert client.get(f"{MEDICINE}?as_of=2015-07-02").get_json()["as_of"] == "2015-07-02"
    assert len(shelves_of(app.extensions["catalogue"].current()).answers) == kept


@pytest.mark.parametrize("declared", ["pec=77", "pec_until=2027-01-01", "pec=77&pec_until=2027-01-01"])
def test_what_is_declared_of_a_patient_is_not_kept(published: Settings, declared: str) -> None:
    app = create_app(published, clock=lambda: NOW)
    address = f"/api/v1/tiers-payant/{GENERIC}?organisme=cnops&exoneration=true&{declared}"
    assert seen(Front(app, clock=lambda: NOW), address).status == "200 OK"
    assert len(shelves_of(app.extensions["catalogue"].current()).answers) == 0


def test_both_paths_write_the_same_line(
    published: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(published, clock=lambda: NOW)
    configure_logging("INFO")
    for door in (Front(app, clock=lambda: NOW), app.wsgi_app):
        for asked in (f"{MEDICINE}?as_of=2015-07-01", f"/api/v1/tiers-payant/{GENERIC}?organisme=cnops&pec=77"):
            seen(door, asked, headers={"X-Request-Id": "mine-1"})
    configure_logging("ERROR")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    for line in lines:
        del line["timestamp"], line["milliseconds"]
    assert lines[:2] == lines[2:]
    assert [line["query"] for line in lines[:2]] == ["as_of=2015-07-01", "organisme=cnops&pec="]


def test_the_line_is_the_one_structlog_would_write(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("INFO")
    told = Told("GET", '/é"\\', "q=\x01", "/<code>", 200, 0.00123, "mine-1")
    REQUESTS.tell(told)
    with structlog.contextvars.bound_contextvars(request_id="mine-1"):
        fields = {"method": "GET", "path": told.path, "query": told.query, "route": told.route}
        structlog.get_logger().info("request", **fields, status=200, milliseconds=1.23)
    configure_logging(logging.getLevelName(logging.ERROR))
    written, expected = capsys.readouterr().err.splitlines()
    without_time = [line.rpartition(', "timestamp"')[0] for line in (written, expected)]
    assert without_time[0] == without_time[1]


def test_both_paths_are_counted_together(published: Settings) -> None:
    app = create_app(published, clock=lambda: NOW)
    for door in (Front(app, clock=lambda: NOW), app.wsgi_app):
        seen(door, MEDICINE)
    page = app.extensions[FIGURES].page().decode()
    found = {sample.name: sample for family in text_string_to_metric_families(page) for sample in family.samples}
    assert found["amo_http_requests_total"].labels == {
        "method": "GET", "route": "/api/v1/medicaments/<code>", "status": "200",
    }  # fmt: skip
    assert found["amo_http_requests_total"].value == found["amo_http_request_seconds_count"].value == 2
    assert found["amo_http_request_seconds_bucket"].labels["le"] == "+Inf"


def test_lines_that_wait_are_written_together_and_none_is_lost(capsys: pytest.CaptureFixture[str]) -> None:
    kept = RequestLog()
    kept.gather()
    asked = [f"{number:04d}" for number in range(MOST_WAITING + 10)]
    for mark in asked:
        kept.tell(Told("GET", "/", "", "/", 200, 0.001, mark))
    kept.write()
    written = [json.loads(line)["request_id"] for line in capsys.readouterr().err.splitlines()]
    assert sorted(written) == asked
