"""Exports: what they hold, that spreadsheets cannot run them, and that the catalogue can read them again."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import polars
import pytest
from flask.testing import FlaskClient

from catalog.export_rows import cell
from catalog.exporting import FORMATS
from catalog.importing.profiles.canonical import canonical_profile
from catalog.importing.records import read_records
from catalog.registry import KINDS
from tests.api.catalogue import DEARER, PRINCEPS
from tests.api.conftest import Get

HELD = ("actes-juridiques", "medicaments", "codes-presentations", "groupes-generiques", "avis", "niveaux", "substances")
MEDICINES = "/api/v1/releases/4/export?kind=medicaments&as_of=2014-07-01&format="


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_csv_holds_what_is_in_force_that_day_as_that_release_knew_it(client: FlaskClient) -> None:
    then = client.get("/api/v1/releases/1/export?kind=medicaments&format=csv&as_of=2014-07-01")
    now = client.get("/api/v1/releases/3/export?kind=medicaments&format=csv&as_of=2015-03-01")
    assert {row["nom"]: row["ppv"] for row in rows_of(then.text)}["ERRATUM"] == "120.00"
    assert {row["nom"]: row["ppv"] for row in rows_of(now.text)}["ERRATUM"] == "102.00"
    assert len(rows_of(then.text)) == len(rows_of(now.text)) + 1 == 7


def test_the_columns_are_the_code_the_fields_and_what_a_fact_carries(client: FlaskClient) -> None:
    header = next(csv.reader(io.StringIO(client.get(MEDICINES + "csv").text)))
    fields = KINDS.find("medicament").fields
    assert header == ["code", *fields, "valid_from", "valid_to", "legal_act", "source", "confidence"]


def test_the_file_is_named_by_kind_release_and_day(client: FlaskClient) -> None:
    response = client.get("/api/v1/releases/06-23/export?kind=medicament&format=xlsx&as_of=2014-07-01")
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="medicaments-release-1-06-23-2014-07-01.xlsx"'
    )
    assert int(response.headers["Content-Length"]) == len(response.data)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_text_that_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("format_name", ["csv", "xlsx"])
def test_a_formula_published_as_a_name_stays_a_text(client: FlaskClient, format_name: str) -> None:
    data = client.get(MEDICINES + format_name).data
    if format_name == "csv":
        names = {row["code"]: row["nom"] for row in rows_of(data.decode())}
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(data)).active
        assert sheet is not None
        assert {found.data_type for row in sheet.iter_rows() for found in row if found.value} == {"s"}
        names = {str(row[0].value): str(row[1].value) for row in sheet.iter_rows(min_row=2)}
    assert names[DEARER] == "'=GLIC"
    assert names[PRINCEPS] == "DIAMICRON"


def test_parquet_columns_are_typed_and_exact(client: FlaskClient) -> None:
    table = polars.read_parquet(io.BytesIO(client.get(MEDICINES + "parquet").data))
    row = table.row(by_predicate=polars.col("code") == PRINCEPS, named=True)
    expected = {
        "ppv": Decimal("37.20"),
        "taux_liste": Decimal("0.70"),
        "dci": ["GLICLAZIDE"],
        "admis_remboursement": True,
        "valid_from": date(2014, 6, 9),
        "valid_to": date(2026, 12, 22),
        "pfht": None,
    }
    assert {name: row[name] for name in expected} == expected


def test_parquet_without_its_library_says_what_to_install(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    response = client.get(MEDICINES + "parquet")
    assert response.status_code == 501
    assert "amo-catalog[bulk]" in response.get_json(force=True)["detail"]


@pytest.mark.parametrize("kind", HELD)
@pytest.mark.parametrize("format_name", ["csv", "jsonl", "xlsx"])
def test_the_catalogue_reads_its_exports_again(
    client: FlaskClient, tmp_path: Path, kind: str, format_name: str
) -> None:
    asked = f"/api/v1/releases/4/export?kind={kind}&as_of=2014-07-01&format="
    suffix = "json" if format_name == "jsonl" else format_name
    path = tmp_path / f"export.{suffix}"
    path.write_bytes(client.get(asked + format_name).data)
    read = read_records(path, KINDS.find(kind), canonical_profile(KINDS.find(kind)))
    assert read.errors == []
    told = {record.code: (KINDS.find(kind).dump(dict(record.values)), record) for record in read.records}
    published = [json.loads(line) for line in client.get(asked + "jsonl").text.splitlines()]
    assert len(published) == len(told) > 0
    for row in published:
        values, record = told[row["code"]]
        assert values == {name: row[name] for name in values}
        carried = (record.valid_from, record.valid_to, record.legal_act, record.source, record.confidence)
        days = [date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_to")]
        assert carried == (*days, row["legal_act"], row["source"], row["confidence"])


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_same_question_gives_the_same_bytes(client: FlaskClient, format_name: str) -> None:
    answers = [client.get(MEDICINES + format_name) for _ in range(2)]
    assert len({hashlib.sha256(answer.data).hexdigest() for answer in answers}) == 1
    assert answers[0].headers["ETag"] == answers[1].headers["ETag"]


def test_each_question_has_its_own_tag(client: FlaskClient) -> None:
    asked = [
        f"/api/v1/releases/{n}/export?kind={k}&format={f}&as_of={d}"
        for n in (1, 2)
        for k in ("medicaments", "niveaux")
        for f in FORMATS
        for d in ("2014-07-01", "2015-07-01")
    ]
    assert len({client.head(address).headers["ETag"] for address in asked}) == len(asked) == 32


def test_an_export_the_caller_has_is_not_made_again(client: FlaskClient) -> None:
    tag = client.get(MEDICINES + "csv").headers["ETag"]
    response = client.get(MEDICINES + "csv", headers={"If-None-Match": tag})
    assert (response.status_code, response.data) == (304, b"")


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        ({}, {"kind", "format"}),
        ({"kind": "medicaments", "format": "pdf"}, {"format"}),
        ({"kind": "dragons", "format": "csv"}, {"kind"}),
        ({"kind": "medicaments", "format": "csv", "release": "1"}, {"release"}),
    ],
)
def test_what_cannot_be_exported_is_named(get: Get, asked: dict[str, str], fields: set[str]) -> None:
    assert {fault["field"] for fault in get("/releases/1/export", 400, **asked)["errors"]} == fields
