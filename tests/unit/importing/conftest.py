"""Files to import: small ones written for one test, and the real ones where they are present."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from catalog.gmr.codes import internal_code
from catalog.importing.plugins import CODE_MAKERS

WriteFile = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> WriteFile:
    """``write("liste.csv", "a;b", …)`` writes those lines and answers the path."""

    def written(name: str, *lines: str, encoding: str = "utf-8", end: str = "\n") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((end.join(lines) + end).encode(encoding))
        return path

    return written


@pytest.fixture
def internal_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A maker of internal codes for medicines, whether or not the family has registered its own."""
    monkeypatch.setitem(CODE_MAKERS, "medicament", make_code)


def make_code(values: Mapping[str, Any]) -> str:
    parts = (values.get(name) for name in ("nom", "dci", "dosages", "unites", "forme", "presentation"))
    return internal_code(*(" / ".join(part) if isinstance(part, tuple) else part or "" for part in parts))
