"""Parquet files joined without reading their columns: any reader reads the whole as the parts, one after another."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from catalog.pricing.file_writing import parquet_bytes
from catalog.pricing.parquet_joining import MAGIC, ParquetJoinError, joined_footer, split

pl = pytest.importorskip("polars")


def frame(rows: int, begin: int = 0) -> Any:
    numbers = range(begin, begin + rows)
    return pl.DataFrame(
        {
            "number": numbers,
            "text": [None if number % 7 == 0 else f"é{number % 50}" for number in numbers],
            "amount": [Decimal(number) / 100 for number in numbers],
            "day": [date(2020, 1, 1 + number % 28) for number in numbers],
            "flag": [number % 3 == 0 for number in numbers],
            "nothing": [None] * rows,
        },
        {
            "number": pl.Int64, "text": pl.String, "amount": pl.Decimal(24, 2), "day": pl.Date, "flag": pl.Boolean,
            "nothing": pl.String,
        },
    )  # fmt: skip


def joined(*parts: bytes) -> bytes:
    whole, footers, places = bytearray(MAGIC), [], []
    for part in parts:
        pages, footer = split(part)
        places.append(len(whole))
        footers.append(footer)
        whole += pages
    return bytes(whole + joined_footer(footers, places))


def many_groups(rows: Any) -> bytes:
    target = BytesIO()
    rows.write_parquet(target, row_group_size=40)
    return target.getvalue()


@pytest.mark.parametrize("sizes", [(0,), (1,), (5, 0, 9), (1_000, 1, 70_000), (3,) * 40])
def test_the_whole_is_read_as_its_parts(sizes: tuple[int, ...]) -> None:
    frames = [frame(size, begin=100 * place) for place, size in enumerate(sizes)]
    whole = joined(*map(parquet_bytes, frames))
    assert pl.read_parquet(BytesIO(whole)).equals(pl.concat(frames))
    assert whole.startswith(MAGIC)
    assert whole.endswith(MAGIC)


def test_groups_of_rows_are_still_found_by_their_values() -> None:
    frames = [frame(300), frame(300, begin=300)]
    whole = joined(*map(many_groups, frames))
    found = pl.scan_parquet(BytesIO(whole)).filter(pl.col("number").is_between(290, 310)).collect()
    assert found["number"].to_list() == list(range(290, 311))
    assert pl.scan_parquet(BytesIO(whole)).slice(295, 10).collect().equals(pl.concat(frames)[295:305])


def test_one_part_alone_is_the_file_it_was() -> None:
    part = many_groups(frame(500))
    assert joined(part) == part


def test_other_readers_read_it_too() -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow reads Parquet by its own code")
    frames = [frame(50_000), frame(7)]
    read = parquet.read_table(BytesIO(joined(*map(parquet_bytes, frames))))
    assert pl.from_arrow(read)["number"].to_list() == pl.concat(frames)["number"].to_list()


def test_parts_of_another_schema_do_not_fit() -> None:
    with pytest.raises(ParquetJoinError, match="do not fit together"):
        joined(parquet_bytes(frame(3)), parquet_bytes(frame(3).rename({"text": "texte"})))
