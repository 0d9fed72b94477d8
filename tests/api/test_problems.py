"""Every refusal has one shape, whatever was asked, and nothing that is asked breaks the service."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from catalog import errors
from service import create_app
from service.problems import PROBLEMS
from service.settings import Settings
from tests.api.addresses import EVERY, QUESTIONS, joined
from tests.api.catalogue import NOW, PRINCEPS

HOSTILE = (
    "%00",
    "6118000100058%00",
    "9" * 5000,
    "%C3%A9%F0%9F%92%8A",
    "%FF%FE",
    "٦١١٨٠٠٠١٠٠٠٥٨",
    "６１１８０００１０００５８",
    "6,118E+12",
    "-1",
    "1e308",
    "99999999999999999999999",
    "NaN",
    "'%20OR%201=1--",
    "..%2F..%2Fetc%2Fpasswd",
    "%0d%0aSet-Cookie:x=1",
    "{}",
    "null",
    "%20",
    "<script>",
)


def assert_is_problem(response: TestResponse) -> dict[str, Any]:
    told: dict[str, Any] = response.get_json(force=True)
    assert response.content_type == "application/problem+json"
    assert set(told) - {"errors"} == {"type", "title", "status", "detail"}
    assert told["status"] == response.status_code
    assert told["type"] == "about:blank" or told["type"].startswith("/api/docs#problem-")
    assert all(isinstance(told[name], str) and told[name] for name in ("type", "title", "detail"))
    assert all(set(fault) == {"field", "message"} for fault in told.get("errors", ()))
    return told


@pytest.mark.parametrize("address", QUESTIONS.values())
def test_an_unknown_parameter_is_refused_by_every_route(client: FlaskClient, address: str) -> None:
    response = client.get(joined(address, "colour=blue"))
    told = assert_is_problem(response)
    assert response.status_code == 400
    assert [fault["field"] for fault in told["errors"]] == ["colour"]


@pytest.mark.parametrize("address", EVERY)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_reads_take_no_other_method(client: FlaskClient, address: str, method: str) -> None:
    response = client.open(address, method=method)
    assert_is_problem(response)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize("address", ["/nowhere", "/api/v1", "/api/v1/", "/api/v1/medicaments", "/api/v2/releases"])
def test_an_address_nobody_serves(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert_is_problem(response)
    assert response.status_code == 404


@pytest.mark.parametrize("rule", [rule for rule in QUESTIONS if "<" in rule])
def test_hostile_codes_are_refused_or_not_found(client: FlaskClient, rule: str) -> None:
    begin, end = rule.index("<"), rule.index(">") + 1
    for text in HOSTILE:
        address = rule[:begin] + text + rule[end:]
        response = client.get(joined(address, "kind=medicaments&format=csv") if "export" in rule else address)
        assert response.status_code in (400, 404), text
        assert_is_problem(response)
        assert len(response.data) < 3000


@pytest.mark.parametrize("address", QUESTIONS.values())
@pytest.mark.parametrize("name", ["as_of", "known_at", "release", "page", "per_page", "after", "limit", "from", "kind"])
def test_hostile_parameters_are_refused_or_not_found(client: FlaskClient, address: str, name: str) -> None:
    for text in HOSTILE:
        response = client.get(joined(address, f"{name}={text}"))
        assert response.status_code in (400, 404), text
        assert_is_problem(response)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rule=st.sampled_from(sorted(QUESTIONS)),
    code=st.text(max_size=30),
    query=st.dictionaries(
        st.sampled_from(["as_of", "known_at", "release", "page", "after", "from", "kind", "format", "dci", "x"]),
        st.text(max_size=20),
    ),
)
def test_whatever_is_asked_the_service_stands(client: FlaskClient, rule: str, code: str, query: dict[str, str]) -> None:
    address = rule
    if "<" in rule:
        address = rule[: rule.index("<")] + code.replace("?", "%3F").replace("#", "%23") + rule[rule.index(">") + 1 :]
    response = client.get(address, query_string=query)
    assert response.status_code < 500
    if response.status_code >= 400:
        assert_is_problem(response)


def test_what_nobody_foresaw_tells_nothing_of_the_inside(published: Settings, capsys: Any) -> None:
    app = create_app(published, clock=lambda: NOW)

    def fail() -> None:
        raise RuntimeError("the password is 1234")

    app.add_url_rule("/fail", view_func=fail)
    response = app.test_client().get("/fail")
    assert response.status_code == 500
    assert "1234" not in response.text
    assert_is_problem(response)
    assert "the password is 1234" in capsys.readouterr().err


def test_a_body_beyond_the_limit_is_refused_unread(published: Settings) -> None:
    small = Settings(database_url=published.database_url, data_dir=published.data_dir, max_body_bytes=100)
    response = create_app(small).test_client().post(f"/api/v1/medicaments/{PRINCEPS}", data=b"x" * 101)
    assert response.status_code == 413
    assert_is_problem(response)


def test_every_refusal_of_the_domain_has_a_status() -> None:
    def below(error: type[errors.CatalogError]) -> list[type[errors.CatalogError]]:
        return [found for child in error.__subclasses__() for found in (child, *below(child))]

    told = {error for error in below(errors.CatalogError) if error.__module__ == errors.__name__}
    unmapped = [error.__name__ for error in told if not any(issubclass(error, known.error) for known in PROBLEMS)]
    assert unmapped == []


def test_the_most_precise_refusal_comes_first() -> None:
    for place, known in enumerate(PROBLEMS):
        assert not any(issubclass(known.error, earlier.error) for earlier in PROBLEMS[:place])


@pytest.mark.parametrize("address", [*EVERY, "/healthz", "/metrics", "/nowhere", "/static/site.css"])
def test_every_answer_carries_the_headers_that_protect(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_the_log_of_a_request_is_one_line_of_json(published: Settings, capsys: Any) -> None:
    told = Settings(database_url=published.database_url, data_dir=published.data_dir, log_level="INFO")
    app: Flask = create_app(told)
    response = app.test_client().get("/healthz", headers={"X-Request-Id": "abc-1"})
    line = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert response.headers["X-Request-Id"] == line["request_id"] == "abc-1"
    assert (line["route"], line["status"], line["level"]) == ("/healthz", 200, "info")


def test_an_invented_request_id_is_not_repeated(client: FlaskClient) -> None:
    response = client.get("/healthz", headers={"X-Request-Id": "x" * 65})
    assert len(response.headers["X-Request-Id"]) == 16


@pytest.mark.parametrize("path", ["/", "/recherche", "/api/v1/releases", "/api/v1/suggest", "/admin/"])
def test_a_query_that_is_no_text_is_refused(client: FlaskClient, path: str) -> None:
    response = client.get(path, environ_overrides={"QUERY_STRING": "q=\xc9"})
    assert response.status_code == 400
