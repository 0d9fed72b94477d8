"""What a workbook's zip directory tells before a byte of it is unpacked: bombs, other formats, encryption."""

from __future__ import annotations

import io
import zipfile

from catalog.importing.errors import UnreadableFileError

MAX_PACKED = 64 * 2**20
MAX_UNPACKED = 256 * 2**20
MAX_ENTRIES = 1_000
MAX_RATIO = 300
"""Unpacked to packed; ordinary sheets stay under 50, a bomb's entries come near the 1,032 of deflate."""
RATIO_MATTERS_FROM = 32 * 2**20

OLD_OFFICE_MAGIC = b"\xd0\xcf\x11\xe0"
_SAVE_AGAIN = "Open it in a spreadsheet program and save it as .xlsx"


def open_workbook(file: str, data: bytes) -> zipfile.ZipFile:
    """The zip of a workbook whose directory shows nothing to refuse. Raises UnreadableFileError."""
    if data.startswith(OLD_OFFICE_MAGIC):
        raise UnreadableFileError(
            file, "it is an .xls workbook, or one locked by a password", f"{_SAVE_AGAIN} without a password"
        )
    if len(data) > MAX_PACKED:
        raise UnreadableFileError(
            file, f"the workbook is larger than {MAX_PACKED // 2**20} MiB", "Save the list as CSV"
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise UnreadableFileError(file, "the workbook is cut short or damaged", "Download or copy it again") from error
    _check_directory(file, archive.infolist())
    return archive


def _check_directory(file: str, entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if "xl/workbook.xml" not in names:
        raise UnreadableFileError(file, "it is a zip archive without an .xlsx workbook in it", _SAVE_AGAIN)
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFileError(file, "it is encrypted", f"{_SAVE_AGAIN} without a password")
    if len(entries) > MAX_ENTRIES or len(set(names)) < len(names):
        raise UnreadableFileError(
            file, f"its zip directory of {len(entries)} entries is not one a spreadsheet writes", _SAVE_AGAIN
        )
    size = sum(entry.file_size for entry in entries)
    bomb = next((entry.filename for entry in entries if _is_bomb(entry)), "in all" if size > MAX_UNPACKED else None)
    if bomb:
        raise UnreadableFileError(
            file,
            f"it would unpack to {size // 2**20} MiB ({bomb}), which no list needs",
            "Do not open it; ask where it comes from",
        )


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > RATIO_MATTERS_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
