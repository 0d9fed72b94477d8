"""Blocks of a file of lines, of whole rows: memory stays bounded, and an interrupted run can be taken up again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol

from catalog.errors import InvalidError
from catalog.pricing.answers import FieldError
from catalog.pricing.lines import BadLine

BLOCK_BYTES = 8 << 20
BLOCK_ROWS = 250_000


class PriceFileError(InvalidError):
    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path.name} cannot be priced: {why}")


class Place(NamedTuple):
    """Where a block begins: the bytes (of Parquet, the rows) before it, and the rows by which people count."""

    offset: int = 0
    row: int = 0


class Block(NamedTuple):
    """Whole rows as their format holds them, the place of the first, and that of the block after it."""

    content: Any
    at: Place
    after: Place


class LineFile(Protocol):
    """A file of lines. ``size`` counts what ``Place.offset`` does."""

    @property
    def path(self) -> Path:
        """Where it lies."""

    @property
    def size(self) -> int:
        """Bytes, or rows where rows are counted."""

    def blocks(self, place: Place) -> Iterator[Block]:
        """Its blocks from a place on: the same ones, wherever one begins."""

    def rows(self, block: Block) -> Iterator[object]:
        """The lines of a block as they came, for ``parse_line``; what cannot be read is a BadLine."""


def read_to_line_end(source: BinaryIO, size: int) -> bytes:
    """About so many bytes, to the end of a line; more where a line is longer. Nothing at the end of the file."""
    data = source.read(size)
    while data:
        end = data.rfind(b"\n") + 1 or data.rfind(b"\r", 0, len(data) - 1) + 1
        more = source.read(size if end == 0 else 1)
        if not more:
            break
        if end:
            source.seek(end - len(data) - len(more), 1)
            return data[:end]
        data += more
    return data


def bad_row(number: int, why: str) -> BadLine:
    """The line that stands for a row that cannot be read."""
    return BadLine(None, (FieldError("line", f"Row {number} {why}."),))
