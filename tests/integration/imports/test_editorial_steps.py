"""From file to answer by the command line, step by step, as four people would."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.integration.imports.catalogues import Commands
from tests.integration.imports.test_bad_files import ACT, GOOD, refuse, write_csv

CODE = GOOD[0]
PASSWORD = "correct horse battery\n"


@pytest.fixture
def drafted(commands: Commands, tmp_path: Path) -> Commands:
    """Draft 1 holds one medicine from 9 June 2014."""
    act = tmp_path / "act.toml"
    act.write_text(ACT, encoding="utf-8")
    stage(commands, tmp_path, "37.20", "2014-06-09", str(act))
    return commands


def stage(commands: Commands, folder: Path, ppv: str, effective: str, act: str = "arrete-essai") -> int:
    path = write_csv(folder / "list.csv", [(*GOOD[:2], ppv, *GOOD[3:])])
    done = commands.json(
        "import", "medicaments", path, "--effective", effective, "--legal-act", act, "--author", "amina"
    )
    return int(done["draft"])


def publish(commands: Commands, draft: int) -> None:
    for step, who in (("submit", "amina"), ("approve", "badr"), ("publish", "chama")):
        result = commands.run("draft", step, str(draft), "--as", who)
        assert result.exit_code == 0, result.output


def price(commands: Commands, *clock: str) -> str | None:
    found: str | None = commands.json("lookup", "medicaments", CODE, *clock)["ppv"]
    return found


def test_a_draft_is_invisible_until_published(drafted: Commands) -> None:
    assert drafted.run("lookup", "medicaments", CODE).exit_code == 1
    publish(drafted, 1)
    assert price(drafted, "--as-of", "2014-06-09") == "37.20"
    before = drafted.run("lookup", "medicaments", CODE, "--as-of", "2014-06-08")
    assert before.exit_code == 1
    assert "2014-06-09" in before.stderr


def test_a_change_of_next_month_leaves_today_alone_and_shows_as_upcoming(drafted: Commands, tmp_path: Path) -> None:
    publish(drafted, 1)
    publish(drafted, stage(drafted, tmp_path, "35.00", "2026-12-22"))
    today = drafted.json("lookup", "medicaments", CODE, "--as-of", "2026-11-22")
    assert today["ppv"] == "37.20"
    assert [step["valid_from"] for step in today["upcoming"]] == ["2026-12-22"]
    assert price(drafted, "--as-of", "2026-12-22") == "35.00"


def test_an_author_cannot_approve_their_draft(drafted: Commands, engine: sa.Engine) -> None:
    drafted.run("draft", "submit", "1", "--as", "amina")
    for name in ("amina", " amina "):
        assert "amina cannot approve" in refuse(drafted, engine, "draft", "approve", "1", "--as", name)


def test_a_stale_draft_is_refused_and_can_be_rebased(drafted: Commands, engine: sa.Engine, tmp_path: Path) -> None:
    publish(drafted, 1)
    first = stage(drafted, tmp_path, "36.00", "2015-01-01")
    second = stage(drafted, tmp_path, "35.00", "2015-01-01")
    publish(drafted, first)
    drafted.run("draft", "submit", str(second), "--as", "amina")
    drafted.run("draft", "approve", str(second), "--as", "badr")
    assert "Rebase" in refuse(drafted, engine, "draft", "publish", str(second), "--as", "chama")
    clashes = drafted.json("draft", "rebase", str(second), "--as", "amina")["clashes"]
    assert [(clash["theirs"], clash["ours"]) for clash in clashes] == [("36.00", "35.00")]
    publish(drafted, second)
    assert price(drafted, "--as-of", "2015-01-01") == "35.00"
    assert price(drafted, "--as-of", "2015-01-01", "--release", "2") == "36.00"


def test_roles_of_an_account_are_enforced(drafted: Commands, engine: sa.Engine) -> None:
    drafted.run("user", "add", "amina", "--roles", "redacteur", "--password-stdin", input=PASSWORD)
    drafted.run("user", "add", "dounia", "--roles", "redacteur", "--password-stdin", input=PASSWORD)
    drafted.run("draft", "submit", "1", "--as", "amina")
    assert "valideur" in refuse(drafted, engine, "draft", "approve", "1", "--as", "dounia")
    drafted.run("user", "roles", "dounia", "--roles", "valideur")
    assert drafted.run("draft", "approve", "1", "--as", "dounia").exit_code == 0
    drafted.run("user", "disable", "amina")
    assert "disabled" in refuse(drafted, engine, "draft", "reopen", "1", "--as", "amina")


def test_what_is_published_is_proved(drafted: Commands) -> None:
    publish(drafted, 1)
    assert drafted.json("verify") == {"release": 1, "faults": []}


def test_an_export_comes_back_unchanged(drafted: Commands, engine: sa.Engine, tmp_path: Path) -> None:
    publish(drafted, 1)
    made = tmp_path / "export.csv"
    assert drafted.run("export", "1", "--kind", "medicaments", "--format", "csv", "-o", made).exit_code == 0
    said = refuse(drafted, engine, "import", "medicaments", made, "--legal-act", "arrete-essai")
    assert "changes nothing" in said
