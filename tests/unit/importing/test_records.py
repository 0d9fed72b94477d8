"""From a file to judged records: what is kept, what is reported, and how each fault is told."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.validation import Severity

from .conftest import WriteFile
from .reading import ACEPRIL, AVIS, CNSS, profile_of, read, rules, values


def test_values_are_typed_and_only_those_the_file_speaks_of(write: WriteFile) -> None:
    found = read(write("l.csv", "CODE;NOM;PPV", "611 8000 100058;DIAMICRON;37,20"))
    (record,) = found.records
    assert (record.row, record.code) == (2, "6118000100058")
    assert record.values == {"nom": "DIAMICRON", "ppv": 3720}
    assert record.raw == {"CODE": "611 8000 100058", "NOM": "DIAMICRON", "PPV": "37,20"}
    assert found.counts == {"rows": 1, "records": 1}


def test_titles_before_the_header_are_passed_over_and_rows_keep_their_numbers(write: WriteFile) -> None:
    path = write("l.csv", "Un titre;;", ";;", "Code;Nom ;  ppv", "6118000100058;A;9", "", "6118000100065;B;8")
    assert [record.row for record in read(path).records] == [4, 6]


def test_columns_are_found_whatever_their_order_case_and_accents(write: WriteFile) -> None:
    profile = profile_of("code = 'Dénomination code'\nnom = 'P: Princeps G : Generique'")
    path = write("l.csv", 'reste;"P: PRINCEPS', 'G : Générique";DENOMINATION  CODE', "x;A;6118000100058")
    assert values(read(path, profile)) == [{"nom": "A"}]


@pytest.mark.parametrize("code", ["6,118E+12", "6.118E+12", "6.11800010006e+12"])
def test_a_destroyed_code_is_recognised(write: WriteFile, code: str) -> None:
    (violation,) = read(write("l.csv", "CODE;NOM;PPV", f"{code};A;9")).violations
    assert (violation.rule, violation.row, violation.column, violation.value) == ("CodeDestroyed", 2, "CODE", code)
    assert "formatted as text" in violation.remedy


def test_a_code_that_went_through_a_float_is_whole(write: WriteFile) -> None:
    assert read(write("l.csv", "CODE;NOM;PPV", "6118000170143.0;A;9")).records[0].code == "6118000170143"


@pytest.mark.parametrize(
    ("row", "rule", "field", "said"),
    [
        ("61180;A;9", "CodeUnreadable", "code", "a GTIN has 8, 12, 13 or 14 digits"),
        (";A;9", "MissingCode", "code", "has no code"),
        ("6118000100058;;9", "MissingField", "nom", "Nom de spécialité"),
        ("6118000100058;A;neuf", "AmountUnreadable", "ppv", "'neuf' cannot be read as an amount"),
        ("6118000100058;A;1.200", "AmountUnreadable", "ppv", "thousands or decimals"),
        ("6118000100058;A;9,999", "AmountUnreadable", "ppv", "thousands or decimals"),
        ("6118000100058;A;9,9999", "AmountUnreadable", "ppv", "more than two decimals"),
    ],
)
def test_a_bad_cell_is_a_violation_with_its_place(write: WriteFile, row: str, rule: str, field: str, said: str) -> None:
    found = read(write("l.csv", "CODE;NOM;PPV", row, "6118000100065;B;8"))
    (violation,) = found.violations
    assert (violation.rule, violation.field, violation.row, violation.severity) == (rule, field, 2, Severity.ERROR)
    assert violation.column in ("CODE", "NOM", "PPV", "code")
    assert said in violation.message
    assert violation.remedy
    assert [record.code for record in found.records] == ["6118000100065"]
    assert found.counts["refused_rows"] == 1


def test_every_bad_cell_of_a_row_is_told(write: WriteFile) -> None:
    found = read(write("l.csv", "CODE;NOM;PPV", "x;;neuf"))
    assert [violation.rule for violation in found.violations] == ["CodeUnreadable", "MissingField", "AmountUnreadable"]


@pytest.mark.parametrize(
    ("cell", "day"),
    [("09/06/2014", date(2014, 6, 9)), ("2014-06-09", date(2014, 6, 9)), ("", None)],
)
def test_a_date_is_read_in_the_format_told(write: WriteFile, cell: str, day: date | None) -> None:
    profile = profile_of(
        "code = 'C'\ntype_demande = 'T'\ndate_avis = { column = 'D', format = 'DD/MM/YYYY' }", kind="avis"
    )
    assert values(read(write("l.csv", "C;T;D", f"X-1;RETRAIT;{cell}"), profile, AVIS))[0]["date_avis"] == day


@pytest.mark.parametrize("cell", ["31/02/2014", "9/6/2014", "06-09-2014", "41799", "juin 2014", "00/00/0000"])
def test_a_date_that_is_no_date_is_refused(write: WriteFile, cell: str) -> None:
    profile = profile_of("code = 'C'\nvalid_from = { column = 'D', format = 'DD/MM/YYYY' }")
    (violation,) = read(write("l.csv", "C;D", f"6118000100058;{cell}"), profile).violations
    assert (violation.rule, violation.field, violation.value) == ("FieldInvalid", "valid_from", cell)
    assert "not a date that can be read: write a day written DD/MM/YYYY" in violation.message


def test_a_text_outside_a_map_is_refused_with_what_was_expected(write: WriteFile) -> None:
    profile = profile_of("code = 'C'\nadmis_remboursement = { column = 'T', map = { '70%' = true, '0%' = false } }")
    found = read(write("l.csv", "C;T", "6118000100058;70%", "6118000100065;0%", "6118000100072;80%"), profile)
    assert values(found) == [{"admis_remboursement": True}, {"admis_remboursement": False}]
    assert "'80%' is none of 70%, 0%" in found.violations[0].message


def test_an_exact_duplicate_is_dropped_with_a_warning(write: WriteFile) -> None:
    found = read(write("l.csv", "CODE;NOM;PPV", *["6118000100058;A;9"] * 3))
    assert rules(found) == [("DuplicateRow", 3), ("DuplicateRow", 4)]
    assert len(found.records) == 1
    assert not found.errors


def test_two_prices_for_one_code_are_an_error_that_shows_both(write: WriteFile) -> None:
    found = read(write("l.csv", "CODE;NOM;PPV", "6118000100058;A;9,10", "6118000100058;A;9,20"))
    (violation,) = found.errors
    assert (violation.rule, violation.field, violation.code) == ("TwoValuesForOneCode", "ppv", "6118000100058")
    assert "(ppv: 9.10 in row 2, 9.20 in row 3)" in violation.message


def test_rows_of_one_code_make_one_entry_where_the_profile_says_so(write: WriteFile) -> None:
    rows = [
        ACEPRIL.format(dci=dci, dosage=dosage, ppv="118.00")
        for dci, dosage in (("INDAPAMIDE", " 1.25"), ("PERINDOPRIL", "4 "))
    ]
    found = read(write("cnss.csv", CNSS, *rows), None)
    assert found.profile.name == "cnss-2026"
    (record,) = found.records
    assert record.values["dci"] == ("INDAPAMIDE", "PERINDOPRIL")
    assert record.values["dosages"] == ("1.25", "4")
    assert record.values["unites"] == ("MG", "MG")
    assert "princeps_generique" not in record.values
    assert found.counts["merged_rows"] == 1


def test_rows_of_one_code_that_contradict_each_other_are_not_merged(write: WriteFile) -> None:
    rows = [ACEPRIL.format(dci="A", dosage="1", ppv="118.00"), ACEPRIL.format(dci="B", dosage="2", ppv="119.00")]
    assert rules(read(write("cnss.csv", CNSS, *rows), None)) == [("TwoValuesForOneCode", 3)]


def test_a_repeated_row_is_not_merged_with_itself(write: WriteFile) -> None:
    row = ACEPRIL.format(dci="A", dosage="1", ppv="118.00")
    found = read(write("cnss.csv", CNSS, row, row), None)
    assert rules(found) == [("DuplicateRow", 3)]
    assert found.records[0].values["dci"] == ("A",)


def test_a_blank_in_a_merged_list_holds_its_place(write: WriteFile) -> None:
    rows = [ACEPRIL.format(dci=dci, dosage=dosage, ppv="118.00") for dci, dosage in (("A", ""), ("B", "2"))]
    assert values(read(write("cnss.csv", CNSS, *rows), None))[0]["dosages"] == ("", "2")
