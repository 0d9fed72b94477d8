"""A workbook gives its cells as exact text; a hostile one costs a child process and is told in a sentence."""

from __future__ import annotations

import struct
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from catalog.importing.errors import UnreadableFileError
from catalog.importing.sources import read_table
from catalog.importing.table import SourceOptions
from catalog.importing.xlsx_child import cell_text
from catalog.importing.xlsx_scan import column_letters

from .workbooks import NAMESPACE, open_parts, sheet_of, text_cell, write_workbook

MEBIBYTE = 2**20


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Titles, a header in row 3, a data row with every type of cell, and a second sheet."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Liste"
    sheet["A1"] = "Un titre"
    sheet.append([])
    sheet.append(["code", "ppv", "jour", "instant", "admis", "texte"])
    sheet.append([6118000100058, 37.2, date(2014, 6, 9), datetime(2014, 6, 9, 10, 1), True, "é\nè"])
    sheet.append(["6118000100058", 95.0, None, None, False, "37.800000000000004"])
    made.create_sheet("Autre").append(["seul"])
    path = tmp_path / "liste.xlsx"
    made.save(path)
    return path


def test_cells_become_exact_text_under_their_real_row(book: Path) -> None:
    table = read_table(book)
    assert [row.number for row in table.rows] == [1, 3, 4, 5]
    assert table.rows[2].cells == ("6118000100058", "37.2", "2014-06-09", "2014-06-09T10:01:00", "true", "é\nè")
    assert table.rows[3].cells == ("6118000100058", "95", "", "", "false", "37.800000000000004")


def test_a_sheet_left_aside_is_told(book: Path) -> None:
    assert read_table(book).notes == ["Read the sheet 'Liste'; left aside: Autre."]


def test_a_told_sheet_is_read(book: Path) -> None:
    assert [row.cells for row in read_table(book, SourceOptions(sheet="Autre")).rows] == [("seul",)]


def test_a_sheet_that_is_not_there_is_told(book: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"no sheet 'Prix'.*\['Liste', 'Autre'\]"):
        read_table(book, SourceOptions(sheet="Prix"))


@pytest.mark.parametrize(
    ("cell", "text"),
    [(95.0, "95"), (37.2, "37.2"), (0.0, "0"), (58.800000000000004, "58.800000000000004"), (1e300, "1e+300"), ("", "")],
)
def test_a_number_is_written_exactly(cell: object, text: str) -> None:
    assert cell_text(cell) == text


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA"), (16384, "XFD")])
def test_columns_are_named_as_a_person_sees_them(number: int, letters: str) -> None:
    assert column_letters(number) == letters


def test_formulas_errors_and_merges_are_found(tmp_path: Path) -> None:
    rows = (
        f'<row r="1">{text_cell("A1", "code")}</row><row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>'
        '<row r="3"><c r="A3" t="e"><v>#N/A</v></c></row>'
        '</sheetData><mergeCells><mergeCell ref="A4:A6"/><mergeCell ref="A7:C7"/></mergeCells><sheetData>'
    )
    found = read_table(write_workbook(tmp_path / "x.xlsx", rows)).faults
    assert [(fault.row, fault.cell, fault.found) for fault in found] == [
        (2, "A2", "a formula"),
        (3, "A3", "an error value"),
        (4, "A4", "a merge over rows 4 to 6"),
    ]


def test_a_workbook_cut_anywhere_is_refused(book: Path, tmp_path: Path) -> None:
    whole = book.read_bytes()
    cut = tmp_path / "coupe.xlsx"
    for kept in (4, len(whole) // 4, len(whole) // 2, len(whole) - 1):
        cut.write_bytes(whole[:kept])
        with pytest.raises(UnreadableFileError, match="cut short or damaged"):
            read_table(cut)


def test_a_damaged_sheet_is_refused(book: Path) -> None:
    content = bytearray(book.read_bytes())
    with zipfile.ZipFile(book) as archive:
        begins = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 80
    content[begins : begins + 20] = b"\xff" * 20
    book.write_bytes(content)
    with pytest.raises(UnreadableFileError, match="damaged"):
        read_table(book)


def test_an_empty_sheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="holds no row"):
        read_table(write_workbook(tmp_path / "vide.xlsx"))


def test_an_encrypted_workbook_is_refused(book: Path) -> None:
    content = bytearray(book.read_bytes())
    first = content.index(b"PK\x01\x02")
    struct.pack_into("<H", content, first + 8, 1)
    book.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=r"encrypted.*without a password"):
        read_table(book)


def test_declared_entities_are_refused(tmp_path: Path) -> None:
    laughs = f'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>{sheet_of("")}'
    with pytest.raises(UnreadableFileError, match="declares XML entities"):
        read_table(write_workbook(tmp_path / "rire.xlsx", sheet=laughs))


def test_absurd_dimensions_are_refused(tmp_path: Path) -> None:
    rows = f'<row r="1">{text_cell("A1", "code")}</row><row r="1048576">{text_cell("XFD1048576", "x")}</row>'
    with pytest.raises(UnreadableFileError, match="reaches as far as row 1048576, column 16384"):
        read_table(write_workbook(tmp_path / "large.xlsx", rows))


def test_cells_without_reference_are_counted(tmp_path: Path) -> None:
    rows = "<row><c><v>1</v></c><c t='e'><v>#N/A</v></c></row><row><c><f>1</f></c></row>"
    found = read_table(write_workbook(tmp_path / "nu.xlsx", rows)).faults
    assert [fault.cell for fault in found] == ["B1", "A2"]


@pytest.mark.slow
def test_a_workbook_that_would_unpack_to_a_gigabyte_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bombe.xlsx"
    with open_parts(path) as archive, archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
        for _ in range(1100):
            sheet.write(b" " * MEBIBYTE)
    assert path.stat().st_size < 2 * MEBIBYTE
    with pytest.raises(UnreadableFileError, match=r"unpack to 1100 MiB \(xl/worksheets/sheet1.xml\)"):
        read_table(path)


def test_a_bomb_that_understates_its_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "menteur.xlsx"
    size = 40 * MEBIBYTE
    write_workbook(path, sheet=sheet_of(" " * size))
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        real = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(content.replace(struct.pack("<I", real), struct.pack("<I", 1000)))
    with pytest.raises(UnreadableFileError, match="damaged"):
        read_table(path)


@pytest.mark.slow
def test_a_text_repeated_beyond_memory_ends_the_child_only(tmp_path: Path) -> None:
    text = f"<si><t>{'x' * 4 * MEBIBYTE}</t></si>"
    rows = "".join(f'<row r="{number}"><c r="A{number}" t="s"><v>0</v></c></row>' for number in range(1, 5000))
    path = write_workbook(tmp_path / "echo.xlsx", rows, strings=text)
    with pytest.raises(UnreadableFileError, match=r"more memory or time|longer than any list"):
        read_table(path)


def test_a_zip_directory_no_spreadsheet_writes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "doubles.xlsx"
    with open_parts(path) as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", f"<workbook {NAMESPACE}/>")
    with pytest.raises(UnreadableFileError, match="not one a spreadsheet writes"):
        read_table(path)
