"""The feed of everything published, for local copies."""

from __future__ import annotations

from urllib.parse import urlencode

from catalog.errors import UnknownReleaseError
from catalog.releases.telling import Told, tell_fact, tell_release
from catalog.snapshots.content import ReleaseInfo
from service.api.asking import Asked
from service.api.endpoints import Room
from service.api.parameters import KindParameter, NumberParameter, TwoClocks
from service.api.schemas.releases import Changes

room = Room("Changements", "What a local copy of the catalogue needs to stay one.")


class ChangesQuery(TwoClocks):
    after = NumberParameter(
        "The last release the caller has; 0 for none.", minimum=0, maximum=10**9 - 1, load_default=0
    )
    kind = KindParameter("Only facts of this kind.")
    limit = NumberParameter(
        "Facts after which no further release is begun; a release is never cut.",
        minimum=1,
        maximum=10_000,
        load_default=1000,
    )


@room.get("/changes", Changes, query=ChangesQuery, raises=(UnknownReleaseError,))
def changes(asked: Asked) -> Told:
    """Everything published since a release, in order, for a local copy.

    Applied one by one the facts give the same catalogue: a later one takes the place of what held over its days.
    """
    after, head = asked.query["after"], asked.clocks.release
    if after > head:
        raise UnknownReleaseError(after)
    told: list[Told] = []
    upto = after
    while upto < head and len(told) < asked.query["limit"]:
        upto += 1
        told += _facts_of(asked, upto)
    shown: tuple[ReleaseInfo, ...] = asked.snapshot.releases[after:upto]
    return asked.answer(
        {
            "after": after,
            "upto": upto,
            "next": _next_address(asked, upto) if upto < head else None,
            "releases": [tell_release(info) for info in shown],
            "changes": told,
        }
    )


def _facts_of(asked: Asked, release: int) -> list[Told]:
    kinds = [asked.query["kind"]] if "kind" in asked.query else list(asked.snapshot.kinds)
    return [tell_fact(kind, fact) for kind in kinds for fact in asked.snapshot.facts(kind.name, release - 1, release)]


def _next_address(asked: Asked, after: int) -> str:
    """The same question from there on, of the same knowledge: a release published meanwhile comes in a later feed."""
    kind = {"kind": asked.query["kind"].plural} if "kind" in asked.query else {}
    told = {"after": after, "limit": asked.query["limit"], **kind, "release": asked.clocks.release}
    return f"/api/v1/changes?{urlencode(told)}"
