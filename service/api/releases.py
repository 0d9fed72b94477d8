"""Releases, what differs between two of them, and the feed of everything published."""

from __future__ import annotations

from itertools import islice

from catalog.errors import UnknownReleaseError
from catalog.releases.telling import Told, tell_release
from service.api.asking import Asked
from service.api.endpoints import Room
from service.api.parameters import Day, KindParameter, Pages, Parameter, TwoClocks
from service.api.schemas.releases import Diff, ReleaseAnswer, Releases
from service.telling.differences import counts, entries_from, how_many, tell_entries

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
    chosen = [asked.query["kind"]] if "kind" in asked.query else list(asked.snapshot.kinds)
    counted = counts(asked.snapshot, older, newer)
    page, size = asked.query["page"], asked.query["per_page"]
    found = entries_from(asked.snapshot, chosen, older, newer, first=(page - 1) * size, counted=counted)
    entries = list(tell_entries(asked.snapshot, islice(found, size), older, newer))
    pages = {"total": how_many(counted, chosen), "page": page, "per_page": size}
    return asked.answer({"from": older, "to": newer, "counts": counted, **pages, "entries": entries})


def _compared_with(asked: Asked) -> int:
    named = asked.query.get("from_")
    if named is None:
        return asked.clocks.release - 1
    return 0 if named == "0" else asked.snapshot.release(named).seq
