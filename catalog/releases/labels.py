"""Labels of releases: GMR versions are ``07-06``, also met as ``7.06`` and ``GMR_7_06`` (DOMAIN 1.6)."""

from __future__ import annotations

import re

from catalog.errors import InvalidError

_GMR = re.compile(r"^(?:GMR[ _-]*)?(\d{1,2})[._-](\d{1,3})$", re.IGNORECASE | re.ASCII)
_NEW = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]*")
LABEL_MAX = 40


class LabelError(InvalidError):
    """A label that could not be told from another, or that no file or address can carry."""

    def __init__(self) -> None:
        super().__init__(
            f"A label has at most {LABEL_MAX} characters: letters without accents, digits, dots (never two in a row), "
            "dashes, underscores and spaces; it starts with a letter or a digit."
        )


def parse_label(text: str) -> str:
    """The canonical label: ``07-06`` for any spelling of a GMR version, else the text with spaces folded."""
    folded = " ".join(text.split())
    match = _GMR.match(folded)
    return f"{int(match[1]):02d}-{int(match[2]):02d}" if match else folded


def parse_new_label(text: str) -> str | None:
    """The canonical label of a release to come; None for blank text. Raises LabelError."""
    label = parse_label(text)
    if label and (len(label) > LABEL_MAX or not _NEW.fullmatch(label) or ".." in label):
        raise LabelError
    return label or None


def label_key(label: str | None) -> tuple[int, int, str]:
    """Order of labels: GMR versions by number, the others after them by text."""
    match = _GMR.match(label or "")
    return (int(match[1]), int(match[2]), "") if match else (10**6, 0, label or "")


def propose_next(label: str) -> str | None:
    """The version after a GMR label (``07-06`` gives ``07-07``); None for other labels."""
    match = _GMR.match(label)
    return f"{int(match[1]):02d}-{int(match[2]) + 1:02d}" if match else None
