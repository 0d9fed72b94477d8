"""Labels of releases: GMR versions are ``07-06``, also met as ``7.06`` and ``GMR_7_06`` (DOMAIN 1.6)."""

from __future__ import annotations

import re

_GMR = re.compile(r"^(?:GMR[ _-]*)?(\d{1,2})[._-](\d{1,3})$", re.IGNORECASE | re.ASCII)


def parse_label(text: str) -> str:
    """The canonical label: ``07-06`` for any spelling of a GMR version, else the text with spaces folded."""
    folded = " ".join(text.split())
    match = _GMR.match(folded)
    return f"{int(match[1]):02d}-{int(match[2]):02d}" if match else folded


def label_key(label: str | None) -> tuple[int, int, str]:
    """Order of labels: GMR versions by number, the others after them by text."""
    match = _GMR.match(label or "")
    return (int(match[1]), int(match[2]), "") if match else (10**6, 0, label or "")


def propose_next(label: str) -> str | None:
    """The version after a GMR label (``07-06`` gives ``07-07``); None for other labels."""
    match = _GMR.match(label)
    return f"{int(match[1]):02d}-{int(match[2]) + 1:02d}" if match else None
