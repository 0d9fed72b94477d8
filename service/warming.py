"""What the first reader of a snapshot would wait for: worked out before a worker serves it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from catalog.gmr.indexes import avis_by_target, gtins_by_presentation, members_by_group
from catalog.pricing.pricer import Pricer
from catalog.snapshots.reading import Snapshot
from service.ready.days import days_of_medicament

POLITE_SECONDS = 0.0005
"""How long the other threads of a worker wait for their turn meanwhile, at most."""
USUAL_SECONDS = sys.getswitchinterval()


def index_medicines(snapshot: Snapshot) -> None:
    """Which codes, groups and opinions belong together, as known last."""
    for index in (gtins_by_presentation, members_by_group, avis_by_target):
        index(snapshot, snapshot.head)


def gather_days(snapshot: Snapshot) -> None:
    """The days on which something begins or ends for all that is priced; those of one medicine stand for the rest."""
    Pricer(snapshot, snapshot.head)
    for code in snapshot.codes("medicament")[:1]:
        days_of_medicament(snapshot, code, snapshot.head)


WARM_UPS: tuple[Callable[[Snapshot], object], ...] = (index_medicines, gather_days)


@contextmanager
def letting_others_by() -> Iterator[None]:
    """For work beside requests that are under way in the same process."""
    sys.setswitchinterval(POLITE_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(USUAL_SECONDS)
