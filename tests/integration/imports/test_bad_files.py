"""Bad input through the command line: a clear sentence, exit 1, and nothing written."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.integration.imports.catalogues import Commands, written

ACT = """
id = "arrete-essai"
type = "arrete"
title = "Arrêté d'essai"
statut = "EN_VIGUEUR"
"""
HEADER = ("code", "nom", "ppv", "pbr", "admis_remboursement")
GOOD = ("6118000100058", "DIAMICRON", "37.20", "29.70", "oui")


@pytest.fixture
def act(tmp_path: Path) -> Path:
    path = tmp_path / "act.toml"
    path.write_text(ACT, encoding="utf-8")
    return path


def write_csv(path: Path, rows: Iterable[tuple[str, ...]], header: tuple[str, ...] = HEADER) -> Path:
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([header, *rows])
    return path


def refuse(commands: Commands, engine: sa.Engine, *words: str | Path) -> str:
    """Runs a command that must be refused without a trace, and answers its sentence."""
    before = written(engine)
    result = commands.run(*words)
    assert result.exit_code == 1, result.output
    assert written(engine) == before
    assert "Traceback" not in result.output
    return result.stderr


def import_(commands: Commands, engine: sa.Engine, path: Path, act: Path, *more: str) -> str:
    return refuse(
        commands, engine, "import", "medicaments", path, "--effective", "2014-06-09", "--legal-act", act, *more
    )


def test_a_good_file_is_accepted(commands: Commands, act: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "good.csv", [GOOD])
    done = commands.json("import", "medicaments", path, "--effective", "2014-06-09", "--legal-act", act)
    assert (done["counts"]["added"], done["draft"]) == (1, 1)


def test_a_file_of_no_known_shape(commands: Commands, engine: sa.Engine, act: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "odd.csv", [("1", "2")], header=("alpha", "beta"))
    assert "alpha" in import_(commands, engine, path, act)


def test_codes_destroyed_by_a_spreadsheet(commands: Commands, engine: sa.Engine, act: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "destroyed.csv", [GOOD, ("6,118E+12", *GOOD[1:])])
    said = import_(commands, engine, path, act)
    assert "row 3" in said
    assert "spreadsheet" in said


def test_two_prices_for_one_code(commands: Commands, engine: sa.Engine, act: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "two.csv", [GOOD, (*GOOD[:2], "40.00", *GOOD[3:])])
    assert "row 3" in import_(commands, engine, path, act)


def test_an_effect_date_that_is_no_date(commands: Commands, act: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "good.csv", [GOOD])
    result = commands.run("import", "medicaments", path, "--effective", "2014-02-30", "--legal-act", act)
    assert result.exit_code == 2
    assert "2014-02-30" in result.stderr


def test_a_row_whose_date_is_no_date(commands: Commands, engine: sa.Engine, act: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "dated.csv", [(*GOOD, "31/02/2014")], header=(*HEADER, "valid_from"))
    assert "31/02/2014" in refuse(commands, engine, "import", "medicaments", path, "--legal-act", act, "--json")


def test_no_effect_date_at_all(commands: Commands, engine: sa.Engine, act: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "good.csv", [GOOD])
    assert "--effective" in refuse(commands, engine, "import", "medicaments", path, "--legal-act", act)


def test_a_truncated_workbook(commands: Commands, engine: sa.Engine, act: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.xlsx"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("xl/workbook.xml", "<workbook/>" * 500)
    path.write_bytes(path.read_bytes()[:-40])
    assert "cut.xlsx" in import_(commands, engine, path, act)


@pytest.mark.slow
def test_a_workbook_that_unpacks_to_gigabytes(commands: Commands, engine: sa.Engine, act: Path, tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made, made.open("xl/worksheets/sheet1.xml", "w") as sheet:
        block = b"\0" * (1 << 20)
        for _ in range(1100):
            sheet.write(block)
    assert path.stat().st_size < 2 << 20
    assert "bomb.xlsx" in import_(commands, engine, path, act)


def test_an_unknown_legal_act(commands: Commands, engine: sa.Engine, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "good.csv", [GOOD])
    words = ("import", "medicaments", path, "--effective", "2014-06-09", "--legal-act", "arrete-inconnu")
    assert "arrete-inconnu" in refuse(commands, engine, *words)


def test_a_row_that_cites_an_unknown_act(commands: Commands, engine: sa.Engine, act: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "cites.csv", [(*GOOD, "arrete-fantome")], header=(*HEADER, "legal_act"))
    said = import_(commands, engine, path, act)
    assert "row 2" in said
    assert (
        "arrete-fantome"
        in commands.run("import", "medicaments", path, "--effective", "2014-06-09", "--legal-act", act).stdout
    )


def test_publishing_with_oneself_as_approver(commands: Commands, engine: sa.Engine, act: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "good.csv", [GOOD])
    said = import_(commands, engine, path, act, "--publish", "--author", "amina", "--approver", "amina")
    assert "amina" in said


def test_a_missing_file(commands: Commands, engine: sa.Engine, act: Path, tmp_path: Path) -> None:
    assert "absent.csv" in import_(commands, engine, tmp_path / "absent.csv", act)


def test_a_report_is_written_even_when_the_file_is_refused(
    commands: Commands, engine: sa.Engine, act: Path, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "destroyed.csv", [("6,118E+12", *GOOD[1:])])
    import_(commands, engine, path, act, "--report", str(tmp_path / "report.json"))
    assert "CodeDestroyed" in (tmp_path / "report.json").read_text(encoding="utf-8")
