"""Each bug planted is noticed by the state machine: a test that lets one live shows nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.integration.truth import mutants_of_verbs
from tests.integration.truth.arena import SqliteArena
from tests.integration.truth.mutants import MUTANTS
from tests.integration.truth.test_state_machine import run

QUICK = settings(
    max_examples=20,
    stateful_step_count=30,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def arena_of(name: str, template: Path) -> SqliteArena:
    if name in mutants_of_verbs.GUARDLESS:
        return SqliteArena(template, spoil=mutants_of_verbs.take_guards)
    return SqliteArena(template)


@pytest.mark.slow
@pytest.mark.parametrize("name", MUTANTS)
def test_the_state_machine_notices(sqlite_template: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    MUTANTS[name](monkeypatch)
    with pytest.raises(Exception) as noticed:
        run(arena_of(name, sqlite_template), QUICK)
    assert not isinstance(noticed.value, NameError | AttributeError | TypeError), "the mutant itself is broken"


@pytest.mark.slow
def test_it_notices_nothing_where_nothing_is_wrong(sqlite_template: Path) -> None:
    tally = run(SqliteArena(sqlite_template), settings(QUICK, max_examples=10))
    assert tally["publishes"] > 50


def test_there_are_many_bugs_and_each_has_its_name() -> None:
    assert len(MUTANTS) > 40
