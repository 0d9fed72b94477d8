"""The thread of a worker that publishes what is planned, at its hour."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

import structlog

from admin.accounts.verbs import check_may
from admin.workplace import Workplace
from catalog.releases.planning import Outcome, publish_due

EVERY = 20.0
"""Seconds between two looks at the clock."""

log = structlog.get_logger()


def publish_planned(place: Workplace) -> list[Outcome]:
    """Publishes what is due, and shows it; any worker may, and the lock of writers lets one."""
    outcomes = publish_due(
        place.engine, place.kinds, at=place.now(), may=lambda session, who: check_may(session, who, "publish")
    )
    for outcome in outcomes:
        log.info("planned draft", draft=outcome.draft, release=outcome.release, refusal=str(outcome.refusal or ""))
    if any(outcome.release for outcome in outcomes):
        place.refresh()
    return outcomes


def start_planner(place: Workplace, every: float = EVERY) -> Callable[[], None]:
    """Starts the thread; answers what stops it. A failure is logged, and the next look goes on."""
    stopped = Event()

    def watch() -> None:
        while not stopped.wait(every):
            try:
                publish_planned(place)
            except Exception as error:
                told = str(error).partition("\n")[0] or type(error).__name__
                log.warning("planned drafts not looked at", reason=told)

    Thread(target=watch, name="planner", daemon=True).start()
    return stopped.set
