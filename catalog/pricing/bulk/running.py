"""Prices the blocks of a file in columns, reading the next block while one is priced and another written."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from catalog.pricing.bulk.engine import BulkPricer
from catalog.pricing.bulk.reading import frame_of, source_of
from catalog.pricing.bulk.writing import WRITERS
from catalog.pricing.file_blocks import Block, LineFile

if TYPE_CHECKING:
    from catalog.pricing.files import Asked, Piece

T = TypeVar("T")
_END: Any = object()


def pieces_in_columns(asked: Asked, lines: LineFile, blocks: Iterator[Block], target: Path) -> Iterator[Piece]:
    """The answers to each block, as the target's format writes them. At most a few blocks are held at a time."""
    from catalog.pricing.files import Piece

    write = WRITERS[target.suffix.lower()]
    pricer = BulkPricer(asked.snapshot, asked.release, asked.as_of, source=source_of(lines))
    frames = ((block.after, frame_of(lines, block)) for block in blocks)
    priced = ((after, pricer.price(frame)) for after, frame in ahead(frames))
    return ahead(Piece(write(answers), after, answers.statuses) for after, answers in priced)


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items, each made by a thread while the one before it is used."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, items, _END)
        while (item := coming.result()) is not _END:
            coming = pool.submit(next, items, _END)
            yield item
