"""The benchmark of files: it runs whole on little, and the joins of others find the same versions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from benchmarks import bulk, bulk_data, bulk_runs
from benchmarks.lookup_data import Size
from benchmarks.measure import Target
from catalog.pricing.files import price_file

pl = pytest.importorskip("polars")
pytest.importorskip("numpy")

SIZE = Size(40, 12)


@pytest.mark.slow
def test_all_is_measured(tmp_path: Path) -> None:
    told = list(bulk.part(tmp_path, quick=True))
    targets = [each for each in told if isinstance(each, Target)]
    assert len(targets) == 4
    assert all(target.met is not None for target in targets)
    assert sum(isinstance(each, str) and each.startswith("| ") for each in told) == 8


def test_others_join_the_same_lines_with_the_same_prices(tmp_path: Path) -> None:
    bulk_data.write_snapshot(tmp_path / "snapshot", SIZE)
    source = bulk_data.write_lines(tmp_path, SIZE, 500)
    catalogue = bulk_data.open_snapshot(tmp_path / "snapshot")
    price_file(catalogue, source, tmp_path / "ours.parquet", catalogue.head, date(2020, 1, 1), in_columns=False)
    ours = pl.read_parquet(tmp_path / "ours.parquet").select(pl.col("id").cast(int), "unit_price", "base", "amo")
    assert ours["amo"].is_not_null().all()
    cells = bulk_data.write_cells(tmp_path / "cells.parquet", SIZE)
    for number, job in enumerate((bulk_runs.joined_by_polars, bulk_runs.joined_as_of_by_polars)):
        job(source, tmp_path / f"{number}.parquet", cells)
        theirs = pl.read_parquet(tmp_path / f"{number}.parquet").sort("id")
        assert theirs["id"].to_list() == ours["id"].to_list()
        assert theirs["price"].to_list() == ours["unit_price"].to_list()
        assert theirs["base"].to_list() == ours["base"].to_list()
