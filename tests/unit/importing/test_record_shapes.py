"""Files of odd or unknown shape: rows cut or wide, no header, several profiles, companions, progress."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from catalog.importing import detection
from catalog.importing.errors import ShapeError, UnreadableFileError
from catalog.importing.plugins import CONVERTERS
from catalog.importing.records import read_records
from catalog.registry import KINDS

from .conftest import WriteFile
from .reading import MEDICAMENTS, SIMPLE, profile_of, read, rules, values
from .workbooks import text_cell, write_workbook


def test_a_row_wider_than_its_header_is_refused(write: WriteFile) -> None:
    found = read(write("l.csv", "CODE;NOM;PPV", "6118000100058;A;B;9", "6118000100065;B;8;", "6118000100072;C;7"))
    assert rules(found) == [("RowTooLong", 2)]
    assert [record.code for record in found.records] == ["6118000100065", "6118000100072"]


def test_a_row_that_is_cut_is_refused_unless_the_profile_allows_it(write: WriteFile) -> None:
    path = write("l.csv", "CODE;NOM;PPV", "6118000100058;A", "6118000100065;B;8")
    assert rules(read(path)) == [("RowTooShort", 2)]
    lenient = profile_of("code = 'CODE'\nnom = 'NOM'\nppv = 'PPV'", tables="[format]\nshort_rows = true")
    assert values(read(path, lenient))[0] == {"nom": "A", "ppv": None}


def test_cells_too_many_may_belong_to_the_last_column(write: WriteFile) -> None:
    profile = profile_of("code = 'c'\nnom = 'n'", tables="[format]\ncolumns = ['c', 'n']\noverflow = 'last'")
    assert values(read(write("l.txt", "6118000100058|a|b|c"), profile)) == [{"nom": "a b c"}]


def test_a_file_without_header_is_known_by_its_name_width_and_cells(write: WriteFile) -> None:
    row = "1\tGROUPE\t60002283\t0\t1\t"
    assert read(write("CIS_GENER_bdpm.txt", row), None, KINDS.find("groupes-generiques")).profile.name == "bdpm-groupes"
    for name, line in (("autre.txt", row), ("CIS_GENER_bdpm.txt", row[:-2]), ("CIS_GENER_bdpm.txt", "x" + row)):
        with pytest.raises(ShapeError, match="fits no import profile"):
            read(write(name, line), None, KINDS.find("groupes-generiques"))


def test_a_file_of_no_known_shape_is_told_its_columns_and_the_profiles(write: WriteFile) -> None:
    with pytest.raises(ShapeError) as refused:
        read(write("l.csv", "CODE;NOM;TARIF", "1;A;9"), None)
    said = str(refused.value)
    assert "Its columns: CODE, NOM, TARIF." in said
    assert "cnops-2014" in said
    assert "canonique-medicaments: unknown columns tarif" in said
    assert "docs/import-profiles.md" in said


def test_a_profile_that_does_not_fit_says_what_is_missing(write: WriteFile) -> None:
    with pytest.raises(ShapeError, match=r"not what the profile essai reads: it lacks NOM, PPV\. Its columns: CODE, x"):
        read(write("l.csv", "CODE;x", "1;A"))


def test_a_header_without_rows_is_refused(write: WriteFile) -> None:
    with pytest.raises(UnreadableFileError, match="a header and not one row"):
        read(write("l.csv", "CODE;NOM;PPV"))


def test_a_doubled_column_is_refused_where_it_is_read(write: WriteFile) -> None:
    with pytest.raises(UnreadableFileError, match=r"header \(row 1\) names PPV twice"):
        read(write("l.csv", "CODE;NOM;PPV;Ppv", "6118000100058;A;9;8"))
    assert len(read(write("m.csv", "CODE;NOM;PPV;x;x", "6118000100058;A;9;8;7")).records) == 1


def test_a_formula_below_the_header_is_an_error_and_one_above_is_not(tmp_path: Path) -> None:
    formula = '<c r="{0}"><f>1</f><v>9</v></c>'
    rows = (
        f'<row r="1">{formula.format("A1")}</row>'
        f'<row r="2">{text_cell("A2", "CODE")}{text_cell("B2", "NOM")}{text_cell("C2", "PPV")}</row>'
        f'<row r="3">{text_cell("A3", "6118000100058")}{text_cell("B3", "A")}{formula.format("C3")}</row>'
    )
    (violation,) = read(write_workbook(tmp_path / "l.xlsx", rows)).violations
    assert (violation.rule, violation.row, violation.column) == ("DoubtfulCell", 3, "C3")
    assert "a formula" in violation.message


def test_the_day_of_effect_may_come_from_the_folder(write: WriteFile) -> None:
    head = "effective_from_path = '\\d{4}-\\d{2}-\\d{2}'"
    profile = profile_of("code = 'CODE'\nnom = 'NOM'", head=head)
    for folder, day in (("2016-07-18", date(2016, 7, 18)), ("2016-13-40", None), ("sans", None)):
        assert read(write(f"{folder}/l.csv", "CODE;NOM", "6118000100058;A"), profile).effective == day


def test_progress_begins_without_a_total_and_ends_with_it(write: WriteFile) -> None:
    told: list[tuple[int, int | None]] = []
    path = write("l.csv", "CODE;NOM;PPV", *(f"{6118000000000 + number};A;9" for number in range(1200)))
    read_records(path, MEDICAMENTS, SIMPLE, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, None), (0, 1200), (500, 1200), (1000, 1200), (1200, 1200)]


def test_a_companion_may_have_a_header_and_be_packed(write: WriteFile, tmp_path: Path) -> None:
    (tmp_path / "labos.csv.gz").write_bytes(gzip.compress(b"cis;titulaire\n10;PFIZER\n"))
    lookup = "[[lookup]]\nname = 'labo'\nfile = 'labos.csv'\nkey = 'cis'\non = 'cis'\nmissing = 'blank'"
    profile = profile_of("code = 'code'\nlaboratoire = 'labo.titulaire'", tables=lookup)
    found = read(write("l.csv", "cis;code", "10;6118000100058", "20;6118000100065"), profile)
    assert [record.values["laboratoire"] for record in found.records] == ["PFIZER", None]
    assert found.violations == []


def test_a_file_that_fits_several_profiles_is_not_guessed(write: WriteFile, monkeypatch: pytest.MonkeyPatch) -> None:
    other = profile_of("code = 'CODE'", head="name = 'autre'")
    monkeypatch.setattr(detection, "profiles_for", lambda kind: (SIMPLE, other))
    with pytest.raises(ShapeError, match=r"fits several import profiles: essai, autre\. Choose one with --profile"):
        read(write("l.csv", "CODE;NOM;PPV", "6118000100058;A;9"), None)


def test_further_headers_and_patterns_tell_sources_apart(write: WriteFile, monkeypatch: pytest.MonkeyPatch) -> None:
    detect = "[detect]\nheaders = ['SECTEUR']\npatterns = { CODE = '6118\\d+' }"
    monkeypatch.setattr(detection, "profiles_for", lambda kind: (profile_of("code = 'CODE'", tables=detect),))
    assert read(write("a.csv", "CODE;Secteur", "6118000100058;A"), None).records
    for header, row in (("CODE;x", "6118000100058;A"), ("CODE;SECTEUR", "3400949497294;A")):
        with pytest.raises(ShapeError):
            read(write("b.csv", header, row), None)


def test_a_family_may_add_a_converter(write: WriteFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CONVERTERS, "reversed", lambda rule, told: lambda text: text[::-1])
    profile = profile_of("code = 'CODE'\nnom = { column = 'NOM', as = 'reversed' }")
    assert values(read(write("l.csv", "CODE;NOM", "6118000100058;abc"), profile)) == [{"nom": "cba"}]
