"""Rules and planned hours by the command line: what a draft breaks is corrected, or accepted with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.integration.imports.catalogues import Commands
from tests.integration.imports.test_bad_files import ACT, refuse
from tests.integration.imports.test_editorial_steps import publish, stage


@pytest.fixture
def jumping(commands: Commands, tmp_path: Path) -> Commands:
    """Draft 2, under review, more than doubles a published price."""
    act = tmp_path / "act.toml"
    act.write_text(ACT, encoding="utf-8")
    publish(commands, stage(commands, tmp_path, "37.20", "2014-06-09", str(act)))
    stage(commands, tmp_path, "99.00", "2015-01-01")
    assert commands.run("draft", "submit", "2", "--as", "amina").exit_code == 0
    return commands


def test_findings_are_told_until_they_are_settled(jumping: Commands, engine: sa.Engine) -> None:
    told = jumping.run("draft", "findings", "2")
    assert (told.exit_code, "PriceJump" in told.stdout) == (1, True)
    assert "PriceJump" in refuse(jumping, engine, "draft", "approve", "2", "--as", "badr")
    for rule in sorted({line.split()[1] for line in told.stdout.splitlines()}):
        done = jumping.run("draft", "accept", "2", "--rule", rule, "--reason", "lu au BO", "--as", "badr")
        assert done.exit_code == 0, done.output
    assert {found["accepted"] for found in jumping.json("draft", "findings", "2")["findings"]} == {"lu au BO"}
    assert jumping.run("draft", "approve", "2", "--as", "badr").exit_code == 0


def test_a_draft_is_planned_and_published_by_a_timer_once_due(jumping: Commands, engine: sa.Engine) -> None:
    approved = jumping.run("draft", "approve", "2", "--as", "badr", "--accept-warnings", "lu au BO")
    assert approved.exit_code == 0, approved.output
    said = refuse(jumping, engine, "draft", "plan", "2", "--as", "chama", "--at", "2020-01-01T00:00:00Z")
    assert "gone by" in said
    assert jumping.run("draft", "plan", "2", "--as", "chama", "--at", "2999-01-01T00:00:00Z").exit_code == 0
    assert jumping.run("draft", "publish-due").exit_code == 0
    assert [row["status"] for row in jumping.json("draft", "list")] == ["approved", "published"]
    assert jumping.run("draft", "unplan", "2", "--as", "chama").exit_code == 0
    assert "No publication" in refuse(jumping, engine, "draft", "unplan", "2", "--as", "chama")
