"""The XML of a sheet, looked through once before it is loaded: its extent, and the cells that cannot be trusted.

The reader that follows gives an empty text for an error value and for a formula without a stored result, and only the
first cell of a merge: each would be a silent "no price".
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from catalog.importing.errors import UnreadableFileError
from catalog.importing.table import CellFault

MAX_AREA = 20_000_000
"""Cells of the rectangle from A1 to the last cell used; the reader makes room for all of them."""
MAX_FAULTS = 50

_CHUNK = 2**20
_TAG = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(row|c|f|mergeCell)(?=[\s/>])([^>]*)>")
_REFERENCE = re.compile(rb"""\b(?:r|ref)=["']([A-Z]+)?(\d+)?(?::[A-Z]+(\d+))?["']""")
_IS_ERROR = re.compile(rb"""\bt=["']e["']""")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_WIDE_TEXT_MARKS = (b"\xff\xfe", b"\xfe\xff")

_PASTE_VALUES = "Copy the column and paste its values only"


def check_declarations(file: str, archive: zipfile.ZipFile) -> None:
    """Refuse XML that declares entities: no spreadsheet program writes any. Raises UnreadableFileError."""
    for entry in archive.infolist():
        if entry.filename.endswith((".xml", ".rels")):
            for chunk in _chunks(file, archive, entry.filename):
                if _DECLARATION.search(chunk) or chunk.startswith(_WIDE_TEXT_MARKS):
                    raise UnreadableFileError(
                        file,
                        f"its part {entry.filename} declares XML entities",
                        "Do not open it; ask where it comes from",
                    )


@dataclass(slots=True)
class SheetScan:
    """Where a walk through a sheet's tags stands, and what it has met."""

    file: str
    faults: list[CellFault] = field(default_factory=list)
    row: int = 0
    column: int = 0
    last_row: int = 0
    last_column: int = 0

    def read(self, archive: zipfile.ZipFile, part: str) -> None:
        for chunk in _chunks(self.file, archive, part):
            for tag in _TAG.finditer(chunk):
                getattr(self, f"_meet_{tag[1].decode()}")(tag[2])
            if self.last_row * self.last_column > MAX_AREA:
                raise UnreadableFileError(
                    self.file,
                    f"its sheet reaches as far as row {self.last_row}, column {self.last_column}",
                    "Delete the empty rows and columns after the list, and save it again",
                )

    def _meet_row(self, attributes: bytes) -> None:
        found = _REFERENCE.search(attributes)
        self.row = int(found[2]) if found and found[2] else self.row + 1
        self.column = 0

    def _meet_c(self, attributes: bytes) -> None:
        found = _REFERENCE.search(attributes)
        self.column = column_number(found[1]) if found and found[1] else self.column + 1
        self.row = int(found[2]) if found and found[2] else self.row
        self.last_row, self.last_column = max(self.last_row, self.row), max(self.last_column, self.column)
        if _IS_ERROR.search(attributes):
            self._add(self.row, column_letters(self.column), "an error value", "Correct the cell")

    def _meet_f(self, attributes: bytes) -> None:
        self._add(self.row, column_letters(self.column), "a formula", _PASTE_VALUES)

    def _meet_mergeCell(self, attributes: bytes) -> None:  # noqa: N802 - named by the tag
        found = _REFERENCE.search(attributes)
        if found and found[1] and found[2] and found[3] and found[2] != found[3]:
            merged = f"a merge over rows {int(found[2])} to {int(found[3])}"
            self._add(int(found[2]), found[1].decode(), merged, "Split the merged cells and fill each row")

    def _add(self, row: int, letters: str, found: str, remedy: str) -> None:
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(CellFault(row, f"{letters}{row}", found, remedy))


def column_number(letters: bytes) -> int:
    """``AB`` is column 28."""
    number = 0
    for letter in letters[:4]:
        number = number * 26 + letter - 64
    return number


def column_letters(number: int) -> str:
    """``28`` is column ``AB``."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _chunks(file: str, archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part piece by piece, cut before a tag that has not ended. Its checksum is verified on the way."""
    kept = b""
    try:
        with archive.open(part) as source:
            while chunk := source.read(_CHUNK):
                chunk = kept + chunk
                cut = chunk.rfind(b"<")
                whole = cut < 0 or chunk.find(b">", cut) > 0 or len(chunk) - cut > _CHUNK
                yield chunk if whole else chunk[:cut]
                kept = b"" if whole else chunk[cut:]
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, ValueError, zlib.error) as error:
        raise UnreadableFileError(
            file, f"its part {part} is cut short or damaged", "Download or copy it again"
        ) from error
    if kept:
        yield kept
