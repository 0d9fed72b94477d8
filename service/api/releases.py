"""Releases, what differs between two of them, and the feed of everything published."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from catalog.errors import UnknownReleaseError
from catalog.releases.diffing import EntryDiff
from catalog.releases.telling import Told, compare, tell_counts, tell_diff, tell_fact, tell_release, voids
from catalog.snapshots.content import ReleaseInfo
from service.api.endpoints import Asked, Room
from service.api.parameters import Day, KindParameter, NumberParameter, Pages, Parameter, TwoClocks
from service.api.schemas.releases import Changes, Diff, ReleaseAnswer, Releases

room = Room("Releases", "What was published, by whom, on what ground, and what each release changed.")


class ReleasesQuery(Pages, TwoClocks):
    pass


@room.get("/releases", Releases, query=ReleasesQuery)
def releases(asked: Asked) -> Told:
    """The releases known, newest first, with their digests, legal acts, author and approver."""
    known = asked.snapshot.releases[: asked.clocks.release]
    shown, pages = asked.page_of(known[::-1])
    return asked.answer({**pages, "releases": [tell_release(info) for info in shown]})


@room.get("/releases/{release}", ReleaseAnswer, query=Day, raises=(UnknownReleaseError,))
def release(asked: Asked) -> Told:
    """One release, by number or label."""
    return asked.answer(tell_release(asked.snapshot.release(asked.clocks.release)))


class DiffQuery(Pages, Day):
    from_ = Parameter(
        "The release to compare with, by number or label; 0 for before the first. Default: the one before.",
        data_key="from",
    )
    kind = KindParameter("Only entries of this kind; the counts stay those of all kinds.")


@room.get("/releases/{release}/diff", Diff, query=DiffQuery, raises=(UnknownReleaseError,))
def release_diff(asked: Asked) -> Told:
    """What differs from an older (or newer) release: counts first, then field by field, before and after.

    A retroactive change is flagged with the days, already past at its publication, that it touches.
    """
    newer, older = asked.clocks.release, _compared_with(asked)
    kinds = list(asked.snapshot.kinds)
    found = {kind.name: compare(asked.snapshot, kind, older, newer) for kind in kinds}
    chosen = [asked.query["kind"]] if "kind" in asked.query else kinds
    shown, pages = asked.page_of([entry for kind in chosen for entry in found[kind.name]])
    withdrawals = {name: voids(asked.snapshot, asked.kind(name), older, newer) for name in _withdrawing(shown)}
    entries = [tell_diff(asked.kind(entry.kind), entry, withdrawals.get(entry.kind, {})) for entry in shown]
    return asked.answer({"from": older, "to": newer, "counts": tell_counts(found), **pages, "entries": entries})


def _withdrawing(entries: Iterable[EntryDiff]) -> set[str]:
    """Kinds of which something is no longer in force: only there are withdrawals worth looking for."""
    return {entry.kind for entry in entries for piece in entry.pieces if piece.after is None}


def _compared_with(asked: Asked) -> int:
    named = asked.query.get("from_")
    if named is None:
        return asked.clocks.release - 1
    return 0 if named == "0" else asked.snapshot.release(named).seq


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
