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


LEAST = {
    "publishes": 50, "corrections": 8, "withdrawals": 4, "announcements": 5, "differences": 80, "questions": 5,
    "rebases": 5, "stale rebases": 4, "rebases that merged": 3, "refusals": 20, "StaleDraftError": 3,
    "StaleFullListError": 1, "FourEyesError": 4, "OverlapError": 2, "DraftStateError": 4, "EmptyDraftError": 2,
    "PublicationTimeError": 2,
}  # fmt: skip
"""What a run must have seen, for each time over."""


def too_few(tally: Counter[str], times: float) -> dict[str, int]:
    return {name: tally[name] for name, number in LEAST.items() if tally[name] < number * times}


def run_until_enough(arena: Arena, how: settings, times: float) -> None:
    """Hypothesis leaves rules out at random; a run that happened to see little is continued, not for ever."""
    tally: Counter[str] = Counter()
    for _ in range(3):
        tally += run(arena, how)
        if not too_few(tally, times):
            return
    pytest.fail(f"too few of {too_few(tally, times)}, after {dict(tally)}")


def test_a_run_in_which_little_happens_fails(monkeypatch: pytest.MonkeyPatch, sqlite_template: Path) -> None:
    how = settings(PATIENT, max_examples=1, stateful_step_count=1, derandomize=True)
    monkeypatch.setattr(TruthMachine, "count", lambda *_: None)
    with pytest.raises(pytest.fail.Exception, match="too few"):
        run_until_enough(SqliteArena(sqlite_template), how, 1)


def test_a_short_run(sqlite_template: Path) -> None:
    how = settings(PATIENT, max_examples=8, stateful_step_count=30, derandomize=True, phases=[Phase.generate])
    run_until_enough(SqliteArena(sqlite_template), how, 0.4)


@pytest.mark.slow
def test_a_long_run_on_sqlite(sqlite_template: Path) -> None:
    run_until_enough(SqliteArena(sqlite_template), settings(PATIENT, max_examples=40, stateful_step_count=30), 3)


@pytest.fixture
def arena(postgres_server: PostgresServer, postgres_template: str) -> Iterator[PostgresArena]:
    with postgres_arena(postgres_server, postgres_template) as opened:
        yield opened


@pytest.mark.slow
@pytest.mark.postgres
def test_a_long_run_on_postgresql(arena: PostgresArena) -> None:
    run_until_enough(arena, settings(PATIENT, max_examples=15, stateful_step_count=30), 1)
