"""Lines to price from NDJSON and Parquet. A row that cannot be read is a bad line, a value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR
from itertools import islice
from pathlib import Path
from typing import IO, Any, BinaryIO

import msgspec

from catalog.export_parquet import FormatUnavailableError
from catalog.pricing.bulk.meaning import as_json
from catalog.pricing.file_blocks import BLOCK_BYTES, BLOCK_ROWS, Block, LineFile, Place, PriceFileError, bad_row
from catalog.pricing.file_csv import CsvFile, check_columns

LONGEST_ROW = 1_000_000
"""Bytes of a JSON row; a longer one is passed over, and told."""

_decoder = msgspec.json.Decoder()


def lines_of(file: LineFile) -> Iterator[object]:
    """All lines of a file, one at a time."""
    for block in file.blocks(Place()):
        yield from file.rows(block)


def read_csv(path: Path) -> Iterator[object]:
    """Rows of a UTF-8 file with a header, separated by commas or semicolons. Raises PriceFileError."""
    return lines_of(CsvFile(path))


class NdjsonFile:
    """One JSON object a row; blank rows are passed over, and counted."""

    def __init__(self, path: Path, block_bytes: int = BLOCK_BYTES) -> None:
        self.path = path
        self.size = path.stat().st_size
        self._block_bytes = block_bytes

    def blocks(self, place: Place) -> Iterator[Block]:
        """Blocks whose content is rows of bytes; None stands for a row that is too long to be held."""
        with self.path.open("rb") as source:
            source.seek(place.offset)
            while rows := self._some_rows(source):
                after = Place(source.tell(), place.row + len(rows))
                yield Block(rows, place, after)
                place = after

    def _some_rows(self, source: BinaryIO) -> list[bytes | None]:
        data = source.read(self._block_bytes)
        is_last = len(data) < self._block_bytes
        end = len(data) if is_last else data.rfind(b"\n") + 1
        if data and end == 0:
            source.seek(-len(data), 1)
            return [row and row.rstrip(b"\n") for row in islice(_short_rows(source), 1)]
        source.seek(end - len(data), 1)
        rows = data[:end].removesuffix(b"\n").split(b"\n") if data else []
        return [row if len(row) <= LONGEST_ROW else None for row in rows]

    def rows(self, block: Block) -> Iterator[object]:
        """Each row as JSON says it."""
        for number, row in enumerate(block.content, start=block.at.row + 1):
            if row is None or row.strip():
                yield decode_row(number, row)


def decode_row(number: int, row: bytes | None) -> object:
    """What a row says, or the bad line that stands for it; None is one that is too long."""
    if row is None:
        return bad_row(number, f"is longer than {LONGEST_ROW} bytes")
    try:
        return _decoder.decode(row)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return bad_row(number, f"is not JSON: {error}")


def ndjson_rows(source: IO[bytes]) -> Iterator[object]:
    """The rows of a stream of NDJSON; one that is no JSON is a bad line."""
    for number, row in enumerate(_short_rows(source), start=1):
        if row is None or row.strip():
            yield decode_row(number, row)


def _short_rows(source: IO[bytes]) -> Iterator[bytes | None]:
    """Each row, or None for one that is too long to be held."""
    while row := source.readline(LONGEST_ROW + 1):
        if len(row) <= LONGEST_ROW or row.endswith(b"\n"):
            yield row
            continue
        while rest := source.readline(LONGEST_ROW + 1):
            if rest.endswith(b"\n"):
                break
        yield None


class ParquetFile:
    """Rows of a Parquet file; ``billed`` may be a decimal or a text, never a float.

    Raises PriceFileError, FormatUnavailableError.
    """

    def __init__(self, path: Path, block_rows: int = BLOCK_ROWS) -> None:
        try:
            import polars
        except ImportError:
            raise FormatUnavailableError("parquet", "bulk") from None
        self.path = path
        self._block_rows = block_rows
        self._unreadable = polars.exceptions.PolarsError
        self._dated = (polars.Date, polars.Datetime)
        try:
            self._lines = polars.scan_parquet(path)
            check_columns(path, self._lines.collect_schema().names())
            self.size = int(self._lines.select(polars.len()).collect().item())
        except self._unreadable as error:
            raise self._refused(error) from error

    def blocks(self, place: Place) -> Iterator[Block]:
        """Blocks whose content is a frame: slices, so that one large row group is never held whole."""
        while place.offset < self.size:
            try:
                rows = self._lines.slice(place.offset, self._block_rows).collect()
            except self._unreadable as error:
                raise self._refused(error) from error
            self._check_days(rows)
            after = Place(place.offset + len(rows), place.row + len(rows))
            yield Block(rows, place, after)
            place = after

    def _check_days(self, rows: Any) -> None:
        """A day that no calendar of ours has would be told by nobody."""
        for column in (column for column in rows if isinstance(column.dtype, self._dated)):
            years = column.dt.year().drop_nulls()
            if len(years) and (years.min() < MINYEAR or years.max() > MAXYEAR):
                why = f"its column {column.name} holds a day outside the years {MINYEAR} to {MAXYEAR}."
                raise PriceFileError(self.path, why)

    def rows(self, block: Block) -> Iterator[object]:
        """Each row as the JSON object it stands for."""
        return (from_typed(row) for row in block.content.iter_rows(named=True))

    def _refused(self, error: Exception) -> PriceFileError:
        return PriceFileError(self.path, f"it is not Parquet that can be read ({type(error).__name__}).")


def from_typed(row: dict[str, Any]) -> dict[str, Any]:
    """A typed row as the JSON object it stands for."""
    return {name: as_json(value) for name, value in row.items() if value is not None}
