"""``amo-catalog spark-price`` and what ``spark-submit`` runs: the same summary, and refusals in a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from catalog.pricing import spark as package
from catalog.pricing.spark import NotInstalledError, check_installed
from tests.api.catalogue import PRINCEPS, publish_all
from tests.integration.imports.catalogues import Commands
from tests.integration.spark.conftest import Published

LINE = {"id": 1, "kind": "medicament", "code": PRINCEPS, "organisme": "cnops", "as_of": "2014-07-01"}


class Kept:
    """A Spark that goes on when a command says that it has done with it."""

    def __init__(self, spark: Any) -> None:
        self._spark = spark

    def __getattr__(self, name: str) -> Any:
        return getattr(self._spark, name)

    def stop(self) -> None:
        """Others need it still."""


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "lines.ndjson"
    path.write_text("".join(json.dumps(line) + "\n" for line in (LINE, LINE | {"code": "?"})))
    return path


@pytest.mark.slow
def test_a_file_is_priced_from_the_command_line(
    spark: Any, sqlite_url: str, tmp_path: Path, lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_all(sqlite_url)
    monkeypatch.setattr("catalog.pricing.spark.session.open_spark", lambda master: Kept(spark))
    commands = Commands(sqlite_url, tmp_path / "data")
    told = commands.json("spark-price", lines, "-o", tmp_path / "out", "--release", "1")
    assert (told["total"], told["statuses"], told["release"]) == (2, {"INVALID": 1, "OK": 1}, 1)
    answers = spark.read.parquet(str(tmp_path / "out")).orderBy("row").collect()
    assert [(answer["row"], str(answer["unit_price"])) for answer in answers] == [(1, "37.20"), (2, "None")]
    again = commands.run("spark-price", lines, "-o", tmp_path / "out")
    assert again.exit_code == 1 and "is there already" in again.stderr


@pytest.mark.slow
def test_a_cluster_needs_no_database(
    spark: Any, golden: Published, tmp_path: Path, lines: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    from catalog.pricing.spark import __main__ as program

    monkeypatch.setattr(program, "open_spark", lambda master: Kept(spark))
    words = [str(lines), str(tmp_path / "out"), "--snapshot", str(golden.path), "--as-of", "2021-05-10"]
    assert program.main(words) == 0
    assert f"2 lines priced as known at release {golden.snapshot.head}: " in capsys.readouterr().out
    assert program.main([*words, "--release", "9999"]) == 1
    assert capsys.readouterr().err.startswith("Refused: ")


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "find_spec", lambda name: None)
    with pytest.raises(NotInstalledError, match=r"pyspark, pyarrow, pandas is not installed.*amo-catalog\[spark\]"):
        check_installed()
    monkeypatch.setattr(package, "find_spec", lambda name: object())
    monkeypatch.setattr(package.shutil, "which", lambda name: None)
    monkeypatch.setattr(package, "environ", {})
    with pytest.raises(NotInstalledError, match="there is no Java"):
        check_installed()
