"""Separated text (csv, txt) as rows, with the separator told or found."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from catalog.importing.errors import UnreadableFileError
from catalog.importing.table import Row, SourceOptions

SEPARATORS = (";", "\t", ",", "|")
_SNIFFED_ROWS = 200
_SNIFFED_TEXT = 500_000
_PAGES = ("<!doctype", "<html", "<?xml", "%pdf", "{\\rtf")


def read_delimited(file: str, text: str, options: SourceOptions) -> tuple[list[Row], str]:
    """Rows that are not blank, and the separator. Raises UnreadableFileError.

    A row is numbered as a spreadsheet would show it: a cell holding line breaks still makes one row.
    """
    _check_text(file, text)
    separator = options.separator or find_separator(text, options.quote)
    try:
        rows = [Row(number, tuple(cells)) for number, cells in enumerate(_cells(text, separator, options.quote), 1)]
    except csv.Error as error:
        raise UnreadableFileError(
            file,
            f"its quoting is broken ({error})",
            "Look for a quotation mark that is never closed, or turn quoting off in the profile",
        ) from error
    return [row for row in rows if not row.is_blank], separator


def find_separator(text: str, quote: str = '"') -> str:
    """The separator under which most of the first rows have one same width above 1; a comma for a single column."""
    return max(SEPARATORS, key=lambda separator: _regularity(text, separator, quote))


def _regularity(text: str, separator: str, quote: str) -> tuple[float, int]:
    widths: Counter[int] = Counter()
    try:
        for cells in _cells(text[:_SNIFFED_TEXT], separator, quote):
            widths[len(cells)] += bool(cells)
            if widths.total() >= _SNIFFED_ROWS:
                break
    except csv.Error:
        pass
    width, rows = max(widths.items(), key=lambda found: found[1], default=(1, 0))
    return (rows / widths.total(), width) if width > 1 else (0.0, 0)


def _cells(text: str, separator: str, quote: str) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="")
    if quote:
        return csv.reader(lines, delimiter=separator, quotechar=quote, strict=True)
    return csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)


def _check_text(file: str, text: str) -> None:
    if "\x00" in text:
        raise UnreadableFileError(
            file, "it holds NUL characters, so it is not text", "Save it again as CSV in UTF-8, or as xlsx"
        )
    if text[:200].lstrip().lower().startswith(_PAGES):
        raise UnreadableFileError(
            file, "it is a web page or a document under the name of a table", "Save the table itself as CSV or xlsx"
        )
