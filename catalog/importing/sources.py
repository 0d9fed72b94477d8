"""Any file an import takes, as a table of texts: xlsx, separated text or JSON, each also packed with gzip."""

from __future__ import annotations

from pathlib import Path

from catalog.importing.bounded import read_bytes
from catalog.importing.delimited import read_delimited
from catalog.importing.encodings import decode
from catalog.importing.errors import UnreadableFileError
from catalog.importing.jsonfile import read_json
from catalog.importing.table import SourceOptions, Table
from catalog.importing.xlsx import read_xlsx
from catalog.importing.xlsx_guard import OLD_OFFICE_MAGIC

_ZIP_MAGIC = b"PK"
_JSON_SUFFIXES = {".json", ".jsonl", ".ndjson"}
_WORKBOOK_SUFFIXES = {".xlsx", ".xlsm", ".xls"}


def read_table(path: Path, options: SourceOptions = SourceOptions()) -> Table:  # noqa: B008 - frozen
    """The file's rows as text. Its content decides what it is; its name only tells JSON from text.

    Raises UnreadableFileError: no such file, empty, cut short, encrypted, a bomb, a wrong encoding, no text at all.
    """
    table = _read(path, options)
    if not table.rows:
        raise UnreadableFileError(path, "it holds no row", "Check that it is the file you meant")
    return table


def _read(path: Path, options: SourceOptions) -> Table:
    data = read_bytes(path)
    if data.startswith((_ZIP_MAGIC, OLD_OFFICE_MAGIC)):
        return read_xlsx(path, data, options.sheet)
    if suffix(path) in _WORKBOOK_SUFFIXES:
        raise UnreadableFileError(path, "it is named as a workbook and is none", "Download it again, or rename it")
    text, encoding, note = decode(str(path), data, options.encoding)
    notes = [note] if note else []
    if suffix(path) in _JSON_SUFFIXES:
        return Table(path, "json", read_json(str(path), text), encoding=encoding, notes=notes)
    rows, separator = read_delimited(str(path), text, options)
    return Table(path, "delimited", rows, encoding=encoding, separator=separator, notes=notes)


def suffix(path: Path) -> str:
    """The suffix that tells the format, beneath a ``.gz``."""
    return (path.with_suffix("") if path.suffix.lower() == ".gz" else path).suffix.lower()
