"""Files of thousands of random lines, good and bad, as people and programs write them."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from catalog.pricing.files import price_file
from catalog.pricing.line_fields import READERS
from tests.unit.pricing.shelf import pack

DAY = date(2021, 5, 10)
CODES = {
    "medicament": (
        "6118000100058",
        " 6118000100058 ",
        "6118000040026",
        "6118001130009",
        "611800010005",
        "6118000100059",
    ),
    "acte": ("C", "Cs", "K50", "D708", "D12", "k50", "QQ1", "HBJD001"),
    "dispositif": ("KE140201", "ke140201", "KE1402"),
    "forfait": ("CESARIENNE", "K80", "SEANCE_DIALYSE", "REANIMATION", "rien"),
}
FLAGS = ("exoneration", "mutuelle", "accord_prealable", "justified")
TEXTS = (
    "",
    " ",
    "=1+1",
    "-7",
    "+3",
    "é",
    "a,b",
    'a "b"',
    "a;b",
    "d\te",
    "x\u3000",
    "\u00a0",
    "\x1f",
    "NaN",
    "null",
    "0",
    "1.5",
    "𝔘",
)
ODD: tuple[Any, ...] = (None, True, 0, -1, 1, 2**63, 1.5, 2.0, "x" * 200, [], ["cnops", "cnss"], {"a": 1}, *TEXTS)


def line(draw: random.Random) -> dict[str, Any]:
    """A line that is good more often than not."""
    kind = draw.choice(tuple(CODES))
    made: dict[str, Any] = {
        "id": draw.choice((draw.randrange(10**6), f"n{draw.randrange(99)}")),
        "kind": kind,
        "code": draw.choice(CODES[kind]),
        "as_of": (date(2006, 1, 1) + timedelta(days=draw.randrange(7000))).isoformat(),
        "organisme": draw.choice(("cnops", "cnss", "CNSS")),
        "secteur": draw.choice(("prive", "public")),
        "quantity": draw.choice((1, 1, 1, 2, 7, 60)),
        "billed": draw.choice((None, "150.00", "0.00", "12.5", f"{draw.randrange(10**6) / 100:.2f}")),
    }
    made |= {name: True for name in FLAGS if draw.random() < 0.1}
    for _ in range(draw.choice((0, 0, 0, 0, 1, 2))):
        made[draw.choice(tuple(READERS))] = draw.choice(ODD)
    if draw.random() < 0.02:
        made["inconnu"] = draw.choice(ODD)
    return {name: value for name, value in made.items() if draw.random() > 0.02}


def lines(count: int, seed: int) -> list[dict[str, Any]]:
    draw = random.Random(seed)
    return [line(draw) for _ in range(count)]


def ndjson(path: Path, count: int, seed: int) -> Path:
    """Among the lines: blank rows, rows that are no JSON, and JSON that is no object."""
    draw = random.Random(seed)
    odd = (
        b"",
        b"  ",
        b"{",
        b"[]",
        b"7",
        b"null",
        b"\xff",
        b'{"id": 1, "id": "two"}',
        b"{}{}",
        b'{"id": 1},',
        b"\r",
        b'{"id":"\\ud800"}',
    )
    rows = [
        draw.choice(odd) if draw.random() < 0.01 else json.dumps(each, ensure_ascii=draw.random() < 0.5).encode()
        for each in lines(count, seed)
    ]
    path.write_bytes(draw.choice((b"\n", b"\r\n")).join(rows) + draw.choice((b"", b"\n", b"\n\n")))
    return path


def table(path: Path, count: int, seed: int) -> Path:
    """CSV by turns plain and quoted, with rows too long, too short and blank."""
    draw = random.Random(seed)
    names = draw.sample(tuple(READERS), len(READERS))
    separator, end = draw.choice(",;"), draw.choice(("\n", "\r\n", "\r"))
    text = io.StringIO(newline="")
    text.write(draw.choice(("", "\ufeff")) + separator.join(names) + end)
    for number, each in enumerate(lines(count, seed)):
        style = csv.QUOTE_MINIMAL if number // 200 % 2 else csv.QUOTE_NONE
        text.write(separator.join(_cells(draw, [each.get(name) for name in names], style, separator)) + end)
    path.write_bytes(text.getvalue().encode()[: None if draw.random() < 0.5 else -len(end)])
    return path


def _cells(draw: random.Random, values: list[Any], style: int, separator: str) -> Iterator[str]:
    cells = [_cell(draw, value) for value in values]
    odd = draw.random()
    cells = cells + ["x"] * draw.randrange(3) if odd < 0.02 else cells[: draw.randrange(14)] if odd < 0.05 else cells
    cells = [draw.choice(("", " ", "\t"))] * draw.randrange(20) if odd > 0.98 else cells
    for cell in cells:
        if style == csv.QUOTE_NONE:
            yield cell.replace('"', "").replace(separator, "").replace("\n", "")
        elif draw.random() < 0.1 or any(mark in cell for mark in (separator, '"', "\n")):
            yield '"' + cell.replace('"', '""') + draw.choice(("", "\n", "\r")) + '"'
        else:
            yield cell


def _cell(draw: random.Random, value: Any) -> str:
    if isinstance(value, bool):
        return draw.choice(("oui", "Non", "1", "0", "true", "FALSE", "peut-être"))
    return "" if value is None else str(value)


def frame(path: Path, count: int, seed: int) -> Path:
    """Typed columns, with now and then a value that a line cannot hold; several groups of rows."""
    import polars as pl

    held = lines(count, seed)
    columns = {
        "id": _column(held, "id", str, pl.String),
        "as_of": _column(held, "as_of", str, pl.String).str.to_date(strict=False),
        "quantity": _column(held, "quantity", int, pl.Int32),
        "billed": _column(held, "billed", str, pl.String).cast(pl.Decimal(12, 2), strict=False),
        **{name: _column(held, name, str, pl.String) for name in ("kind", "code", "secteur", "mode")},
        "organisme": _column(held, "organisme", str, pl.String).cast(pl.Categorical),
        **{name: _column(held, name, bool, pl.Boolean) for name in FLAGS},
    }
    pl.DataFrame(columns).write_parquet(path, row_group_size=max(1, count // 3))
    return path


def _column(held: list[dict[str, Any]], name: str, kind: type, dtype: Any) -> Any:
    import polars as pl

    values = [each.get(name) for each in held]
    fitting = [value if type(value) is kind and (kind is not int or abs(value) < 2**31) else None for value in values]
    return pl.Series(name, fitting, dtype=dtype)


WRITERS = {".csv": table, ".ndjson": ndjson, ".parquet": frame}


def priced(source: Path, target: Path, **asked: Any) -> bytes:
    """What a file of answers holds, priced against the bundled pack."""
    price_file(pack(), source, target, pack().head, DAY, **asked)
    return target.read_bytes()
