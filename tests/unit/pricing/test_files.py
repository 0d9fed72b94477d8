"""Files of lines: every format answers as the API does, and a file is written whole or not at all."""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from catalog.export_parquet import FormatUnavailableError
from catalog.pricing import files
from catalog.pricing.file_reading import LONGEST_ROW, PriceFileError, ndjson_rows, read_csv
from catalog.pricing.file_writing import COLUMNS
from catalog.pricing.files import UnknownFileFormatError, price_file, price_rows
from catalog.pricing.lines import BadLine
from catalog.pricing.tarification import price_lines
from catalog.temporal import Moment
from tests.unit.pricing.shelf import pack

DAY = date(2021, 5, 10)
LINES: list[dict[str, Any]] = [
    {
        "id": "1",
        "kind": "medicament",
        "code": "6118000100058",
        "as_of": "2014-07-01",
        "organisme": "cnops",
        "mutuelle": True,
    },
    {"id": "2", "kind": "acte", "code": "C", "organisme": "cnss", "secteur": "prive", "billed": "150.00"},
    {"id": "3", "kind": "acte", "code": "K50", "organisme": "cnss", "secteur": "prive", "quantity": -1},
    {"id": "4", "kind": "dispositif", "code": "KE140201", "organisme": "cnops", "quantity": 2},
    {"id": "5", "kind": "forfait", "code": "CESARIENNE", "organisme": "cnops", "secteur": "prive", "justified": False},
]  # fmt: skip
FIELDS = ("id", "kind", "code", "as_of", "organisme", "secteur", "quantity", "billed", "mutuelle", "justified")


def api(lines: list[Any] = LINES, **asked: Any) -> list[dict[str, Any]]:
    return price_lines(pack(), lines, Moment(DAY, pack().head), **asked)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def as_csv(path: Path, separator: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, FIELDS, delimiter=separator)
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in line.items()} for line in LINES)
    return path


