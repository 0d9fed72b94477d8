"""Exports as workbooks, whose bytes depend on nothing but what they hold."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, BinaryIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.xml.functions import tostring

from catalog.errors import CatalogError
from catalog.export_rows import cells, columns
from catalog.kinds import Kind
from catalog.snapshots.reading import Version

SHEET_ROWS = 1_048_576
_EPOCH = (1980, 1, 1, 0, 0, 0)


class SheetFullError(CatalogError):
    def __init__(self) -> None:
        super().__init__(f"A sheet holds {SHEET_ROWS} rows and there are more: take csv, jsonl or parquet.")


def write_xlsx(kind: Kind, versions: Iterable[Version], target: BinaryIO) -> None:
    """Every cell is text: spreadsheets turn codes that look like numbers into other numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(kind.plural[:31])
    sheet.append(columns(kind))
    for number, version in enumerate(versions, start=2):
        if number > SHEET_ROWS:
            raise SheetFullError
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text) for text in cells(kind, version)])
    with TemporaryFile() as made:
        book.save(made)
        book.properties.created = book.properties.modified = datetime(*_EPOCH)  # noqa: DTZ001
        _repack(made, target, {"docProps/core.xml": tostring(book.properties.to_tree())})


def _repack(made: IO[bytes], target: BinaryIO, replaced: Mapping[str, bytes]) -> None:
    """The same archive without the instants at which its parts were written."""
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type, part.file_size = zipfile.ZIP_DEFLATED, old.getinfo(name).file_size
            with new.open(part, "w") as sink:
                if name in replaced:
                    sink.write(replaced[name])
                else:
                    with old.open(name) as source:
                        shutil.copyfileobj(source, sink)
