"""Prices a file of lines into a file of answers, row by row: the same answers as the API, in the same order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from catalog.errors import InvalidError
from catalog.pricing.file_reading import read_csv, read_ndjson, read_parquet
from catalog.pricing.file_writing import write_csv, write_ndjson, write_parquet
from catalog.pricing.tarification import Tarification
from catalog.releases.telling import Told
from catalog.snapshots.reading import Snapshot


class UnknownFileFormatError(InvalidError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name!r} names no format that can be priced: end it in {', '.join(FORMATS)}.")


@dataclass(frozen=True, slots=True)
class FileFormat:
    """How a file of lines is read, and one of answers written."""

    read: Callable[[Path], Iterator[object]]
    write: Callable[[Iterable[Told], BinaryIO], None]


FORMATS = {
    ".csv": FileFormat(read_csv, write_csv),
    ".ndjson": FileFormat(read_ndjson, write_ndjson),
    ".jsonl": FileFormat(read_ndjson, write_ndjson),
    ".parquet": FileFormat(read_parquet, write_parquet),
}


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
    progress: Callable[[], None] = lambda: None,
) -> Counter[str]:
    """Prices a file; answers how many lines had each status. ``explain`` shows in NDJSON alone.

    The target appears whole or not at all. Raises UnknownFileFormatError, PriceFileError, FormatUnavailableError.
    """
    reader, writer = find_format(source), find_format(target)
    statuses: Counter[str] = Counter()
    beside = target.with_name(f".{target.name}.part")

    def counted() -> Iterator[Told]:
        for answer in price_rows(snapshot, reader.read(source), release, default_as_of, explain=explain):
            statuses[answer["status"]] += 1
            progress()
            yield answer

    try:
        with beside.open("wb") as output:
            writer.write(counted(), output)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return statuses
