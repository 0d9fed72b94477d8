"""Lines to price from CSV. A row that is too wide is a bad line; what is no CSV, or no UTF-8, refuses the file."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from catalog.pricing.file_blocks import BLOCK_BYTES, Block, Place, PriceFileError, bad_row, read_to_line_end
from catalog.pricing.line_fields import READERS
from catalog.pricing.lines import BadLine, from_cells

if TYPE_CHECKING:
    import _csv

LONGEST_HEADER = 1 << 20
_MARK = b"\xef\xbb\xbf"
_FIRST_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)?")


class CsvFile:
    """UTF-8 with a header, separated by commas or semicolons. Raises PriceFileError."""

    def __init__(self, path: Path, block_bytes: int = BLOCK_BYTES) -> None:
        self.path = path
        self.size = path.stat().st_size
        self._block_bytes = block_bytes
        with path.open("rb") as source:
            beginning = source.read(LONGEST_HEADER)
        start = len(_MARK) if beginning.startswith(_MARK) else 0
        match = _FIRST_LINE.match(beginning, start)
        assert match is not None
        if match.end() == LONGEST_HEADER < self.size:
            raise PriceFileError(path, "its first line does not end: it has no header.")
        self._start = match.end()
        header = self._decoded(match[0], start)
        self.separator = ";" if header.count(";") > header.count(",") else ","
        with self._refusing():
            self.names = [name.strip() for name in next(csv.reader([header], delimiter=self.separator), [])]
        check_columns(path, self.names)

    def blocks(self, place: Place) -> Iterator[Block]:
        """Blocks whose content is bytes where any reader of CSV reads them alike, and rows of cells elsewhere."""
        with self.path.open("rb") as source:
            source.seek(max(self._start, place.offset))
            while data := read_to_line_end(source, self._block_bytes):
                block = self._block(source, data, place)
                yield block
                place = block.after

    def _block(self, source: BinaryIO, data: bytes, at: Place) -> Block:
        start = source.tell() - len(data)
        plain = data.replace(b"\r\n", b"\n")
        if any(mark in plain for mark in (b'"', b"\r", b"\0")):
            cells = self._cells_from(source, data, start)
            return Block(cells, at, Place(source.tell(), at.row + len(cells)))
        self._decoded(data, start)
        rows = plain.count(b"\n") + (not plain.endswith(b"\n"))
        return Block(plain, at, Place(start + len(data), at.row + rows))

    def rows(self, block: Block) -> Iterator[object]:
        """A blank row is passed over, and counted."""
        for number, cells in enumerate(self.cells(block), start=block.at.row + 1):
            if not any(map(str.strip, cells)):
                continue
            if len(cells) > len(self.names):
                yield self.too_wide(number, cells)
            else:
                yield from_cells(dict(zip(self.names, cells, strict=False)))

    def too_wide(self, number: int, cells: Sequence[str]) -> BadLine:
        """The bad line of a row with more cells than there are columns."""
        return bad_row(number, f"has {len(cells)} cells under {len(self.names)} columns")

    def cells(self, block: Block) -> Iterator[list[str]]:
        """The cells of each row, blank ones too."""
        if not isinstance(block.content, bytes):
            yield from block.content
            return
        with self._refusing():
            yield from self._reader(StringIO(block.content.decode(), newline=""))

    def _cells_from(self, source: BinaryIO, data: bytes, start: int) -> list[list[str]]:
        """The rows that begin in ``data``; a cell between quotes may end in a later line, which is read too."""
        lines = self._lines(data, start)

        def fed() -> Iterator[str]:
            number = 0
            while number < len(lines) or (raw := source.readline()):
                if number == len(lines):
                    lines.extend(self._lines(raw, source.tell() - len(raw)))
                yield lines[number]
                number += 1

        reader, rows = self._reader(fed()), []
        with self._refusing():
            while reader.line_num < len(lines):
                rows.append(next(reader))
        return rows

    def _lines(self, data: bytes, start: int) -> list[str]:
        return list(StringIO(self._decoded(data, start), newline=""))

    def _reader(self, lines: Iterable[str]) -> _csv.Reader:
        return csv.reader(lines, delimiter=self.separator, strict=True)

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except csv.Error as error:
            raise PriceFileError(self.path, f"it is not CSV: {error}.") from error

    def _decoded(self, data: bytes, start: int) -> str:
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            at = start + error.start
            raise PriceFileError(self.path, f"it is not UTF-8 at byte {at}; save it as UTF-8.") from error


def check_columns(path: Path, names: Sequence[str]) -> None:
    """A column that is no field of a line refuses the file: nobody knows what it was meant to change."""
    unknown = [name for name in names if name not in READERS]
    if not names:
        raise PriceFileError(path, f"it has no header; its columns are those of a line: {', '.join(READERS)}.")
    if unknown:
        told = ", ".join(repr(name) for name in unknown)
        raise PriceFileError(path, f"a line has no field {told}; its fields are {', '.join(READERS)}.")
    if len(set(names)) < len(names):
        raise PriceFileError(path, "two of its columns have the same name.")
