"""An entry that differs, in sentences for readers of feeds, who have no page around them."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.kinds import Kind
from catalog.releases.diffing import EntryDiff
from catalog.releases.telling import Told, Voids
from catalog.temporal import DAWN, Period
from service.site.languages import gettext, write_day
from service.site.versions.naming import name_of
from service.site.versions.showing import Line, ShownPiece, show_pieces


def entry_sentences(kind: Kind, entry: EntryDiff, acts: Voids) -> Iterator[str]:
    """One sentence for each stretch of days: from when, and what changed."""
    for piece, shown in zip(entry.pieces, show_pieces(kind, entry, acts), strict=True):
        held = piece.after or piece.before
        name = name_of(entry.code, held.payload if held else None)
        called = f"{name.text} {name.note} ({entry.code})" if name.note else f"{name.text} ({entry.code})"
        told = {"name": called, "days": _days(piece.period), "changes": _changes(shown)}
        yield gettext("%(name)s, %(days)s : %(changes)s") % told


def _days(period: Period) -> str:
    if period.start == DAWN:
        return gettext("de tout temps") if period.is_open_ended else _until(period)
    start = gettext("à partir du %(day)s") % {"day": write_day(period.start)}
    return start if period.is_open_ended else f"{start} {_until(period)}"


def _until(period: Period) -> str:
    return gettext("jusqu’au %(end)s exclu") % {"end": write_day(period.end)}


def _changes(shown: ShownPiece) -> str:
    told: Told = shown.told
    if told["after"] is None:
        return gettext("retiré")
    if told["before"] is None:
        amounts = [f"{line.label} {line.after}" for line in shown.lines if line.tone == "amount"]
        return gettext(", ").join([gettext("ajouté"), *amounts, *_admission(told)])
    return gettext(" ; ").join(_change(line) for line in shown.lines)


def _admission(told: Told) -> list[str]:
    admitted = told["fields"].get("admis_remboursement", {}).get("after")
    if admitted is None:
        return []
    return [gettext("admis au remboursement") if admitted else gettext("non admis au remboursement")]


def _change(line: Line) -> str:
    none = gettext("aucun")
    moved = f" ({line.move})" if line.move else ""
    told = {"label": line.label, "before": line.before or none, "after": line.after or none}
    return gettext("%(label)s : %(before)s → %(after)s") % told + moved
