"""Files priced in columns: byte for byte the answers of lines priced one by one, whatever the file holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.pricing.file_blocks import PriceFileError
from catalog.pricing.file_csv import CsvFile
from catalog.pricing.file_reading import NdjsonFile, lines_of, read_csv
from tests.unit.pricing.files_of_lines import WRITERS, ndjson, priced, table

pl = pytest.importorskip("polars")
pytest.importorskip("numpy")

BLOCKS = {".csv": 20_000, ".ndjson": 30_000, ".parquet": 700}


@pytest.mark.parametrize("form", [".csv", ".ndjson", ".parquet"])
@pytest.mark.parametrize("sent", WRITERS)
@pytest.mark.parametrize("seed", range(3))
def test_columns_answer_as_lines_do(tmp_path: Path, sent: str, form: str, seed: int) -> None:
    source = WRITERS[sent](tmp_path / f"lines{sent}", 2_000, seed)
    one_by_one = priced(source, tmp_path / f"a{form}", in_columns=False, block=BLOCKS[sent])
    in_columns = priced(source, tmp_path / f"b{form}", in_columns=True, block=BLOCKS[sent])
    if form == ".parquet":
        rows = [pl.read_parquet(tmp_path / name) for name in ("a.parquet", "b.parquet")]
        assert rows[0].equals(rows[1])
        assert rows[0].schema == rows[1].schema
    else:
        assert in_columns.splitlines() == one_by_one.splitlines()


@pytest.mark.slow
@pytest.mark.parametrize("sent", WRITERS)
@pytest.mark.parametrize("seed", range(100, 130))
def test_columns_answer_as_lines_do_on_many_files(tmp_path: Path, sent: str, seed: int) -> None:
    source = WRITERS[sent](tmp_path / f"lines{sent}", 3_000, seed)
    block = BLOCKS[sent] // (1 + seed % 7)
    one_by_one = priced(source, tmp_path / "a.ndjson", in_columns=False)
    assert priced(source, tmp_path / "b.ndjson", in_columns=True, block=block) == one_by_one


@pytest.mark.parametrize("size", [1, 2, 7, 100, 5_000, 1 << 20])
@pytest.mark.parametrize("seed", range(3))
def test_where_blocks_are_cut_changes_nothing(tmp_path: Path, size: int, seed: int) -> None:
    rows = table(tmp_path / "a.csv", 300, seed)
    assert list(lines_of(CsvFile(rows, size))) == list(read_csv(rows))
    objects = ndjson(tmp_path / "a.ndjson", 300, seed)
    assert list(lines_of(NdjsonFile(objects, size))) == list(lines_of(NdjsonFile(objects)))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b'kind,code\nacte,C\nacte,"C\n', "it is not CSV: unexpected end of data."),
        (b'kind,code\nacte,"C"x\n', "it is not CSV: ',' expected after '\"'."),
        (
            b"kind,code\nacte,C\nacte," + b"C" * 140_000 + b"\n",
            "it is not CSV: field larger than field limit (131072).",
        ),
        (b"kind,code\n" + b"acte,C\n" * 100 + b"acte,\xe9\n", "it is not UTF-8 at byte 715; save it as UTF-8."),
        (b"x" * (1 << 21), "its first line does not end: it has no header."),
    ],
)
@pytest.mark.parametrize("block", [64, 1 << 20])
@pytest.mark.parametrize("in_columns", [False, True])
def test_what_is_no_table_is_refused_whole(tmp_path: Path, text: bytes, why: str, block: int, in_columns: bool) -> None:
    source = tmp_path / "a.csv"
    source.write_bytes(text)
    with pytest.raises(PriceFileError) as refused:
        priced(source, tmp_path / "b.csv", in_columns=in_columns, block=block)
    assert why in str(refused.value)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("form", [".csv", ".ndjson", ".parquet"])
@pytest.mark.parametrize("sent", WRITERS)
@pytest.mark.parametrize("in_columns", [False, True])
def test_a_file_without_lines_has_no_answers(tmp_path: Path, sent: str, form: str, in_columns: bool) -> None:
    source = tmp_path / f"a{sent}"
    if sent == ".parquet":
        pl.DataFrame({"kind": [], "code": []}).write_parquet(source)
    else:
        source.write_bytes(b"kind,code\n\n" if sent == ".csv" else b"\n")
    priced(source, tmp_path / f"b{form}", in_columns=in_columns)
    if form == ".parquet":
        assert pl.read_parquet(tmp_path / "b.parquet").height == 0
    else:
        assert (tmp_path / f"b{form}").read_bytes().count(b"\n") == (form == ".csv")


def test_an_identifier_with_a_carriage_return_is_written_alike(tmp_path: Path) -> None:
    source = tmp_path / "a.ndjson"
    source.write_bytes(b'{"id": "a\\rb"}\n{"id": ""}\n{"id": "c\\nd"}\n{"id": " e"}\n')
    one_by_one = priced(source, tmp_path / "a.csv", in_columns=False)
    assert priced(source, tmp_path / "b.csv", in_columns=True) == one_by_one
