"""The catalogue reads its own format back: what is exported is what is imported."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalog.fields import LIST_SEPARATOR
from catalog.importing.errors import ShapeError
from catalog.importing.record import RecordSet
from catalog.importing.records import read_records
from catalog.registry import KINDS

from .conftest import WriteFile

MEDICAMENTS = KINDS.find("medicaments")

PAYLOAD: dict[str, Any] = {
    "nom": "DIAMICRON",
    "dci": ["GLICLAZIDE", "X"],
    "dosages": ["80", ""],
    "ppv": "37.20",
    "pbr": None,
    "tva": "0.07",
    "admis_remboursement": True,
    "retire": False,
    "princeps_generique": "P",
}


def read(path: Path) -> RecordSet:
    return read_records(path, MEDICAMENTS)


def as_cell(value: Any) -> str:
    if isinstance(value, list):
        return LIST_SEPARATOR.join(value)
    return {None: "", True: "true", False: "false"}.get(value, str(value)) if not isinstance(value, str) else value


def test_an_exported_payload_comes_back_the_same(tmp_path: Path) -> None:
    typed = MEDICAMENTS.load("6118000100058", PAYLOAD)
    path = tmp_path / "export.csv"
    with path.open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(["code", *typed])
        writer.writerow(["6118000100058", *(as_cell(value) for value in MEDICAMENTS.dump(typed).values())])
    found = read(path)
    assert found.profile.name == "canonique-medicaments"
    assert found.records[0].values == typed


def test_columns_that_are_absent_are_left_untouched_and_blank_ones_are_null(write: WriteFile) -> None:
    (record,) = read(write("l.csv", "code,nom,ppv", "6118000100058,A,")).records
    assert record.values == {"nom": "A", "ppv": None}


def test_a_record_may_carry_its_own_period_act_source_and_confidence(write: WriteFile) -> None:
    header = "code,nom,valid_from,valid_to,legal_act,source,confidence,op"
    rows = (
        "6118000100058,A,2014-06-09,2015-01-01,Arrete-1,S:8,H,",
        "6118000100058,,2015-01-01,,,,,void",
    )
    first, second = read(write("l.csv", header, *rows)).records
    assert (first.valid_from, first.valid_to, first.op) == (date(2014, 6, 9), date(2015, 1, 1), "set")
    assert (first.legal_act, first.source, first.confidence) == ("arrete-1", "S:8", "H")
    assert (second.op, second.valid_to, dict(second.values)) == ("void", None, {})


@pytest.mark.parametrize(
    ("header", "row", "rule", "field"),
    [
        ("code,nom,ppv", '6118000100058,A,"37,20"', "AmountUnreadable", "ppv"),
        ("code,nom,ppv", "6118000100058,A,37.205", "AmountUnreadable", "ppv"),
        ("code,nom,tva", "6118000100058,A,7%", "FieldInvalid", "tva"),
        ("code,nom,valid_from", "6118000100058,A,09/06/2014", "FieldInvalid", "valid_from"),
        ("code,nom,valid_from", "6118000100058,A,2014-02-30", "FieldInvalid", "valid_from"),
        ("code,nom,confidence", "6118000100058,A,X", "FieldInvalid", "confidence"),
        ("code,nom,op", "6118000100058,A,delete", "FieldInvalid", "op"),
        ("code,nom,legal_act", "6118000100058,A,é", "FieldInvalid", "legal_act"),
        ("code,nom,princeps_generique", "6118000100058,A,Q", "FieldInvalid", "princeps_generique"),
        ("code,valid_from,valid_to,nom", "6118000100058,2015-01-01,2015-01-01,A", "PeriodInvalid", "valid_to"),
    ],
)
def test_what_the_catalogue_would_not_write_is_refused(
    write: WriteFile, header: str, row: str, rule: str, field: str
) -> None:
    found = read(write("l.csv", header, row))
    assert [(violation.rule, violation.field) for violation in found.errors] == [(rule, field)]
    assert not found.records


def test_an_unknown_column_is_an_error(write: WriteFile) -> None:
    path = write("l.csv", "code,nom,prix", "6118000100058,A,9")
    with pytest.raises(ShapeError, match="unknown columns prix"):
        read_records(path, MEDICAMENTS, "canonique-medicaments")


def test_periods_of_one_code_follow_each_other_and_may_not_overlap(write: WriteFile) -> None:
    header = "code,nom,valid_from,valid_to"
    rows = ("6118000100058,A,2014-06-09,2015-01-01", "6118000100058,B,2015-01-01,")
    assert len(read(write("l.csv", header, *rows)).records) == 2
    found = read(write("m.csv", header, rows[0], "6118000100058,B,2014-12-31,"))
    assert [violation.rule for violation in found.errors] == ["TwoValuesForOneCode"]
    assert "overlap from 2014-12-31" in found.errors[0].message


def test_the_guard_an_export_puts_before_a_formula_is_taken_off(write: WriteFile) -> None:
    rows = ("6118000100058,'=HYPERLINK(1)", "6118000100065,'A")
    assert [record.values["nom"] for record in read(write("l.csv", "code,nom", *rows)).records] == [
        "=HYPERLINK(1)",
        "'A",
    ]


def test_zero_is_no_price_in_the_catalogues_own_format_and_is_not_guessed_away(write: WriteFile) -> None:
    (violation,) = read(write("l.csv", "code,nom,ppv", "6118000100058,A,0.00")).violations
    assert (violation.rule, violation.field) == ("AmountUnreadable", "ppv")
    assert "an empty cell" in violation.message
