"""The OpenAPI document is valid, tells of every route, and every answer is as it says."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from catalog.registry import KINDS
from service.api.documents import write_code
from service.problems import PROBLEMS
from tests.api.addresses import JSON, KEYED, POSTED, QUESTIONS, joined
from tests.api.catalogue import DELISTED, PRINCEPS
from tests.api.shapes import SPEC, faults, operation

OUTSIDE = {"/api/v1/openapi.json"}


def test_the_document_is_valid_openapi_3_1(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").get_json()
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_the_documented_routes_are_the_routes(app: Flask) -> None:
    served = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/v1/") and rule.rule not in OUTSIDE
    }
    assert {(path, method) for path, methods in SPEC["paths"].items() for method in methods} == served


def test_every_route_has_a_question_in_these_tests(app: Flask) -> None:
    served = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")}
    assert served - OUTSIDE == {*QUESTIONS, *POSTED, *KEYED}


@pytest.mark.parametrize("rule", QUESTIONS)
def test_the_documented_parameters_are_those_a_refusal_names(client: FlaskClient, rule: str) -> None:
    response = client.get(joined(QUESTIONS[rule], "colour=blue"))
    detail: str = response.get_json(force=True)["detail"]
    named = set(detail.partition("Known: ")[2].rstrip(".").split(", "))
    assert {parameter["name"] for parameter in operation(rule)["parameters"] if parameter["in"] == "query"} == named


def schema_of(rule: str) -> str:
    reference: str = operation(rule)["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    return reference.rsplit("/", 1)[-1]


@pytest.mark.parametrize("rule", [rule for rule, address in QUESTIONS.items() if address in JSON])
@pytest.mark.parametrize("query", ["as_of=2014-07-01", "as_of=2026-11-22"])
def test_every_answer_is_as_documented(client: FlaskClient, rule: str, query: str) -> None:
    answer = client.get(joined(QUESTIONS[rule], query)).get_json()
    assert faults(answer, schema_of(rule)) == []


@pytest.mark.parametrize("release", [1, 2, 3, 4])
def test_answers_that_hold_much_are_as_documented(client: FlaskClient, release: int) -> None:
    assert faults(client.get(f"/api/v1/releases/{release}/diff").get_json(), "Diff") == []
    assert faults(client.get(f"/api/v1/changes?after={release - 1}").get_json(), "Changes") == []
    for code in (PRINCEPS, DELISTED):
        told = client.get(f"/api/v1/medicaments/{code}/history?release={release}").get_json()
        assert faults(told, "MedicamentHistory") == []


def test_the_check_of_answers_notices_what_is_missing_or_not_named(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/medicaments/{PRINCEPS}").get_json()
    assert faults({name: value for name, value in answer.items() if name != "ppv"}, "Medicament")
    assert faults(answer | {"colour": "blue"}, "Medicament")
    assert faults(answer | {"ppv": 37.2}, "Medicament")


@pytest.mark.parametrize("address", ["/api/v1/medicaments/1", "/api/v1/releases/9", "/no", "/api/v1/substances?x=1"])
def test_every_refusal_is_as_documented(client: FlaskClient, address: str) -> None:
    assert faults(client.get(address).get_json(force=True), "Problem") == []


@pytest.mark.parametrize("rule", QUESTIONS)
def test_refusals_are_documented_where_they_can_happen(rule: str) -> None:
    documented = set(operation(rule)["responses"])
    assert {"200", "304", "400", "404", "503"} <= documented


def test_prices_are_texts_in_the_document() -> None:
    price = SPEC["components"]["schemas"]["Medicament"]["properties"]["ppv"]
    assert price["type"] == ["string", "null"]
    assert re.fullmatch(price["pattern"], "29.70")


def test_the_page_shows_every_operation_schema_and_refusal(client: FlaskClient) -> None:
    page = client.get("/api/docs").text
    for told in (found for methods in SPEC["paths"].values() for found in methods.values()):
        assert f'id="{told["operationId"]}"' in page
    for name in SPEC["components"]["schemas"]:
        assert f'id="schema-{name}"' in page
    for known in PROBLEMS:
        assert f'id="problem-{known.slug}"' in page


def test_words_between_backticks_are_code_and_nothing_else_is_markup(client: FlaskClient) -> None:
    page = client.get("/api/docs").text
    assert "`" not in page and "<code>as_of</code> is the day" in page
    assert write_code("`<b>` & <i>") == "<code>&lt;b&gt;</code> &amp; &lt;i&gt;"
    assert write_code("a ` alone") == "a ` alone" and write_code(None) == ""


def test_links_inside_the_page_lead_somewhere(client: FlaskClient) -> None:
    page = client.get("/api/docs").text
    ids = set(re.findall(r'id="([^"]+)"', page))
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert len(targets) > 30
    assert targets - ids == set()


@pytest.mark.parametrize("address", ["/api/docs"])
def test_pages_ask_no_other_host_and_run_no_script(client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", page)
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page)


def test_a_kind_s_choices_are_those_of_the_registry() -> None:
    (kind,) = (p for p in operation("/api/v1/changes")["parameters"] if p["name"] == "kind")
    assert kind["schema"]["enum"] == KINDS.plurals
