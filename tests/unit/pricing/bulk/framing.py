"""Random lines of every kind, as frames of each kind of file, and what the API answers to them row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import msgspec
import polars as pl

from catalog.pricing.bulk.engine import BulkPricer
from catalog.pricing.bulk.meaning import Source, line_of
from catalog.pricing.file_writing import _cell as cell_of
from catalog.pricing.file_writing import flatten
from catalog.pricing.line_fields import READERS
from catalog.pricing.tarification import Tarification
from catalog.snapshots.reading import Snapshot

Row = dict[str, Any]
DEFAULT = date(2021, 5, 10)
SOURCES: tuple[Source, ...] = ("csv", "ndjson", "parquet")
FLAGS = ("exoneration", "mutuelle", "accord_prealable", "justified")
BILLED = (None, None, "12.50", "150.00", "1000", "0", "999999999999.99", "-1", "1.234")
IDS = (None, "=1+1", 'é"x\\', "-5", " a ", "", "12", "tab\there", "\x1fb\x1f")


def random_lines(codes: Sequence[tuple[str, str]], days: Sequence[date], count: int, seed: int) -> list[Row]:
    """Lines about these codes (each with its kind) and days, a few of them wrong."""
    random = Random(seed)
    return [_line(random, *random.choice(codes), random.choice(days)) for _ in range(count)]


def _line(random: Random, kind: str, code: str, day: date) -> Row:
    line: Row = {
        "id": random.choice(IDS),
        "kind": kind,
        "code": code if random.random() > 0.03 else random.choice(("zzz", "6118000999999", f" {code} ")),
        "as_of": day.isoformat(),
        "organisme": random.choice(("cnops", "cnops", "cnss")),
        "secteur": random.choice(("prive", "prive", "prive", "public", None)),
        "mode": random.choice((None, "ambulatoire", "hospitalisation")),
        "quantity": random.choice((1, 1, 2, 30, 100_000, None)),
        "billed": random.choice(BILLED),
        **{name: random.choice((True, False, None)) for name in FLAGS},
    }
    if random.random() < 0.05:
        line[random.choice(("kind", "code", "as_of", "organisme", "quantity"))] = None
    return line


def days_of(years: range) -> list[date]:
    return [date(years.start, 1, 1) + timedelta(days=7 * week) for week in range(52 * len(years))]


def frame(lines: Iterable[Row], source: Source) -> pl.DataFrame:
    """The lines as such a file has them."""
    text = dict.fromkeys(READERS, pl.String)
    if source == "csv":
        return pl.DataFrame([{name: _cell(value) for name, value in line.items()} for line in lines], schema=text)
    typed = pl.DataFrame(list(lines), schema=text | {"quantity": pl.Int64} | dict.fromkeys(FLAGS, pl.Boolean))
    if source == "ndjson":
        return typed
    return typed.with_columns(
        pl.col("as_of").str.to_date(strict=False),
        pl.col("billed").cast(pl.Decimal(20, 2), strict=False),
        pl.col("kind").cast(pl.Categorical),
    )


def _cell(value: Any) -> str | None:
    return {True: "Oui", False: " 0"}[value] if isinstance(value, bool) else None if value is None else str(value)


def check_like_the_api(
    snapshot: Snapshot, lines: pl.DataFrame, source: Source, release: int | None = None, default: date | None = DEFAULT
) -> None:
    """Every answer, as JSON, as cells and as a table, is the one of the API."""
    known = release or snapshot.head
    tarification = Tarification(snapshot, known)
    wanted = [tarification.tell(line_of(source, row), default) for row in lines.iter_rows(named=True)]
    priced = BulkPricer(snapshot, known, default, source=source).price(lines)
    for line, answer, found in zip(lines.iter_rows(named=True), wanted, priced.json_rows(), strict=True):
        assert found == msgspec.json.encode(answer).decode(), line
    told = [[None if text == "" else text for text in _cells(answer)] for answer in wanted]
    assert [list(row) for row in priced.texts().rows()] == told
    assert [_shown(row) for row in priced.table().rows()] == [_flat(answer) for answer in wanted]
    assert sum(priced.statuses.values()) == len(lines)


def _cells(answer: Row) -> list[str]:

    return [cell_of(value) for value in flatten(answer).values()]


def _shown(row: Sequence[Any]) -> list[str | None]:
    """A typed row as texts; a rate of four decimals as the API writes it."""
    shown = [None if value is None else str(value) for value in row]
    shown[4] = None if row[4] is None else f"{row[4]:.4f}".rstrip("0").ljust(len("0.00"), "0")
    return shown


def _flat(answer: Row) -> list[str | None]:
    return list(flatten(answer).values())