def _cell(value: Any) -> str:
    return {True: "oui", False: "non"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def as_ndjson(path: Path) -> Path:
    return written(path, "\n".join(map(json.dumps, LINES)) + "\n\n")


def as_parquet(path: Path) -> Path:
    polars = pytest.importorskip("polars")
    rows = [{name: line.get(name) for name in FIELDS} for line in LINES]
    frame = polars.DataFrame(rows, schema_overrides={"billed": polars.String}, infer_schema_length=None)
    frame.with_columns(
        polars.col("billed").cast(polars.Decimal(10, 2)), polars.col("as_of").str.to_date()
    ).write_parquet(path)
    return path


SOURCES = {".csv": as_csv, ".ndjson": as_ndjson, ".parquet": as_parquet}


def priced(source: Path, target: Path, **asked: Any) -> Path:
    price_file(pack(), source, target, pack().head, DAY, **asked)
    return target


@pytest.mark.parametrize("suffix", SOURCES)
def test_every_format_is_answered_as_the_api_does(tmp_path: Path, suffix: str) -> None:
    target = priced(SOURCES[suffix](tmp_path / f"lines{suffix}"), tmp_path / "answers.ndjson", explain=True)
    answers = [json.loads(row) for row in target.read_text(encoding="utf-8").splitlines()]
    assert answers == json.loads(json.dumps(api(explain=True)))


def test_a_csv_of_answers_has_a_row_a_line(tmp_path: Path) -> None:
    target = priced(as_ndjson(tmp_path / "lines.ndjson"), tmp_path / "answers.csv")
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert list(rows[0]) == list(COLUMNS)
    for row, answer in zip(rows, api(), strict=True):
        for name in ("id", "status", "unit_price", "base", "rate", "amo", "mutuelle", "patient", "valid_from"):
            assert row[name] == (answer[name] or "")
    assert rows[1]["acte_juridique"] == "arrete-1961-06"
    assert rows[1]["reasons"] == "SIGNED_NOT_IN_FORCE"
    assert rows[2]["errors"] == "quantity: The quantity is -1: at least one unit must be billed."


def test_parquet_answers_are_typed(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    rows = polars.read_parquet(priced(as_csv(tmp_path / "lines.csv"), tmp_path / "answers.parquet")).to_dicts()
    assert [row["amo"] for row in rows] == [answer["amo"] and Decimal(answer["amo"]) for answer in api()]
    assert (rows[0]["rate"], rows[0]["as_of"], rows[0]["id"]) == (Decimal("0.7000"), date(2014, 7, 1), "1")


def test_semicolons_separate_as_well(tmp_path: Path) -> None:
    assert list(read_csv(as_csv(tmp_path / "a.csv", ";"))) == list(read_csv(as_csv(tmp_path / "b.csv")))


def test_a_mark_of_byte_order_is_no_part_of_the_header(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "\ufeffkind,code\nacte,C\n")
    assert list(read_csv(path)) == [{"kind": "acte", "code": "C"}]


def test_an_id_is_no_formula_in_a_spreadsheet(tmp_path: Path) -> None:
    lines = written(tmp_path / "a.ndjson", json.dumps({"id": "=1+1"}) + "\n" + json.dumps({"id": "-7"}))
    rows = list(csv.DictReader(priced(lines, tmp_path / "b.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["id"] for row in rows] == ["'=1+1", "-7"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it has no header; its columns are those of a line: id, kind,"),
        ("kind,code,price\n", "a line has no field 'price'; its fields are id, kind,"),
        ("kind,kind\n", "two of its columns have the same name."),
        ('kind,code\nacte,"C\n', "it is not CSV:"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_whole(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(PriceFileError, match="cannot be priced") as refused:
        priced(written(tmp_path / "a.csv", text), tmp_path / "b.csv")
    assert why in str(refused.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv"]


def test_a_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("kind,code\nmédicament,1\n".encode("latin-1"))
    with pytest.raises(PriceFileError, match="it is not UTF-8 at byte 11"):
        priced(tmp_path / "a.csv", tmp_path / "b.csv")


def test_parquet_that_is_none_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("polars")
    with pytest.raises(PriceFileError, match="it is not Parquet that can be read"):
        priced(written(tmp_path / "a.parquet", "no"), tmp_path / "b.csv")


def test_a_target_that_was_there_is_kept_when_the_source_is_refused(tmp_path: Path) -> None:
    kept = written(tmp_path / "b.csv", "before")
    with pytest.raises(PriceFileError):
        priced(written(tmp_path / "a.csv", "x\n"), kept)
    assert kept.read_text() == "before"


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownFileFormatError, match=r"end it in \.csv, \.ndjson"):
        priced(tmp_path / "a.xlsx", tmp_path / "b.csv")


def test_a_row_too_wide_is_a_bad_line_among_the_others(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "kind,code\nacte,C,x\n\nacte,Cs\n")
    bad, good = read_csv(path)
    assert isinstance(bad, BadLine)
    assert bad.errors[0].message == "Row 1 has 3 cells under 2 columns."
    assert good == {"kind": "acte", "code": "Cs"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b"{", "Row 2 is not JSON"),
        (b"\xff", "Row 2 is not JSON"),
        (b"[" * 100_000 + b"]" * 100_000, "Row 2 is not JSON"),
        (b" " * (2 * LONGEST_ROW), f"Row 2 is longer than {LONGEST_ROW} bytes."),
    ],
)
def test_a_row_that_is_no_json_is_a_bad_line_among_the_others(row: bytes, said: str) -> None:
    good, bad, again = ndjson_rows(BytesIO(b'{"id": 1}\n' + row + b'\n{"id": 3}\n'))
    assert (good, again) == ({"id": 1}, {"id": 3})
    assert isinstance(bad, BadLine)
    assert bad.errors[0].message.startswith(said)


def test_rows_are_priced_as_they_are_asked_for() -> None:
    taken = []

    def rows() -> Any:
        for number in range(1000):
            taken.append(number)
            yield LINES[1]

    answers = price_rows(pack(), rows(), pack().head, DAY)
    assert next(answers)["amo"] == "56.00"
    assert taken == [0]


def test_without_the_libraries_of_large_files_text_is_priced_and_parquet_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    monkeypatch.setitem(files.FORMATS, ".csv", replace(files.FORMATS[".csv"], few=0))
    source = as_csv(tmp_path / "lines.csv")
    rows = priced(source, tmp_path / "answers.ndjson").read_text(encoding="utf-8").splitlines()
    assert [json.loads(row) for row in rows] == json.loads(json.dumps(api()))
    for lines, answers in ((source, "answers.parquet"), (written(tmp_path / "a.parquet", ""), "answers.csv")):
        with pytest.raises(FormatUnavailableError, match=r"pip install 'amo-catalog\[bulk\]'"):
            priced(lines, tmp_path / answers)
        assert not (tmp_path / answers).exists()


def test_answers_never_replace_their_lines(tmp_path: Path) -> None:
    source = as_csv(tmp_path / "lines.csv")
    before = source.read_bytes()
    with pytest.raises(PriceFileError, match="its answers would replace it"):
        price_file(pack(), source, tmp_path / "." / "lines.csv", pack().head, DAY)
    assert source.read_bytes() == before


@pytest.mark.parametrize("in_columns", [True, False])
def test_a_day_of_no_calendar_refuses_the_file(tmp_path: Path, in_columns: bool) -> None:
    days = pl.Series("as_of", [1, 10_000_000, None], dtype=pl.Int32).cast(pl.Date)
    pl.DataFrame({"kind": ["acte"] * 3, "code": ["C"] * 3}).with_columns(days).write_parquet(tmp_path / "l.parquet")
    with pytest.raises(PriceFileError, match="as_of holds a day outside the years 1 to 9999"):
        price_file(pack(), tmp_path / "l.parquet", tmp_path / "o.csv", pack().head, DAY, in_columns=in_columns)
    assert [path.name for path in tmp_path.iterdir()] == ["l.parquet"]


def test_a_table_with_a_comma_too_many_on_each_row_is_told_row_by_row(tmp_path: Path) -> None:
    source = written(tmp_path / "lines.csv", "id,kind\n" + "1,acte,\n" * 3)
    told = {}
    for in_columns in (True, False):
        price_file(pack(), source, tmp_path / "o.csv", pack().head, DAY, in_columns=in_columns)
        told[in_columns] = (tmp_path / "o.csv").read_bytes()
    assert told[True] == told[False]
    assert b"Row 3 has 3 cells under 2 columns" in told[True]
