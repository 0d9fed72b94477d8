"""Text of bytes: by mark, by strict UTF-8, or by looking for the old encoding that gives plausible French."""

from __future__ import annotations

import codecs
from collections import Counter

from charset_normalizer import from_bytes

from catalog.importing.errors import UnreadableFileError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD_ENCODINGS = ["cp1252", "mac_roman", "cp850"]
"""Arabic ones are not looked for: almost any bytes are letters in them. A profile states them."""
_SAMPLE = 200_000

_PLAUSIBLE = frozenset("àâäáçéèêëîïíñôöóùûüúÿœæÀÂÇÉÈÊËÎÏÔÖÙÛÜŒÆµμ°€«»‘’“”–—…•·²³½¼¾±×®™©§ºª≥≤\u00a0\u00ad\u202f")
"""Letters and signs of French lists. A wrong old encoding shows letters outside it within a few words."""


def decode(file: str, data: bytes, told: str | None = None) -> tuple[str, str, str | None]:
    """The text, its encoding, and a note when the encoding was found by plausibility. Raises UnreadableFileError."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if told or marked:
        return _strict(file, data, told if told and not marked else str(marked)), told or str(marked), None
    try:
        return data.decode("utf-8"), "utf-8", None
    except UnicodeDecodeError:
        text, encoding = _look(file, data)
        return text, encoding, f"The encoding {encoding} was found by its letters; a profile can state it."


def _strict(file: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        raise UnreadableFileError(
            file, f"no encoding is named {encoding!r}", "Name it as Python does: cp1252"
        ) from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFileError(
            file,
            f"line {line} holds bytes that are not {encoding}",
            "State the encoding it was saved in, or save it again as UTF-8",
        ) from error


def _look(file: str, data: bytes) -> tuple[str, str]:
    for found in from_bytes(_sample(data), cp_isolation=_OLD_ENCODINGS):
        try:
            text = data.decode(found.encoding)
        except UnicodeDecodeError:
            continue
        if _is_plausible(text):
            return text, found.encoding
    raise UnreadableFileError(
        file,
        "its encoding is neither UTF-8 nor one that gives plausible French",
        "State the encoding in the profile, or save the file again as UTF-8",
    )


def _is_plausible(text: str) -> bool:
    """A stray sign in a hundred is a slip of the pen; a wrong encoding shows itself at every accent."""
    counted = Counter(letter for letter in text if not letter.isascii())
    strange = sum(times for letter, times in counted.items() if letter not in _PLAUSIBLE)
    return strange * 100 <= counted.total()


def _sample(data: bytes) -> bytes:
    """The lines that tell encodings apart, up to a size that is judged at once."""
    telling = [line for line in data.splitlines() if not line.isascii()]
    return b"\n".join(telling)[:_SAMPLE]
