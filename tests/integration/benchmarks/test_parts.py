"""Every part in process runs to its end at a tiny size, and hands its promises to the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import batch, growth, lookup, lookup_flat, memory, snapshot, truth
from benchmarks.lookup_data import RELEASES, Size, content, moments, questions, rows
from benchmarks.measure import Target
from catalog.registry import KINDS
from catalog.snapshots.reading import Snapshot


def promises(found: list[str | Target]) -> list[str]:
    return [one.what for one in found if isinstance(one, Target)]


def test_lookup(tmp_path: Path) -> None:
    assert len(promises(list(lookup.part(tmp_path, quick=True)))) == 2


def test_publishing_then_the_snapshot_of_the_same_database(tmp_path: Path) -> None:
    published = promises(list(truth.part(tmp_path, quick=True)))
    assert [what.split(",")[0] for what in published[:2]] == ["publish 50 changes", "publish 5 changes"]
    assert len(promises(list(snapshot.part(tmp_path, quick=True)))) == 4


@pytest.mark.slow
def test_growth(tmp_path: Path) -> None:
    told = promises(list(growth.part(tmp_path, quick=True)))
    assert told[0] == "a lookup among 4,500 versions, as many entries asked"
    assert any("private memory" in what for what in told) is memory.is_told()


@pytest.mark.slow
def test_batch(tmp_path: Path) -> None:
    assert len(promises(list(batch.part(tmp_path, quick=True)))) == 2


def test_the_flat_arrays_answer_as_the_snapshot_does() -> None:
    size = Size(40, 30)
    made, ask = Snapshot(content(size), KINDS), lookup_flat.at_any_release(rows(size))
    lookup.check(made, ask, questions(size, 500))
    head = lookup_flat.at_head(rows(size), RELEASES)
    for code, moment in moments(questions(size, 500), RELEASES):
        day = moment.as_of.toordinal()
        assert head(code, day, RELEASES) == ask(code, day, RELEASES)


def test_the_made_rows_are_as_many_as_told_and_some_were_corrected() -> None:
    size = Size(7, 50)
    made = list(rows(size))
    assert len(made) == size.rows
    assert 0 < sum(row.rel_to <= RELEASES for row in made) < len(made) / 4
