"""What a payer's recorded list tells of a medicine: that it holds it, that it names it without a presentation, or no.

A line without a presentation is known by its name alone. It proves nothing of one box, and neither does it let anyone
say that the box is not on the list: the names are compared so that such a box is never refused for sure (DOMAIN 5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.conventions.lookups import find_on_list, list_in_force
from catalog.errors import NotInForceError
from catalog.gmr.codes import fold
from catalog.gmr.lookups import resolve
from catalog.pricing.line_fields import MEDICAMENT
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

_WORD = re.compile(r"\d+|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Listing:
    """The ``lines`` of a list in force; ``entry`` holds the medicine's presentation, ``named`` its name alone."""

    lines: tuple[Version, ...] = ()
    entry: Version | None = None
    named: Version | None = None

    @property
    def versions(self) -> tuple[str, ...]:
        """Versions of the list that its lines name."""
        return tuple(sorted({str(line.payload["version"]) for line in self.lines}))


NO_LISTING = Listing()
"""Of a payer whose list is not looked at."""


def look_up(
    snapshot: Snapshot, organisme: str, presentation: str, medicament: Version | None, moment: Moment
) -> Listing:
    """The list in force of a payer, and its line for a presentation: by its code, else by the name of the medicine.

    Raises AmbiguousTariffError when two entries stand for the presentation.
    """
    lines = list_in_force(snapshot, organisme, moment)
    entry = find_on_list(snapshot, organisme, presentation, moment)
    if entry is not None or medicament is None:
        return Listing(lines, entry)
    return Listing(lines, named=find_named(lines, medicament))


def find_named(lines: Iterable[Version], medicament: Version) -> Version | None:
    """The line without a presentation that may name a medicine, the longest name where several may."""
    names = [name for name in (medicament.payload["nom"], medicament.payload["specialite"]) if name]
    named = [
        line
        for line in lines
        if not line.payload["medicament"] and any(may_name(line.payload["nom"], name) for name in names)
    ]
    return max(named, key=lambda line: len(line.payload["nom"]), default=None)


def may_name(line: str, nom: str) -> bool:
    """Whether the name on a line may be that of a medicine, by whole words, whatever their case and accents.

    ``ZOLADEX`` may name ``ZOLADEX 10.8 MG``, and ``ZOLADEX 10,8 MG`` a medicine published as ``ZOLADEX``: one begins
    with the other, and what the line adds is a dosage. ``ARA`` does not name ``ARAVA``, nor ``ARAVA`` ``CO ARAVA``.
    """
    listed, asked = _WORD.findall(fold(line)), _WORD.findall(fold(nom))
    if not listed or not asked:
        return False
    if asked[: len(listed)] == listed:
        return True
    return listed[: len(asked)] == asked and listed[len(asked)].isdecimal()


def presentation_of(snapshot: Snapshot, code: str, moment: Moment) -> str:
    """The presentation behind a code; the code itself where it stands for none that day. Raises UnknownCodeError."""
    try:
        return resolve(snapshot, code, moment)
    except NotInForceError:
        return code


def last_known(snapshot: Snapshot, code: str, presentation: str, moment: Moment) -> Version | None:
    """The medicine in force that day, else as it was last published before, else as it is first published after."""
    entries = snapshot.versions("gtin", code, moment.release)
    last = str(entries[0].payload["presentation"]) if entries and presentation == code else presentation
    known = snapshot.versions(MEDICAMENT, last, moment.release)
    begun = (version for version in known if version.period.start <= moment.as_of)
    return next(begun, known[-1] if known else None)
