"""Separated text and JSON become rows of text, or a sentence says why they cannot."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from pathlib import Path

import pytest

from catalog.importing.errors import UnreadableFileError
from catalog.importing.sources import read_table
from catalog.importing.table import SourceOptions

from .conftest import WriteFile


def cells(path: Path, options: SourceOptions = SourceOptions()) -> list[tuple[str, ...]]:  # noqa: B008
    return [row.cells for row in read_table(path, options).rows]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(write: WriteFile, separator: str) -> None:
    lines = [separator.join(line) for line in (("code", "nom", "prix"), ("1", "a", "9"), ("2", "b", "8"))]
    table = read_table(write("liste.csv", *lines))
    assert table.separator == separator
    assert [row.cells for row in table.rows] == [("code", "nom", "prix"), ("1", "a", "9"), ("2", "b", "8")]


def test_a_decimal_comma_is_not_taken_for_a_separator(write: WriteFile) -> None:
    assert cells(write("liste.csv", "code;prix", "1;37,20", "2;29,70"))[1] == ("1", "37,20")


def test_a_told_separator_is_obeyed(write: WriteFile) -> None:
    assert cells(write("liste.txt", "a;b,c"), SourceOptions(separator=",")) == [("a;b", "c")]


def test_rows_are_numbered_as_a_spreadsheet_shows_them(write: WriteFile) -> None:
    path = write("liste.csv", "code;nom", '1;"deux', 'lignes"', "", ";", "2;b")
    assert [(row.number, row.cells[0]) for row in read_table(path).rows] == [(1, "code"), (2, "1"), (5, "2")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_ending_ends_a_row(write: WriteFile, end: str) -> None:
    assert cells(write("liste.csv", "a;b", "1;2", end=end)) == [("a", "b"), ("1", "2")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman", "cp850"])
def test_the_encoding_is_found(write: WriteFile, encoding: str) -> None:
    lines = ("code;libellé;dénomination", "1;Modérée à 5 µg;Spécialité", "2;Présentation;Comprimé sécable")
    if encoding == "utf-16-le":
        lines = ("\ufeff" + lines[0], *lines[1:])
    assert cells(write("liste.csv", *lines, encoding=encoding))[0] == ("code", "libellé", "dénomination")


def test_an_encoding_that_was_found_by_its_letters_is_told(write: WriteFile) -> None:
    table = read_table(write("liste.csv", "code;libellé", "1;modéré", encoding="cp1252"))
    assert (table.encoding, len(table.notes)) == ("cp1252", 1)
    assert "cp1252" in table.notes[0]


def test_a_told_encoding_is_obeyed_strictly(write: WriteFile) -> None:
    path = write("liste.csv", "code;libelle", "1;modéré", encoding="cp1252")
    with pytest.raises(UnreadableFileError, match=r"liste\.csv .* line 2 holds bytes that are not utf-8"):
        read_table(path, SourceOptions(encoding="utf-8"))


def test_an_encoding_of_no_plausible_letters_is_refused(write: WriteFile) -> None:
    path = write("liste.csv", "code;nom", "1;Спецификация", encoding="koi8_r")
    with pytest.raises(UnreadableFileError, match=r"encoding is neither UTF-8 nor .* State the encoding"):
        read_table(path)


def test_an_unknown_encoding_is_named(write: WriteFile) -> None:
    with pytest.raises(UnreadableFileError, match="no encoding is named 'latin-99'"):
        read_table(write("liste.csv", "a;b"), SourceOptions(encoding="latin-99"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("vide.csv", b"", "it is empty"),
        ("vide.csv", b" \r\n\r\n", "it is empty"),
        ("blanc.csv", b";;\n;;\n", "it holds no row"),
        ("nul.csv", b"a;b\n1;\x00\n", "NUL characters"),
        ("page.csv", b"<!DOCTYPE html><table></table>", "web page"),
        ("guide.csv", b"%PDF-1.7 ...", "web page or a document"),
        ("faux.xlsx", b"code;nom\n1;a\n", "named as a workbook and is none"),
        ("ouvert.csv", b'code;nom\n1;"jamais ferme\n2;b\n', "quoting is broken"),
        ("vieux.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, r"an \.xls workbook, or one locked by a password"),
        ("archive.zip", b"PK\x05\x06" + b"\0" * 18, r"without an \.xlsx workbook"),
        ("coupe.csv.gz", gzip.compress(b"code;nom\n" * 1000, mtime=0)[:-20], "gzip packing is cut short"),
        ("abime.csv.gz", b"\x1f\x8b\x08" + b"rubbish" * 20, "gzip packing is cut short or damaged"),
        ("liste.json", b'{"code": ', "is not JSON"),
        ("liste.json", b"[]", "its list is empty"),
        ("liste.json", b"[1, 2]", "not a list of objects"),
        ("liste.json", b'[{"code": {"a": 1}}]', "item 1 holds an object"),
        ("liste.json", b'[{"prix": NaN}]', "NaN is no number"),
        ("liste.json", b'[{"code": "1", "code": "2"}]', "names 'code' twice"),
        ("liste.json", b"[" * 100_000, "nested too deeply|is not JSON"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=said) as refused:
        read_table(path)
    assert str(refused.value).startswith(f"{name} cannot be read: ")
    assert str(refused.value).endswith(".")


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="it is a folder"):
        read_table(tmp_path)
    with pytest.raises(UnreadableFileError, match="there is no such file"):
        read_table(tmp_path / "absent.csv")


def test_a_packed_file_reads_like_the_file(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv.gz"
    path.write_bytes(gzip.compress("code;libellé\n1;é\n".encode()))
    assert cells(path) == [("code", "libellé"), ("1", "é")]


@pytest.mark.slow
def test_a_gzip_that_unpacks_to_gigabytes_is_refused_early(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    path = tmp_path / "bombe.csv.gz"
    with path.open("wb") as bomb:
        for _ in range(1100):
            bomb.write(packer.compress(b"0" * 2**20))
        bomb.write(packer.flush())
    assert path.stat().st_size < 4 * 2**20
    tracemalloc.start()
    with pytest.raises(UnreadableFileError, match="more than 256 MiB once unpacked"):
        read_table(path)
    assert tracemalloc.get_traced_memory()[1] < 32 * 2**20
    tracemalloc.stop()


def test_a_small_gzip_that_unpacks_out_of_all_proportion_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bombe.csv.gz"
    path.write_bytes(gzip.compress(b"0" * (40 * 2**20), mtime=0))
    with pytest.raises(UnreadableFileError, match="which no list needs"):
        read_table(path)


def test_json_keeps_the_digits_that_are_written(write: WriteFile) -> None:
    text = '[{"code": 6118000100058, "prix": 37.20, "dci": ["A", "B"], "admis": true}, {"code": "2", "note": null}]'
    assert cells(write("liste.json", text)) == [
        ("code", "prix", "dci", "admis", "note"),
        ("6118000100058", "37.20", "A / B", "true", ""),
        ("2", "", "", "", ""),
    ]


def test_one_object_a_line_reads_like_an_array(write: WriteFile) -> None:
    lines = ('{"code": "1", "nom": "a\u2028b"}', '{"code": "2", "nom": "c"}')
    table = read_table(write("liste.jsonl", *lines))
    assert [(row.number, row.cells) for row in table.rows][1:] == [(1, ("1", "a\u2028b")), (2, ("2", "c"))]
