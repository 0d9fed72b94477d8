"""Lines to price over HTTP: whole batches, streams, clocks, and what each bad line is told."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from catalog.database import open_engine, writing
from catalog.pricing.line_fields import READERS
from service import create_app
from service.api.schemas.tarifications import TarificationLine
from service.settings import Settings
from tests.api.billed import BAD, CONSULTATION, GOOD, batch
from tests.api.catalogue import NOW, publish_changes
from tests.api.golden_catalogue import (
    EPREX,
    GLYAZID,
    LATE_AVENANT,
    LATE_STAY,
    entry,
    publish_golden,
)
from tests.api.golden_client import Golden
from tests.api.shapes import faults
from tests.databases import copy_sqlite

LATE_DAY = {"kind": "forfait", "code": LATE_STAY, "as_of": "2019-09-10", "organisme": "cnops", "secteur": "prive"}
DOCTORS_LINE = {"convention": "medecins-prive-2006", "secteur": "prive"}


def test_bad_lines_get_their_own_error_inside_a_batch_of_ten_thousand(golden: Golden) -> None:
    sent = batch(10_000)
    told = golden.post({"lines": sent})
    assert [answer["id"] for answer in told["lines"]] == list(range(10_000))
    for number in range(50, 10_000, 100):
        _, status, field, words = BAD[number // 100 % len(BAD)]
        answer = told["lines"][number]
        assert answer["status"] == status
        assert [error["field"] for error in answer["errors"]] == [field]
        assert words in answer["errors"][0]["message"]
    good = [answer for answer in told["lines"] if answer["id"] % 100 != 50]
    assert {answer["status"] for answer in good} == {"OK"}
    assert told["statuses"] == dict(sorted(Counter(answer["status"] for answer in told["lines"]).items()))
    assert told["total"] == 10_000


def test_the_shares_of_every_line_add_up_to_what_was_billed(golden: Golden) -> None:
    for sent, answer in zip(batch(600), golden.price(*batch(600)), strict=True):
        if answer["status"] == "OK":
            billed = Decimal(str(sent.get("billed") or answer["unit_price"])) * int(sent.get("quantity", 1))
            assert sum(Decimal(answer[name]) for name in ("amo", "mutuelle", "patient")) == billed


def test_rows_are_answered_as_rows_in_the_same_order_with_the_same_answers(golden: Golden) -> None:
    sent = batch(700)
    rows = golden.price_rows(json.dumps(line).encode() for line in sent)
    assert rows == golden.price(*sent)


def test_an_answer_to_rows_states_its_clocks_in_headers(golden: Golden) -> None:
    row = json.dumps(CONSULTATION).encode()
    response = golden.client.post(
        "/api/v1/tarifications?release=3&as_of=2013-08-15", data=row, content_type="application/x-ndjson"
    )
    assert response.content_type == "application/x-ndjson"
    stated = {name: response.headers[name] for name in ("Amo-As-Of", "Amo-Known-At", "Amo-Release")}
    assert stated == {"Amo-As-Of": "2013-08-15", "Amo-Known-At": "2013-08-01T09:00:00Z", "Amo-Release": "3"}
    assert response.is_streamed


def test_a_row_that_is_not_json_is_told_so_and_blank_rows_are_passed_over(golden: Golden) -> None:
    row = json.dumps(CONSULTATION).encode()
    told = golden.price_rows([row, b"", b"{oops", b"[1]", b"\xff", b"[" * 100_000, row, b""])
    assert [answer["status"] for answer in told] == ["OK", *["INVALID"] * 4, "OK"]
    assert {error["field"] for answer in told for error in answer.get("errors", ())} == {"line"}


def test_a_line_that_no_reader_can_hold_fails_alone(golden: Golden) -> None:
    good = json.dumps(CONSULTATION)
    nested = "[" * 900 + "]" * 900
    lines = [good, good.replace('"C"', "1e999"), good.replace('"C"', nested), f'{{"id": {nested}}}', "7", good]
    data = f'{{"lines": [{",".join(lines)}]}}'
    response = golden.client.post("/api/v1/tarifications", data=data, content_type="application/json")
    assert response.status_code == 200
    told = response.get_json()["lines"]
    assert [answer["status"] for answer in told] == ["OK", *["INVALID"] * 4, "OK"]


def test_an_explanation_names_the_act_of_each_step(golden: Golden) -> None:
    told = golden.price_one(**CONSULTATION, billed="150.00", explain="true")
    rules = {step["rule"]: step["acte_juridique"] and step["acte_juridique"]["id"] for step in told["explanation"]}
    assert rules["TARIFF"] == "arrete-1961-06"
    assert rules["RATE"] == "decret-2-05-737"
    assert rules["NOTE"] == "conventions-2020-01-13"
    assert told["explanation"][-1]["text"] == "Patient: what is left of 150.00, that is 94.00."
    assert "explanation" not in golden.price_one(**CONSULTATION)


def test_the_day_beside_the_lines_serves_those_that_name_none(golden: Golden) -> None:
    undated = {name: value for name, value in CONSULTATION.items() if name != "as_of"} | {"organisme": "cnops"}
    dated = {**undated, "as_of": "2013-08-15"}
    told = golden.post({"as_of": "2013-07-15", "lines": [undated, dated]})
    assert [(answer["as_of"], answer["base"]) for answer in told["lines"]] == [
        ("2013-07-15", "15.00"),
        ("2013-08-15", "80.00"),
    ]
    assert told["as_of"] == "2013-07-15"
    assert golden.post({"lines": [undated]})["lines"][0]["as_of"] == "2026-11-22"


@pytest.mark.parametrize(
    ("clock", "release"),
    [
        ({"release": 3}, 3),
        ({"release": "tiers-payant-2013"}, 3),
        ({"known_at": "2013-12-31T00:00:00Z"}, 3),
        ({}, 17),
    ],
)
def test_the_whole_answer_states_what_was_known(golden: Golden, clock: dict[str, Any], release: int) -> None:
    beside = golden.post({**clock, "lines": [CONSULTATION]})
    assert beside["release"] == release
    assert beside["known_at"]
    assert golden.post({"lines": [CONSULTATION]}, **clock) == beside


def test_a_value_signed_later_was_not_known_before_it_was_published(golden: Golden) -> None:
    told = golden.price_one(**CONSULTATION, release=3)
    assert (told["unit_price"], told["reasons"]) == ("80.00", [])


@pytest.mark.parametrize("organisme", ["cnops", "cnss"])
@pytest.mark.parametrize(("secteur", "price"), [("prive", "110.00"), ("public", "90.00")])
@pytest.mark.parametrize("day", ["2015-12-30", "2015-12-31", "2017-06-01", "2026-11-22"])
def test_b_never_prices_at_the_value_negotiated(
    golden: Golden, organisme: str, secteur: str, price: str, day: str
) -> None:
    line = {"kind": "acte", "code": "B100", "organisme": organisme, "secteur": secteur, "as_of": day}
    assert golden.price_one(**line)["unit_price"] == price


def test_an_avenant_recorded_late_answers_both_ways(golden: Golden) -> None:
    before = golden.price_one(**LATE_DAY, known_at="2019-12-01T00:00:00Z")
    after = golden.price_one(**LATE_DAY, known_at="2019-12-20T00:00:00Z")
    assert (before["unit_price"], before["amo"], before["reasons"]) == ("550.00", "495.00", [])
    assert (after["unit_price"], after["amo"], after["reasons"]) == ("600.00", "540.00", ["RETROACTIVE_CHANGE"])
    assert after["acte_juridique"]["id"] == LATE_AVENANT
    (change,) = after["warnings"]
    assert (change["known_then"]["amo"], change["known_then"]["unit_price"]) == ("495.00", "550.00")


def test_the_diff_of_a_late_avenant_names_the_days_to_settle_again(golden: Golden) -> None:
    releases = golden.get("/releases", per_page=100)["releases"]
    (late,) = [each["release"] for each in releases if each["acte_juridique"]["id"] == LATE_AVENANT]
    (entry,) = golden.get(f"/releases/{late}/diff", kind="forfaits")["entries"]
    (piece,) = entry["pieces"]
    assert entry["retroactive"]
    assert piece["retroactive"] == {"valid_from": "2019-09-01", "valid_to": "2019-12-15"}
    assert piece["fields"]["montant"] == {"before": "550.00", "after": "600.00"}


def test_what_was_known_is_answered_alike_after_any_later_publication(sqlite_template: Path, tmp_path: Path) -> None:
    url = copy_sqlite(sqlite_template, tmp_path)
    engine = open_engine(url)
    with writing(engine) as session:
        publish_golden(session)

    def asked(release: int) -> list[dict[str, Any]]:
        made = Golden(create_app(Settings(database_url=url, data_dir=tmp_path), clock=lambda: NOW).test_client())
        return made.price(*GOOD, LATE_DAY, release=release, explain="true")

    before = {release: asked(release) for release in range(1, 18)}
    raised = entry("lettre_cle", "C:medecins-prive-2006", date(2006, 9, 1), lettre="C", valeur="90.00", **DOCTORS_LINE)
    later = datetime(2026, 11, 1, tzinfo=UTC)
    with writing(engine) as session:
        publish_changes(session, [raised], label=None, legal_act="arrete-1961-06", published_at=later)
    engine.dispose()
    assert {release: asked(release) for release in range(1, 18)} == before
    assert asked(18)[2]["unit_price"] == "90.00" != before[17][2]["unit_price"]


def test_answers_are_as_documented(golden: Golden) -> None:
    told = golden.post({"lines": batch(300)}, explain="true")
    assert faults(told, "Tarifications") == []
    late = golden.post({"lines": [LATE_DAY]})
    assert late["lines"][0]["warnings"]
    assert faults(late, "Tarifications") == []


def test_the_documented_fields_of_a_line_are_those_that_are_read() -> None:
    assert list(TarificationLine().fields) == list(READERS)


def test_nothing_of_an_answer_is_kept(golden: Golden) -> None:
    response = golden.client.post("/api/v1/tarifications", json={"lines": [CONSULTATION]})
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


def test_codes_that_look_alike_are_told_apart(golden: Golden) -> None:
    """D708 is an act paid D 12; a presentation is found by any of its codes; case and spaces do not matter."""
    dental = {"kind": "acte", "organisme": "cnss", "secteur": "prive", "as_of": "2015-06-01"}
    told = golden.price(*({**dental, "code": code} for code in ("D708", "d708", " D708 ")))
    assert {answer["unit_price"] for answer in told} == {"210.00"}
    medicine = {"kind": "medicament", "organisme": "cnops", "as_of": "2014-07-01"}
    spelled = golden.price(*({**medicine, "code": code} for code in (GLYAZID, f"0{GLYAZID}", "6118-0001 90462")))
    assert {answer["unit_price"] for answer in spelled} == {"29.70"}
    assert golden.price_one(**medicine, code=EPREX)["unit_price"] == "2374.00"
