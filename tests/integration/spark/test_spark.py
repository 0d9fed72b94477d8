"""Spark answers every line as ``price-file`` does, whatever the format and however odd the line."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalog.pricing.file_blocks import PriceFileError
from catalog.pricing.file_writing import COLUMNS
from catalog.pricing.files import UnknownFileFormatError, price_file
from tests.integration.spark.conftest import Published
from tests.integration.spark.lines import FIELDS, lines

pytestmark = pytest.mark.slow

DAY = date(2021, 5, 10)
MANY = 2500
ODD_ROWS = (
    "[1, 2]", "not JSON", '{"kind": "acte", "code": "C", "price": 3}', '{"id": 1.5}', "", "  ", '{"id": 7, "kind": 3}',
    '{"id": 12345678901234567890123, "kind": "acte", "code": ["C"]}', '{"quantity": 1e3, "billed": 12.5}', "null",
    '{"kind": "medicament", "kind": "acte", "code": "C", "organisme": "cnss", "secteur": "prive", "id": true}',
)  # fmt: skip


def as_csv(path: Path, told: list[dict[str, Any]], separator: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as target:
        target.write(separator.join(FIELDS) + "\n")
        for place, line in enumerate(told):
            cells = [_cell(line.get(name)) for name in FIELDS]
            if place % 97 == 0:
                target.write(" ,\n" if separator == "," else "\r\n")
            target.write(separator.join(cells[: 9 if place % 50 else 20]) + ("\n" if place % 3 else "\r\n"))
        target.write(separator.join(["trop"] * 15))
    return path


def as_semicolons(path: Path, told: list[dict[str, Any]]) -> Path:
    return as_csv(path, told, ";")


def _cell(value: Any) -> str:
    text = {True: "oui", False: "non", None: ""}.get(value) if value is None or isinstance(value, bool) else str(value)
    return (text or "").replace(",", " ")


def as_ndjson(path: Path, told: list[dict[str, Any]]) -> Path:
    rows = [json.dumps(line, ensure_ascii=False) for line in told]
    for place, row in enumerate(ODD_ROWS):
        rows.insert(place * 31, row)
    path.write_bytes("\n".join(rows).encode() + b"\n" + b'{"id": "\xe9"}\n')
    return path


def as_parquet(path: Path, told: list[dict[str, Any]], **changed: Any) -> Path:
    polars = pytest.importorskip("polars")
    flags = ("exoneration", "mutuelle", "accord_prealable", "justified")
    schema = {name: polars.Boolean if name in flags else polars.String for name in FIELDS} | {"quantity": polars.Int64}
    frame = polars.DataFrame([{name: line.get(name) for name in FIELDS} for line in told], schema=schema)
    frame.with_columns(**changed).write_parquet(path, row_group_size=1000)
    return path


def by_price_file(golden: Published, source: Path, folder: Path) -> list[dict[str, Any]]:
    polars = pytest.importorskip("polars")
    target = folder / "expected.parquet"
    price_file(golden.snapshot, source, target, golden.snapshot.head, DAY)
    rows: list[dict[str, Any]] = polars.read_parquet(target).to_dicts()
    return rows


def by_spark(spark: Any, golden: Published, source: Path, folder: Path, **asked: Any) -> list[dict[str, Any]]:
    from catalog.pricing.spark.job import price_with_spark

    target = str(folder / "answers.parquet")
    told = price_with_spark(spark, golden.path, str(source), target, golden.snapshot.head, DAY, **asked)
    rows = [row.asDict() for row in spark.read.parquet(target).collect()]
    assert told == Counter(row["status"] for row in rows)
    assert not (folder / "answers.parquet.work").exists()
    return rows


def check_alike(spark: Any, golden: Published, source: Path, folder: Path) -> list[int]:
    """Compares the answers in the order of the lines; answers the numbers of these."""
    expected = by_price_file(golden, source, folder)
    found = sorted(by_spark(spark, golden, source, folder), key=lambda row: row["row"])
    numbers = [row.pop("row") for row in found]
    assert len(set(numbers)) == len(found) == len(expected)
    for answer, wanted in zip(found, expected, strict=True):
        assert answer == wanted
    assert list(found[0]) == list(COLUMNS)
    return numbers


@pytest.fixture(scope="module")
def told(golden: Published) -> list[dict[str, Any]]:
    return list(lines(golden.snapshot, MANY))


def test_lines_are_of_all_sorts(golden: Published, told: list[dict[str, Any]], tmp_path: Path) -> None:
    answers = by_price_file(golden, as_parquet(tmp_path / "lines.parquet", told), tmp_path)
    statuses = Counter(answer["status"] for answer in answers)
    assert {"OK", "INVALID", "NOT_REIMBURSABLE", "NO_TARIFF", "UNKNOWN_CODE", "PRIOR_AGREEMENT_MISSING"} <= set(
        statuses
    )
    assert statuses["OK"] > MANY // 4
    assert sum("RETROACTIVE_CHANGE" in (answer["reasons"] or "") for answer in answers) > 10


def test_parquet_is_answered_as_price_file_answers_it(
    spark: Any, golden: Published, told: list[dict[str, Any]], tmp_path: Path
) -> None:
    numbers = check_alike(spark, golden, as_parquet(tmp_path / "lines.parquet", told), tmp_path)
    assert numbers == list(range(1, MANY + 1))


def test_typed_columns_are_read_as_price_file_reads_them(
    spark: Any, golden: Published, told: list[dict[str, Any]], tmp_path: Path
) -> None:
    polars = pytest.importorskip("polars")
    changed = {
        "id": polars.int_range(polars.len(), dtype=polars.Int32),
        "as_of": polars.col("as_of").str.to_date(strict=False),
        "billed": polars.col("billed").str.strip_chars().cast(polars.Decimal(12, 3), strict=False),
        "quantity": polars.col("quantity").cast(polars.Int32),
    }
    check_alike(spark, golden, as_parquet(tmp_path / "lines.parquet", told, **changed), tmp_path)


@pytest.mark.parametrize("name", ["billed", "exoneration"])
def test_columns_of_another_type_are_faults_of_their_lines(
    spark: Any, golden: Published, told: list[dict[str, Any]], tmp_path: Path, name: str
) -> None:
    polars = pytest.importorskip("polars")
    changed = {
        "billed": {"billed": polars.lit(1.5)},
        "exoneration": {"exoneration": polars.lit("oui")},
    }
    check_alike(spark, golden, as_parquet(tmp_path / "lines.parquet", told[:200], **changed[name]), tmp_path)


def test_csv_is_answered_as_price_file_answers_it(
    spark: Any, golden: Published, told: list[dict[str, Any]], tmp_path: Path
) -> None:
    numbers = check_alike(spark, golden, as_csv(tmp_path / "lines.csv", told), tmp_path)
    assert numbers[-1] > len(numbers)  # blank rows count, as in the sentences on bad rows


def test_ndjson_is_answered_as_price_file_answers_it(
    spark: Any, golden: Published, told: list[dict[str, Any]], tmp_path: Path
) -> None:
    check_alike(spark, golden, as_ndjson(tmp_path / "lines.ndjson", told), tmp_path)


def test_a_file_read_in_many_tasks_keeps_its_numbers(
    spark: Any, golden: Published, told: list[dict[str, Any]], tmp_path: Path
) -> None:
    sizes = {"spark.sql.files.maxPartitionBytes": "20000", "spark.sql.files.openCostInBytes": "0"}
    for name, value in sizes.items():
        spark.conf.set(name, value)
    try:
        for suffix, write in ((".csv", as_semicolons), (".ndjson", as_ndjson), (".parquet", as_parquet)):
            folder = tmp_path / suffix[1:]
            folder.mkdir()
            check_alike(spark, golden, write(folder / f"lines{suffix}", told[:1000]), folder)
    finally:
        for name in sizes:
            spark.conf.unset(name)


def test_a_folder_of_parquet_is_one_file_after_another(
    spark: Any, golden: Published, told: list[dict[str, Any]], tmp_path: Path
) -> None:
    folder = tmp_path / "lines.parquet"
    folder.mkdir()
    for place, start in enumerate(range(0, 900, 300)):
        as_parquet(folder / f"part-{place}.parquet", told[start : start + 300])
    whole = by_price_file(golden, as_parquet(tmp_path / "whole.parquet", told[:900]), tmp_path)
    found = by_spark(spark, golden, folder, tmp_path, in_order=True)
    assert [row.pop("row") for row in found] == list(range(1, 901))
    assert found == whole


def test_most_lines_are_answered_by_the_join(
    spark: Any, golden: Published, told: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from catalog.pricing.spark import job

    left: list[int] = []
    rest = job.lines_for_the_pricer
    monkeypatch.setattr(job, "lines_for_the_pricer", lambda found: left.append(rest(found).count()) or rest(found))
    by_spark(spark, golden, as_parquet(tmp_path / "lines.parquet", told), tmp_path)
    (number,) = left
    assert 0 < number < MANY * 0.6


@pytest.mark.parametrize(
    ("name", "text", "error", "why"),
    [
        ("a.csv", "kind,price\n", PriceFileError, "a line has no field 'price'"),
        ("a.csv", 'kind,code\nacte,"C"\n', PriceFileError, "quoted cells"),
        ("a.csv", "", PriceFileError, "is empty"),
        ("a.txt", "", UnknownFileFormatError, "names no format"),
    ],
)
def test_what_cannot_be_priced_is_refused_whole(
    spark: Any, golden: Published, tmp_path: Path, name: str, text: str, error: type[Exception], why: str
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(error, match=why):
        by_spark(spark, golden, tmp_path / name, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_csv_that_is_not_utf_8_is_refused(spark: Any, golden: Published, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("kind,code\nmédicament,1\n".encode("latin-1"))
    with pytest.raises(PriceFileError, match="not UTF-8"):
        by_spark(spark, golden, tmp_path / "a.csv", tmp_path)


@pytest.mark.parametrize("name", ["absent.parquet", "absent.csv"])
def test_a_file_that_is_not_there_is_told(spark: Any, golden: Published, tmp_path: Path, name: str) -> None:
    with pytest.raises(PriceFileError, match="PATH_NOT_FOUND"):
        by_spark(spark, golden, tmp_path / name, tmp_path)


def test_nothing_is_written_over(spark: Any, golden: Published, told: list[dict[str, Any]], tmp_path: Path) -> None:
    from catalog.pricing.spark.job import TargetTakenError

    (tmp_path / "answers.parquet").mkdir()
    with pytest.raises(TargetTakenError):
        by_spark(spark, golden, as_parquet(tmp_path / "lines.parquet", told[:10]), tmp_path)
