"""The releases: their list, each of them, and what differs between any two."""

from __future__ import annotations

from service.site.rooms import Answered, PageRoom, Shown, moved
from service.site.versions import telling
from service.site.versions.asking import read_filter, read_older
from service.site.visits import Visit

room = PageRoom()


@room.page("/versions")
def versions(visit: Visit) -> Answered:
    """Every release, newest first; the form that compares two of them leads to an address of its own."""
    newer = visit.text("a")
    if newer:
        return moved(visit, "differences", n=visit.snapshot.release(newer).seq, de=visit.text("de") or "0")
    return Shown("versions.html", telling.list_page(visit))


@room.page("/versions/<n>")
def version(visit: Visit, n: str) -> Shown:
    """A release, by number or label."""
    return Shown("version.html", telling.release_page(visit, visit.snapshot.release(n)))


@room.page("/versions/<n>/differences")
def differences(visit: Visit, n: str) -> Shown:
    """What differs from an older release (or a newer one: then told backwards)."""
    newer = visit.snapshot.release(n).seq
    return Shown(
        "differences.html", telling.difference_page(visit, read_older(visit, newer), newer, read_filter(visit))
    )
