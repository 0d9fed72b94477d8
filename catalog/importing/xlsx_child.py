"""Reads one workbook in a process of its own, under limits: ``python -m catalog.importing.xlsx_child NAME SHEET``.

The workbook comes on standard input, rows of text go to standard output as JSON. A workbook made to exhaust its
reader then ends this process and nothing else.
"""

from __future__ import annotations

import json
import math
import sys
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import asdict
from datetime import date, datetime
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from catalog.importing.errors import UnreadableFileError
from catalog.importing.limiting import limit_resources
from catalog.importing.xlsx_guard import open_workbook
from catalog.importing.xlsx_scan import SheetScan, check_declarations

MAX_MEMORY = 1536 * 2**20
MAX_CPU_SECONDS = 90
MAX_LETTERS = 128 * 2**20
EXACT_INTEGERS = 2.0**53

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_workbook(file: str, data: bytes, asked: str | None) -> dict[str, Any]:
    """Rows, sheet names and doubtful cells of one sheet: the one asked for, else the first visible one."""
    archive = open_workbook(file, data)
    check_declarations(file, archive)
    workbook = CalamineWorkbook.from_filelike(BytesIO(data))
    sheets = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    if not sheets or asked not in (None, *workbook.sheet_names):
        raise UnreadableFileError(
            file, f"it has no sheet {asked!r}" if sheets else "it has no visible sheet", f"Its sheets are {sheets}"
        )
    name = asked or sheets[0]
    scan = SheetScan(file)
    scan.read(archive, _part_of(archive, name))
    cells = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    rows = _texts(file, cells)
    return {"sheet": name, "sheets": sheets, "rows": rows, "faults": [asdict(fault) for fault in scan.faults]}


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The zip entry that holds a sheet. No part declares entities (checked before), so the stock parser is safe."""
    workbook = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    wanted = next(
        found.get(_RELATION) for found in workbook.iter() if found.get("name") == sheet and found.get(_RELATION)
    )
    target = next(found.get("Target", "") for found in relations if found.get("Id") == wanted)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _texts(file: str, cells: list[list[Any]]) -> list[list[Any]]:
    """``[number, texts]`` of each row that is not blank."""
    rows: list[list[Any]] = []
    letters = 0
    for number, row in enumerate(cells, 1):
        texts = [cell_text(cell) for cell in row]
        letters += sum(map(len, texts))
        if letters > MAX_LETTERS:
            raise UnreadableFileError(file, "its texts are longer than any list's", "Check where it comes from")
        if any(texts):
            rows.append([number, texts])
    return rows


def cell_text(cell: Any) -> str:
    """The exact text of a cell: 95.0 is ``95``, 37.2 is ``37.2``, a date is ``2014-06-09``."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        exact = math.isfinite(cell) and cell.is_integer() and abs(cell) < EXACT_INTEGERS
        return str(int(cell)) if exact else repr(cell)
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | datetime) else str(cell)


def main(file: str, asked: str) -> None:
    """Reads the workbook under limits of its own, and writes what it found as JSON on standard output."""
    limit_resources(MAX_MEMORY, MAX_CPU_SECONDS)
    try:
        answer = read_workbook(file, sys.stdin.buffer.read(), asked or None)
    except UnreadableFileError as error:
        answer = {"found": error.found, "remedy": error.remedy}
    except (CalamineError, ET.ParseError, KeyError, StopIteration, zipfile.BadZipFile) as error:
        answer = {"found": f"the workbook is damaged ({error})", "remedy": "Open it, save it again, and retry"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:3])
