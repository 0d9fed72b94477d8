"""Bytes of an outside file, with a limit on how many there may be once unpacked."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from catalog.importing.errors import UnreadableFileError

MAX_UNPACKED = 256 * 2**20
"""Bytes; the largest official list unpacks to less than a tenth of it."""

_CHUNK = 2**20
_GZIP_MAGIC = b"\x1f\x8b"


def read_bytes(path: Path, limit: int = MAX_UNPACKED) -> bytes:
    """The content of a file, unpacked when it is gzip. Raises UnreadableFileError."""
    _check_presence(path)
    try:
        with path.open("rb") as source:
            packed = source.read(2) == _GZIP_MAGIC
            source.seek(0)
            content = _unpack(path, limit) if packed else source.read(limit + 1)
    except OSError as error:
        raise UnreadableFileError(
            path, f"the system refuses it ({error.strerror or error})", "Check its permissions"
        ) from error
    if len(content) > limit:
        raise UnreadableFileError(
            path,
            f"it holds more than {limit // 2**20} MiB once unpacked",
            "Split it, or check that it is the file you meant",
        )
    if not content.strip():
        raise UnreadableFileError(path, "it is empty", "Download it again")
    return content


def _check_presence(path: Path) -> None:
    if path.is_dir():
        raise UnreadableFileError(path, "it is a folder", "Give the file inside it")
    if not path.exists():
        raise UnreadableFileError(path, "there is no such file", "Check its name and folder")
    if not path.is_file():
        raise UnreadableFileError(path, "it is no ordinary file", "Copy its content to a file first")


def _unpack(path: Path, limit: int) -> bytes:
    """At most one chunk more than the limit, so that a small file cannot fill the memory."""
    content = bytearray()
    try:
        with gzip.open(path, "rb") as source:
            while len(content) <= limit and (chunk := source.read(_CHUNK)):
                content += chunk
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UnreadableFileError(
            path, "its gzip packing is cut short or damaged", "Download or copy it again"
        ) from error
    return bytes(content)
