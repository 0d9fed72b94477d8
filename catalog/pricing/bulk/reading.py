"""Blocks of a file of lines as frames, with the meaning their rows have one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from operator import attrgetter
from typing import Any

import msgspec
import polars as pl

from catalog.pricing.bulk.meaning import Source
from catalog.pricing.file_blocks import Block, LineFile
from catalog.pricing.file_csv import CsvFile
from catalog.pricing.file_reading import NdjsonFile, ParquetFile, decode_row
from catalog.pricing.line_fields import READERS
from catalog.pricing.lines import BadLine

FIELDS = tuple(READERS)
LONGEST_CELL = 131_072
"""Bytes of a cell from which on only the reader of CSV itself may say whether it is too long."""
_SPACES = "".join(character for character in map(chr, range(0x3001)) if character.isspace())
_COLUMN_TYPES: dict[type, Any] = {str: pl.String, int: pl.Int64, bool: pl.Boolean}
_WHOLE_NUMBERS = range(-(2**63), 2**63)

_Line: Any = msgspec.defstruct("_Line", [(name, Any, None) for name in FIELDS], forbid_unknown_fields=True)
_decode_line = msgspec.json.Decoder(_Line).decode
_values = attrgetter(*FIELDS)


def source_of(file: LineFile) -> Source:
    """The dialect in which a file's values are meant."""
    return _FRAMES[type(file)][0]


def frame_of(file: LineFile, block: Block) -> pl.DataFrame:
    """The lines of a block in columns; ``fault`` and ``raw`` say of a row what columns cannot."""
    return _FRAMES[type(file)][1](file, block)


def csv_frame(file: CsvFile, block: Block) -> pl.DataFrame:
    """Texts in columns: an empty cell is null, and blank rows are left out."""
    frame = _plain_frame(file, block) if isinstance(block.content, bytes) else None
    return _cells_frame(file, block) if frame is None else _without_blanks(frame, file.names)


def _plain_frame(file: CsvFile, block: Block) -> pl.DataFrame | None:
    """The block as a fast reader sees it; None where a row has too many cells, or a cell is very long."""
    try:
        frame = pl.read_csv(
            block.content,
            has_header=False,
            separator=file.separator,
            quote_char=None,
            schema=dict.fromkeys(file.names, pl.String),
            infer_schema=False,
            missing_columns="insert",
            raise_if_empty=False,
        )
    except pl.exceptions.PolarsError:
        return None
    if len(frame) != block.after.row - block.at.row:
        return None
    longest = max((frame[name].str.len_bytes().max() or 0 for name in file.names), default=0)
    return None if longest > LONGEST_CELL else frame  # type: ignore[operator]


def _without_blanks(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    blank = pl.lit(True)
    for name in names:
        found = pl.col(name).is_null() | (pl.col(name).str.strip_chars(_SPACES) == "")
        if not frame.select(found.any()).item():
            return frame
        blank &= found
    return frame.filter(~blank)


def _cells_frame(file: CsvFile, block: Block) -> pl.DataFrame:
    """The block as the reader of CSV sees it, row by row."""
    rows, faults = [], []
    for number, cells in enumerate(file.cells(block), start=block.at.row + 1):
        if not any(map(str.strip, cells)):
            continue
        is_wide = len(cells) > len(file.names)
        rows.append([] if is_wide else cells)
        faults.append(_sentence(file.too_wide(number, cells)) if is_wide else None)
    columns = zip_longest(*rows, fillvalue=None)
    frame = pl.DataFrame({"fault": pl.Series(faults, dtype=pl.String)})
    return frame.with_columns(
        pl.Series(name, column, dtype=pl.String) for name, column in zip(file.names, columns, strict=False)
    )


def _sentence(bad: BadLine) -> str:
    return bad.errors[0].message


def ndjson_frame(file: NdjsonFile, block: Block) -> pl.DataFrame:
    """Values as JSON had them; a row with a value of another type than its column's is told in ``raw``."""
    rows = [
        (number, row) for number, row in enumerate(block.content, start=block.at.row + 1) if row is None or row.strip()
    ]
    texts: dict[int, str] = {}
    faults: dict[int, str] = {}
    try:
        lines = [_decode_line(row) for _, row in rows]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, TypeError):
        lines = [_line(place, number, row, texts, faults) for place, (number, row) in enumerate(rows)]
    columns = dict(zip(FIELDS, zip(*map(_values, lines), strict=True), strict=True)) if lines else {}
    frame: dict[str, pl.Series] = {}
    for name, values in columns.items():
        made = _column(values)
        if made is None:
            continue
        frame[name], odd = made
        for place in odd:
            texts[place] = rows[place][1].decode()
    told = {"raw": texts, "fault": faults}
    beside = {
        name: pl.Series([of.get(place) for place in range(len(rows))], dtype=pl.String)
        for name, of in told.items()
        if of
    }
    return (
        pl.DataFrame({**frame, **beside})
        if frame or beside
        else pl.DataFrame({"id": [None] * len(rows)}, {"id": pl.String})
    )


def _line(place: int, number: int, row: bytes | None, texts: dict[int, str], faults: dict[int, str]) -> Any:
    """The line of a row; one without any value where the row is told otherwise."""
    try:
        if row is not None:
            return _decode_line(row)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    read = decode_row(number, row)
    if isinstance(read, BadLine):
        faults[place] = _sentence(read)
    else:
        assert row is not None
        texts[place] = row.decode()
    return _Line()


def _column(values: Sequence[Any]) -> tuple[pl.Series, list[int]] | None:
    """A column of the type most values have, and the places of others; None where all are null."""
    types = set(map(type, values)) - {type(None)}
    if not types:
        return None
    common = max(types & _COLUMN_TYPES.keys() or {str}, key=lambda one: sum(type(value) is one for value in values))
    odd: list[int] = []
    if types != {common} or common is int:
        odd = [place for place, value in enumerate(values) if value is not None and not _fits(value, common)]
    if odd:
        kept = list(values)
        for place in odd:
            kept[place] = None
        values = kept
    return pl.Series(values, dtype=_COLUMN_TYPES[common]), odd


def _fits(value: Any, common: type) -> bool:
    return type(value) is common and (common is not int or value in _WHOLE_NUMBERS)


def parquet_frame(file: ParquetFile, block: Block) -> pl.DataFrame:
    """The rows as they are."""
    rows: pl.DataFrame = block.content
    return rows


_FRAMES: dict[type, tuple[Source, Callable[[Any, Block], pl.DataFrame]]] = {
    CsvFile: ("csv", csv_frame),
    NdjsonFile: ("ndjson", ndjson_frame),
    ParquetFile: ("parquet", parquet_frame),
}
