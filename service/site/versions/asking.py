"""What the page of differences is asked: which two releases, which entries of them, which page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from catalog.errors import InvalidError
from catalog.gmr.codes import fold
from catalog.kinds import Kind
from catalog.releases.diffing import EntryDiff
from catalog.snapshots.reading import Snapshot
from service.site.versions.comparing import Comparison
from service.site.versions.naming import name_of
from service.site.visits import Visit

SORTS = {"ajouts": "added", "modifications": "changed", "retraits": "withdrawn", "retroactifs": "retroactive"}
"""Sorts of change by what an address calls them."""
LONGEST_QUERY = 100


class UnknownChoiceError(InvalidError):
    def __init__(self, asked: str, known: Iterable[str]) -> None:
        super().__init__(f"{asked!r} is not a choice of this page. Choices: {', '.join(known)}.")


def read_choice(visit: Visit, name: str, known: Collection[str]) -> str:
    """A parameter that chooses among a few; '' when absent. Raises UnknownChoiceError: a guess would mislead."""
    asked = visit.text(name)
    if asked and asked not in known:
        raise UnknownChoiceError(asked, known)
    return asked


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries are shown; None or '' for all."""

    kind: Kind | None
    sort: str
    text: str

    @property
    def is_empty(self) -> bool:
        return self.kind is None and not self.sort and not self.text

    def keeps(self, entry: EntryDiff) -> bool:
        """``retroactive`` is told of entries of every sort."""
        if self.sort == "retroactifs":
            return entry.is_retroactive and self._says(entry)
        return (not self.sort or entry.status.value == SORTS[self.sort]) and self._says(entry)

    def _says(self, entry: EntryDiff) -> bool:
        if not self.text:
            return True
        told = fold(" ".join(_words(entry)))
        return all(word in told for word in fold(self.text).split())


def _words(entry: EntryDiff) -> Iterator[str]:
    """What an entry is found by: its code, its names, its substances."""
    yield entry.code
    for held in (held for piece in entry.pieces for held in (piece.before, piece.after) if held):
        name = name_of(entry.code, held.payload)
        yield from (name.text, name.note, *filter(None, held.payload.get("dci") or ()))


def read_filter(visit: Visit) -> Filter:
    """Raises UnknownKindError, UnknownChoiceError."""
    return Filter(read_kind(visit), read_choice(visit, "type", SORTS), visit.text("q", LONGEST_QUERY))


def read_kind(visit: Visit) -> Kind | None:
    """The kind asked, by its name or its plural. Raises UnknownKindError."""
    asked = visit.text("kind")
    return visit.snapshot.kinds.find(asked) if asked else None


def read_older(visit: Visit, newer: int) -> int:
    """The release to compare with, by number or label: 0 is before the first; the one before where none is told.

    Raises UnknownReleaseError.
    """
    told = visit.text("de")
    if not told:
        return newer - 1
    return 0 if told == "0" else visit.snapshot.release(told).seq


def select(snapshot: Snapshot, between: Comparison, asked: Filter) -> list[EntryDiff]:
    """The entries a filter keeps, in the order of kinds and codes."""
    kinds = [asked.kind] if asked.kind else list(snapshot.kinds)
    every = (entry for kind in kinds for entry in between.entries[kind.name])
    return list(every) if asked.is_empty else [entry for entry in every if asked.keeps(entry)]
