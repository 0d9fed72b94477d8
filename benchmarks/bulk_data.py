"""A made catalogue of half a million versions, and files of the lines that pharmacies bill against it."""

from __future__ import annotations

from datetime import date
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from benchmarks import lookup_data
from benchmarks.lookup_data import DAYS, FIRST_DAY, Size
from catalog.kinds import Kind
from catalog.registry import KINDS
from catalog.releases.tables import OPEN
from catalog.snapshots.content import StoredFact, StoredKind, StoredSpan
from catalog.snapshots.packed import decode
from catalog.snapshots.packing import encode
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN

MEDICAMENT, TAUX = KINDS.find("medicament"), KINDS.find("taux")
EPOCH = date(1970, 1, 1).toordinal()
AT_ONCE = 1_000_000


def write_snapshot(path: Path, size: Size) -> None:
    """A catalogue of medicines whose base is their price, and the rates they are reimbursed at."""
    content = lookup_data.content(size)
    ppv, pbr = (list(MEDICAMENT.fields).index(name) for name in ("ppv", "pbr"))
    for fact in content.kinds[MEDICAMENT.name].facts:
        assert fact.values is not None
        fact.values[pbr] = fact.values[ppv]
    content.kinds[TAUX.name] = _rates()
    path.write_bytes(encode(content))


def open_snapshot(path: Path) -> Snapshot:
    """The catalogue, mapped."""
    with path.open("rb") as file:
        return Snapshot(decode(mmap(file.fileno(), 0, access=ACCESS_READ), path), KINDS)


def _rates() -> StoredKind:
    facts, spans = [], {}
    for organisme in ("cnops", "cnss"):
        for situation, taux in (("NORMALE", "0.70"), ("EXONERATION", "1.00")):
            case = {"organisme": organisme, "regime": "AMO", "mode": "ambulatoire", "situation": situation}
            code = f"{organisme}:AMO:MEDICAMENT:ambulatoire:*:{situation}"
            fields = {**case, "prestation": "MEDICAMENT", "assiette": "PBR", "taux": taux}
            start, end = DAWN.toordinal(), date.max.toordinal()
            spans[code] = [StoredSpan(start, end, 1, OPEN, len(facts))]
            facts.append(StoredFact(1, code, start, end, lookup_data.ACT, None, "H", _row(TAUX, code, fields)))
    return StoredKind(list(TAUX.fields), facts, spans)


def _row(kind: Kind, code: str, fields: dict[str, Any]) -> list[Any]:
    row = kind.to_row(kind.load(code, fields)).values()
    return [value.isoformat() if isinstance(value, date) else value for value in row]


def lines(size: Size, count: int, seed: int = 6) -> Any:
    """Random lines of medicines, typed: what an insurer's files hold."""
    import numpy as np
    import polars as pl

    random = np.random.default_rng(seed)
    codes = pl.Series(lookup_data.codes(size))
    days = (FIRST_DAY - EPOCH + random.integers(0, DAYS, count)).astype(np.int32)
    return pl.DataFrame(
        {
            "id": pl.int_range(count, eager=True),
            "kind": pl.repeat("medicament", count, eager=True),
            "code": codes.gather(pl.Series(random.integers(0, size.codes, count))),
            "as_of": pl.Series(days).cast(pl.Date),
            "organisme": pl.Series(["cnops", "cnss"]).gather(pl.Series(random.integers(0, 2, count))),
            "quantity": pl.Series(random.integers(1, 5, count)),
            "billed": (pl.Series(random.integers(500, 9_000, count)) / 100).cast(pl.Decimal(12, 2)),
            "exoneration": pl.Series(random.random(count) < 0.1),
        }
    )


def write_lines(folder: Path, size: Size, count: int) -> Path:
    """A Parquet file of so many lines; made once."""
    import polars as pl

    path = folder / f"lines-{count}.parquet"
    if not path.exists():
        pieces = []
        for number in range(0, count, AT_ONCE):
            pieces.append(folder / f"piece-{number}.parquet")
            lines(size, min(AT_ONCE, count - number), seed=number).write_parquet(pieces[-1], row_group_size=250_000)
        pl.scan_parquet(pieces).sink_parquet(path)
        for piece in pieces:
            piece.unlink()
    return path


def write_cells(path: Path, size: Size) -> Path:
    """The versions of the head for the joins of others, one row for each month that a version reaches into."""
    import polars as pl

    held = [(row.code, row.start, row.end, row.price) for row in lookup_data.rows(size) if row.rel_to == OPEN]
    versions = pl.DataFrame(held, ["v_code", "v_start", "v_end", "price"], orient="row")
    days = [(pl.col(name) - EPOCH).cast(pl.Int32).cast(pl.Date) for name in ("v_start", "v_end")]
    first, last = (_month(pl.col(name)) for name in ("v_start", "v_last"))
    versions.with_columns(days).with_columns(v_last=pl.col("v_end").dt.offset_by("-1d")).with_columns(
        v_month=pl.int_ranges(first, last + 1), price=(pl.col("price") / 100).cast(pl.Decimal(12, 2))
    ).explode("v_month").drop("v_last").write_parquet(path)
    return path


def _month(day: Any) -> Any:
    return day.dt.year().cast(int) * 12 + day.dt.month()
