"""What the import command tells, also when the file itself is refused, and where it cannot write."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.integration.imports.catalogues import Commands, Loader
from tests.integration.imports.test_bad_files import ACT, GOOD, HEADER, write_csv

SMR = "CIS_HAS_SMR_bdpm.txt"
ASMR = "CIS_HAS_ASMR_bdpm.txt"


@pytest.fixture
def act(tmp_path: Path) -> Path:
    path = tmp_path / "act.toml"
    path.write_text(ACT, encoding="utf-8")
    return path


def words(path: Path, act: Path) -> tuple[str | Path, ...]:
    return "import", "medicaments", path, "--effective", "2014-06-09", "--legal-act", act


def test_a_file_that_is_no_list_has_a_report_too(commands: Commands, tmp_path: Path, act: Path) -> None:
    path = write_csv(tmp_path / "odd.csv", [("1", "2")], header=("alpha", "beta"))
    report = tmp_path / "report.json"
    result = commands.run(*words(path, act), "--report", report, "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told == json.loads(report.read_text(encoding="utf-8"))
    assert told["refused"] is True
    (only,) = told["violations"]
    assert (only["rule"], only["row"]) == ("Shape", None)
    assert "alpha" in only["message"]
    assert "alpha" in result.stderr


def test_the_text_tells_the_mode_and_what_is_left_alone(commands: Commands, tmp_path: Path, act: Path) -> None:
    first = write_csv(tmp_path / "first.csv", [GOOD, ("6118000100065", *GOOD[1:])])
    commands.run(*words(first, act), "--publish", "--author", "amina", "--approver", "badr")
    second = write_csv(tmp_path / "second.csv", [GOOD])
    told = commands.run(*words(second, act)[:-1], "arrete-essai", "--dry-run").stdout
    assert "mode delta" in told
    assert "absent and left alone 1" in told
    assert "unchanged 1" in told


def test_the_mode_is_told_of_a_file_whose_rows_carry_their_days(commands: Commands, tmp_path: Path, act: Path) -> None:
    path = write_csv(tmp_path / "dated.csv", [(*GOOD, "2014-06-09")], header=(*HEADER, "valid_from"))
    told = commands.run("import", "medicaments", path, "--legal-act", act, "--dry-run").stdout
    assert "Each row tells from when it holds; mode delta" in told


@pytest.mark.parametrize("place", ["absent/report.json", "."])
def test_a_report_that_cannot_be_written_is_told_before_the_work(
    commands: Commands, tmp_path: Path, act: Path, place: str
) -> None:
    path = write_csv(tmp_path / "good.csv", [GOOD])
    result = commands.run(*words(path, act), "--report", tmp_path / place)
    assert result.exit_code == 2
    assert "folder" in result.stderr
    assert "Traceback" not in result.output


def test_an_export_into_no_folder_is_told(commands: Commands, tmp_path: Path) -> None:
    result = commands.run(
        "export", "1", "--kind", "medicaments", "--format", "csv", "-o", tmp_path / "absent" / "x.csv"
    )
    assert result.exit_code == 2
    assert "there is no folder" in result.stderr


def opinions(path: Path, *rows: tuple[str, str, str]) -> Path:
    lines = (f"60001288\t{dossier}\tRéévaluation SMR\t20110105\t{value}\t{text}" for dossier, value, text in rows)
    path.write_text("\n".join(lines) + "\n", encoding="cp1252")
    return path


def test_a_full_list_of_one_sort_of_opinions_leaves_the_other_sort_alone(loader: Loader, tmp_path: Path) -> None:
    loader.load("avis", opinions(tmp_path / SMR, ("CT-9944", "Important", "a"), ("CT-9945", "Modéré", "b")))
    loader.load("avis", opinions(tmp_path / ASMR, ("CT-9944", "V", "c")))
    told = {"mode": "full", "effective": loader.at.date()}
    report = loader.load("avis", opinions(tmp_path / SMR, ("CT-9944", "Important", "a")), **told)
    assert (report.counts["withdrawn"], report.counts["absent"]) == (1, 1)
    held = loader.in_force("avis", loader.at.date(), 3)
    assert sorted(held) == ["CT-9944/60001288/ASMR/1", "CT-9944/60001288/SMR/1"]
    report = loader.load("avis", opinions(tmp_path / ASMR, ("CT-9999", "V", "c")), **told)
    assert (report.counts["withdrawn"], report.counts["absent"]) == (1, 1)


def test_migrating_without_naming_a_database_is_told(engine: sa.Engine) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AMO_")}
    done = subprocess.run(
        [sys.executable, "-m", "alembic", "downgrade", "-1"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[3],
    )
    assert done.returncode != 0
    assert "AMO_DATABASE_URL is not set" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
