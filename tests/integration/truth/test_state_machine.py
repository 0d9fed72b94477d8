"""The state machine, on both databases; it fails when too little happened, for then it would have shown nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.integration.truth.arena import Arena, PostgresArena, SqliteArena, postgres_arena
from tests.integration.truth.state_machine import TruthMachine
from tests.servers import PostgresServer

PATIENT = settings(deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)


def run(arena: Arena, how: settings) -> Counter[str]:
    """What happened over the whole run."""
    machine = type("RunningMachine", (TruthMachine,), {"arena": arena, "tally": Counter()})
    run_state_machine_as_test(machine, settings=how)
    tally: Counter[str] = machine.tally  # type: ignore[attr-defined]
    return tally


def assert_enough(tally: Counter[str], times: int) -> None:
    """``times`` the least of each outcome that a run must have had, and each refusal at least once."""
    least = {
        "publishes": 50, "corrections": 8, "withdrawals": 4, "announcements": 5, "differences": 80, "questions": 5,
        "rebases": 5, "stale rebases": 4, "rebases that merged": 3, "refusals": 6,
    }  # fmt: skip
    refusals = ("StaleDraftError", "FourEyesError", "OverlapError", "DraftStateError")
    wanted = {name: number * times for name, number in least.items()} | dict.fromkeys(refusals, 1)
    few = {name: tally[name] for name, number in wanted.items() if tally[name] < number}
    assert few == {}, f"too few of some outcomes, of {dict(tally)}"


def test_a_run_in_which_little_happens_fails() -> None:
    with pytest.raises(AssertionError, match="too few"):
        assert_enough(Counter({"publishes": 1000}), 1)


def test_a_short_run(sqlite_template: Path) -> None:
    how = settings(PATIENT, max_examples=7, stateful_step_count=30, derandomize=True, phases=[Phase.generate])
    tally = run(SqliteArena(sqlite_template), how)
    assert_enough(tally, 1)


@pytest.mark.slow
def test_a_long_run_on_sqlite(sqlite_template: Path) -> None:
    tally = run(SqliteArena(sqlite_template), settings(PATIENT, max_examples=50, stateful_step_count=30))
    assert_enough(tally, 3)


@pytest.fixture
def arena(postgres_server: PostgresServer, postgres_template: str) -> Iterator[PostgresArena]:
    with postgres_arena(postgres_server, postgres_template) as opened:
        yield opened


@pytest.mark.slow
@pytest.mark.postgres
def test_a_long_run_on_postgresql(arena: PostgresArena) -> None:
    how = settings(PATIENT, max_examples=20, stateful_step_count=30, phases=set(Phase) - {Phase.reuse})
    tally = run(arena, how)
    assert_enough(tally, 2)
