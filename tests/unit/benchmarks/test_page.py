"""The page: written whole, or one part put in the place of the one that stood there."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import page
from benchmarks.measure import Target, at_least, at_most, not_measured

ORDER = ["Lookup", "Growth", "Search"]
FAST, SLOW = at_most("a lookup", 1, "µs", 2), at_most("a lookup", 3, "µs", 2)


def write(path: Path, lookup: Target) -> None:
    page.write(
        path, {"Lookup": "Asked.", "Search": "Searched."}, {"Lookup": [lookup], "Search": [at_least("x", 1, "", 1)]}
    )


@pytest.fixture
def written(tmp_path: Path) -> Path:
    write(tmp_path / "page.md", SLOW)
    return tmp_path / "page.md"


def headings(path: Path) -> list[str]:
    return [line.removeprefix("## ") for line in path.read_text().splitlines() if line.startswith("## ")]


def test_the_targets_come_first_and_say_how_many_fall_short(written: Path) -> None:
    assert headings(written) == ["Targets of this project", "Lookup", "Search"]
    assert "1 of 2 are met, 1 fall short, 0 could not be measured here." in written.read_text()


def test_a_part_takes_the_place_of_the_one_that_stood_there(written: Path) -> None:
    page.put(written, "Lookup", "Asked again.", [FAST], ORDER)
    text = written.read_text()
    assert "Asked again." in text
    assert "Asked.\n" not in text
    assert "Searched." in text
    assert "2 of 2 are met" in text


def test_a_new_part_stands_where_it_runs(written: Path) -> None:
    page.put(written, "Growth", "Grown.", [not_measured("more", "no room")], ORDER)
    assert headings(written) == ["Targets of this project", "Lookup", "Growth", "Search"]
    rows = [line for line in written.read_text().splitlines() if line.startswith("| [")]
    assert [row[3 : row.index("]")] for row in rows] == ["Lookup", "Growth", "Search"]


def test_putting_the_same_part_again_changes_nothing(written: Path) -> None:
    before = written.read_text()
    page.put(written, "Lookup", "Asked.", [SLOW], ORDER)
    assert written.read_text() == before


def test_a_part_can_be_put_on_a_page_that_is_not_there(tmp_path: Path) -> None:
    page.put(tmp_path / "new.md", "Growth", "Grown.", [], ORDER)
    assert headings(tmp_path / "new.md") == ["Growth"]
