"""Bytes of an outside file, with a limit on how many there may be once unpacked."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from catalog.importing.errors import UnreadableFileError

MAX_UNPACKED = 256 * 2**20
"""Bytes; the largest official list unpacks to less than a tenth of it."""
MAX_RATIO = 300
"""Unpacked to packed; official lists stay under 40, a bomb comes near the 1,032 of deflate."""
RATIO_MATTERS_FROM = 32 * 2**20

_CHUNK = 2**20
_GZIP_MAGIC = b"\x1f\x8b"


def read_bytes(path: Path, limit: int = MAX_UNPACKED) -> bytes:
    """The content of a file, unpacked when it is gzip. Raises UnreadableFileError."""
    _check_presence(path)
    try:
        with path.open("rb") as source:
            packed = source.read(2) == _GZIP_MAGIC
            source.seek(0)
            size = _measure(path, limit) if packed else path.stat().st_size
            if size > limit:
                raise _too_large(path, limit)
            content = _unpack(path, size) if packed else source.read(limit)
    except OSError as error:
        raise UnreadableFileError(
            path, f"the system refuses it ({error.strerror or error})", "Check its permissions"
        ) from error
    if not content[:_CHUNK].strip() and not content.strip():
        raise UnreadableFileError(path, "it is empty", "Download it again")
    return content


def _too_large(path: Path, limit: int) -> UnreadableFileError:
    return UnreadableFileError(
        path,
        f"it holds more than {limit // 2**20} MiB once unpacked",
        "Split it, or check that it is the file you meant",
    )


def _check_presence(path: Path) -> None:
    if path.is_dir():
        raise UnreadableFileError(path, "it is a folder", "Give the file inside it")
    if not path.exists():
        raise UnreadableFileError(path, "there is no such file", "Check its name and folder")
    if not path.is_file():
        raise UnreadableFileError(path, "it is no ordinary file", "Copy its content to a file first")


def _measure(path: Path, limit: int) -> int:
    """Bytes once unpacked, or a little more than the limit. Nothing is kept: a bomb costs no memory."""
    size, packed = 0, path.stat().st_size
    for chunk in _chunks(path):
        size += len(chunk)
        if size > RATIO_MATTERS_FROM and size > MAX_RATIO * packed:
            raise UnreadableFileError(
                path,
                f"its {packed} bytes unpack to more than {size // 2**20} MiB, which no list needs",
                "Do not open it; ask where it comes from",
            )
        if size > limit:
            break
    return size


def _unpack(path: Path, size: int) -> bytes:
    with gzip.open(path, "rb") as source:
        return source.read(size)


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path, "rb") as source:
            while chunk := source.read(_CHUNK):
                yield chunk
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UnreadableFileError(
            path, "its gzip packing is cut short or damaged", "Download or copy it again"
        ) from error
