"""One command runs the parts; one that fails says so and the others go on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks import __main__ as command
from benchmarks.measure import Target, at_most


def whole(folder: Path, *, quick: bool = False) -> Iterator[str | Target]:
    yield "quickly" if quick else "at length"
    yield at_most("open", 1, "ms", 5)


def failing(folder: Path) -> Iterator[str | Target]:
    yield "begun"
    raise ValueError("no such tool")


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, part in (("whole", whole), ("failing", failing)):
        module = ModuleType(name)
        module.part = part  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, f"benchmarks.{name}", module)
    monkeypatch.setattr(command, "PARTS", {"failing": "Failing", "whole": "Whole"})


def test_a_part_that_fails_is_told_and_the_others_go_on(parts: None, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    assert command.main(["--page", str(page)]) == 1
    text = page.read_text()
    assert "begun\n\nMeasured only so far: the benchmark stopped (ValueError: no such tool)." in text
    assert "at length" in text
    assert "1 of 2 are met, 0 fall short, 1 could not be measured here." in text


def test_one_part_alone_leaves_the_others_on_the_page(parts: None, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    command.main(["--page", str(page)])
    assert command.main(["--only", "whole", "--page", str(page)]) == 0
    assert "begun" in page.read_text()


def test_quick_writes_nothing(parts: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    assert command.main(["whole", "--quick", "--page", str(page)]) == 0
    assert "quickly" in capsys.readouterr().out
    assert not page.exists()


def test_an_unknown_name_is_refused_with_those_there_are(parts: None) -> None:
    with pytest.raises(SystemExit, match="No benchmark is named other: there are failing, whole"):
        command.main(["other"])
