"""What leaves a list as a file: what the list holds, in its order, and never a formula."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest

from admin.entries.address import Address
from admin.entries.asking import read_question
from admin.entries.exporting import versions
from catalog.exporting import find_format
from catalog.registry import KINDS
from tests.admin.desk import Desk, Editor
from tests.api.catalogue import DEARER, PRINCEPS, TODAY
from tests.unit.gmr.builders import fact, snapshot

EXPORT = "/admin/fiches/medicaments/export"
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")')
MEDICAMENT = KINDS.find("medicament")


@pytest.fixture
def reader(shared_desk: Desk) -> Editor:
    return shared_desk.as_("lecteur")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_an_export_holds_the_list_as_filtered_and_sorted(reader: Editor) -> None:
    asked = "f.princeps_generique=G&f.princeps_generique=P&sort=-ppv&size=25&page=1"
    page = reader.get(f"/admin/fiches/medicaments/?{asked}", 200).text
    exported = [row["code"] for row in rows(reader.get(f"{EXPORT}/csv?{asked}", 200).text)]
    assert exported == sorted(exported, key=lambda code: page.index(f'data-code="{code}"'))
    assert len(exported) == page.count("<tr data-code=")


def test_its_name_tells_release_day_and_that_it_is_a_part(reader: Editor) -> None:
    told = reader.get(f"{EXPORT}/csv?as_of=2014-07-01&release=1&q=diam", 200).headers["Content-Disposition"]
    assert told == 'attachment; filename="medicaments-release-1-06-23-2014-07-01-filtre.csv"'
    whole = reader.get(f"{EXPORT}/jsonl?as_of=2014-07-01&release=1", 200).headers["Content-Disposition"]
    assert whole == 'attachment; filename="medicaments-release-1-06-23-2014-07-01.jsonl"'


def test_a_name_that_begins_as_a_formula_is_made_harmless(reader: Editor) -> None:
    (row,) = rows(reader.get(f"{EXPORT}/csv?q={DEARER}", 200).text)
    assert row["nom"] == "'=GLIC"


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("format_name", ["csv", "xlsx"])
def test_no_cell_of_a_spreadsheet_begins_as_a_formula(name: str, format_name: str) -> None:
    held = snapshot([fact("medicament", PRINCEPS, nom=name, laboratoire=name, dci=[name], numero_amm=name)])
    question = read_question(MEDICAMENT, held, TODAY, Address())
    target = io.BytesIO()
    find_format(format_name).write(MEDICAMENT, versions(held, question), target)
    assert [
        cell for row in cells_of(format_name, target.getvalue()) for cell in row if cell[:1] in "=+-@\t\r" and cell
    ] == []


def cells_of(format_name: str, data: bytes) -> list[list[str]]:
    if format_name == "csv":
        return list(csv.reader(io.StringIO(data.decode())))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]


def test_every_format_tells_the_same_entries(reader: Editor) -> None:
    asked = "?sort=-ppv&f.ppv.vide=non"
    by_csv = [row["code"] for row in rows(reader.get(f"{EXPORT}/csv{asked}", 200).text)]
    lines = reader.get(f"{EXPORT}/jsonl{asked}", 200).text.splitlines()
    book = reader.get(f"{EXPORT}/xlsx{asked}", 200).data
    assert [json.loads(line)["code"] for line in lines] == by_csv
    assert [row[0] for row in cells_of("xlsx", book)[1:]] == by_csv


def test_an_unknown_format_is_refused(reader: Editor) -> None:
    reader.get(f"{EXPORT}/pdf", 400)


def test_an_export_asked_badly_is_refused_and_not_cut(reader: Editor) -> None:
    assert "f.ppv.min" in reader.get(f"{EXPORT}/csv?f.ppv.min=x", 400).text
