"""Pricers kept from one request to the next, as long as the snapshot they price with."""

from __future__ import annotations

from threading import Lock
from typing import NamedTuple

from catalog.pricing.ready import KEPT, ReadyPricer
from catalog.pricing.tarification import Tarification
from catalog.snapshots.reading import Snapshot

RELEASES = 2
"""Releases whose pricers are kept, those asked for last: the newest, and one more."""
KEPT_OF_OLDER = KEPT // 5
"""Answers kept ready of a release that is not the newest: it is asked for now and then."""
PLAIN_ANSWERS = 5_000
"""Answers kept of those not ready: explained ones, and what is refused."""

_NAME = "_ready_pricing"
_lock = Lock()


class KeptPricing(NamedTuple):
    """What prices lines at a release: ready answers, and the plain ones for what is not ready or is explained."""

    ready: ReadyPricer
    plain: Tarification
    explained: Tarification


def kept_pricing(snapshot: Snapshot, release: int) -> KeptPricing:
    """The pricing of a release, begun when it was first asked for; many threads may share it."""
    # Kept among the snapshot's own attributes, for what it holds in turn is the snapshot: both go together.
    with _lock:
        kept: dict[int, KeptPricing] = vars(snapshot).setdefault(_NAME, {})
        found = kept.pop(release, None) or _begin(snapshot, release)
        kept[release] = found
        if len(kept) > RELEASES:
            del kept[next(iter(kept))]
    return found


def _begin(snapshot: Snapshot, release: int) -> KeptPricing:
    plain, explained = (
        Tarification(snapshot, release, explain=explain, kept=PLAIN_ANSWERS) for explain in (False, True)
    )
    ready = ReadyPricer(snapshot, release, kept=KEPT if release == snapshot.head else KEPT_OF_OLDER)
    return KeptPricing(ready, plain, explained)
