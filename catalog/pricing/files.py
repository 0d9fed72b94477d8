"""Prices a file of lines into a file of answers: the same answers as the API, in the same order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from catalog.errors import CatalogError, InvalidError
from catalog.pricing import parquet_joining
from catalog.pricing.file_blocks import BLOCK_BYTES, BLOCK_ROWS, Block, LineFile, Place, PriceFileError
from catalog.pricing.file_csv import CsvFile
from catalog.pricing.file_reading import NdjsonFile, ParquetFile
from catalog.pricing.file_resuming import Done, PartFile, task_of
from catalog.pricing.file_writing import CSV_HEADER, csv_rows, ndjson_rows, parquet_file
from catalog.pricing.tarification import Tarification
from catalog.releases.telling import Told
from catalog.snapshots.reading import Snapshot

FEW_BYTES, FEW_ROWS = 3 << 20, 20_000
"""What a file may hold for its lines to be priced one by one: columns pay off beyond."""
ROW_BLOCKS = 8
"""Answers one by one take that much more memory than in columns, and so many times smaller blocks."""


class UnknownFileFormatError(InvalidError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name!r} names no format that can be priced: end it in {', '.join(FORMATS)}.")


@dataclass(frozen=True, slots=True)
class FileFormat:
    """How a file of lines is opened, in blocks of a size, and how answers are written.

    ``few`` is the size up to which lines are priced one by one; ``start`` is what every file of answers begins with.
    """

    open: Callable[[Path, int], LineFile]
    block: int
    few: int
    encode: Callable[[Iterable[Told]], bytes]
    start: bytes
    is_joined: bool = False


_NDJSON = FileFormat(NdjsonFile, BLOCK_BYTES, FEW_BYTES, ndjson_rows, b"")
FORMATS = {
    ".csv": FileFormat(CsvFile, BLOCK_BYTES, FEW_BYTES, csv_rows, CSV_HEADER),
    ".ndjson": _NDJSON,
    ".jsonl": _NDJSON,
    ".parquet": FileFormat(ParquetFile, BLOCK_ROWS, FEW_ROWS, parquet_file, parquet_joining.MAGIC, is_joined=True),
}


class Asked(NamedTuple):
    """What is priced: as known at a release, and the day of care of lines that name none."""

    snapshot: Snapshot
    release: int
    as_of: date | None = None
    explain: bool = False


class Piece(NamedTuple):
    """The answers to a block, as their format writes them."""

    data: bytes
    after: Place
    statuses: Counter[str]


def find_format(path: Path) -> FileFormat:
    """The format that a file's name ends in. Raises UnknownFileFormatError."""
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        raise UnknownFileFormatError(path)
    return found


def price_rows(
    snapshot: Snapshot,
    rows: Iterable[object],
    release: int,
    default_as_of: date | None = None,
    *,
    explain: bool = False,
) -> Iterator[Told]:
    """The answers to rows, one by one; memory does not grow with their number."""
    tarification = Tarification(snapshot, release, explain=explain)
    return (tarification.tell(raw, default_as_of) for raw in rows)


def price_file(
    snapshot: Snapshot,
    source: Path,
    target: Path,
    release: int,
    default_as_of: date | None = None,
    *,
    explain: bool = False,
    resume: bool = False,
    progress: Callable[[Done, int], None] = lambda done, size: None,
    in_columns: bool | None = None,
    block: int | None = None,
) -> Counter[str]:
    """Prices a file; answers how many lines had each status. ``explain`` shows in NDJSON alone.

    The target appears whole or not at all; what an interruption leaves beside it, ``resume`` goes on with.
    Large files are priced in columns where the libraries for that are there, or where ``in_columns`` says so, in blocks
    of so many bytes (of Parquet, rows). Raises UnknownFileFormatError, PriceFileError, FormatUnavailableError,
    ResumeError.
    """
    reader, writer = find_format(source), find_format(target)
    if target.exists() and target.samefile(source):
        raise PriceFileError(source, "its answers would replace it; name another file for them.")
    if in_columns is None:
        in_columns = not explain and _has_columns() and reader.open(source, 1).size > reader.few
    size = block or (reader.block if in_columns else reader.block // ROW_BLOCKS)
    lines = reader.open(source, size)
    asked = Asked(snapshot, release, default_as_of, explain)
    chain = snapshot.release(release).chain_digest
    part = PartFile(target, task_of(source, release, chain, default_as_of, explain=explain, blocks=size))
    (part.resume if resume else part.begin)(writer.start)
    try:
        _write(part, lines, writer, _pieces(asked, lines, part.done.place, target, in_columns), progress)
    except CatalogError:
        part.remove()
        raise
    finally:
        part.close()
    return part.done.statuses


def _has_columns() -> bool:
    return all(find_spec(name) is not None for name in ("polars", "numpy"))


def _pieces(asked: Asked, lines: LineFile, place: Place, target: Path, in_columns: bool) -> Iterator[Piece]:
    blocks = lines.blocks(place)
    if in_columns:
        # Only here: without the extra of large files, its libraries are absent.
        from catalog.pricing.bulk.running import pieces_in_columns

        return pieces_in_columns(asked, lines, blocks, target)
    return _pieces_by_rows(asked, lines, blocks, find_format(target))


def _pieces_by_rows(asked: Asked, lines: LineFile, blocks: Iterator[Block], writer: FileFormat) -> Iterator[Piece]:
    tarification = Tarification(asked.snapshot, asked.release, explain=asked.explain)
    for block in blocks:
        statuses: Counter[str] = Counter()
        data = writer.encode(_counted((tarification.tell(raw, asked.as_of) for raw in lines.rows(block)), statuses))
        yield Piece(data, block.after, statuses)


def _counted(answers: Iterable[Told], statuses: Counter[str]) -> Iterator[Told]:
    for answer in answers:
        statuses[answer["status"]] += 1
        yield answer


def _write(
    part: PartFile,
    lines: LineFile,
    writer: FileFormat,
    pieces: Iterator[Piece],
    progress: Callable[[Done, int], None],
) -> None:
    progress(part.done, lines.size)
    for piece in pieces:
        pages, footer = parquet_joining.split(piece.data) if writer.is_joined else (piece.data, None)
        part.append(pages, piece.after, piece.statuses, footer)
        progress(part.done, lines.size)
    if not writer.is_joined:
        part.finish(b"")
        return
    if not part.done.footers:
        pages, footer = parquet_joining.split(writer.encode(()))
        part.append(pages, part.done.place, Counter(), footer)
    part.finish(parquet_joining.joined_footer(part.done.footers, part.done.places))
