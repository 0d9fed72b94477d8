"""What to offer someone who asked for a code that was never published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from difflib import get_close_matches
from itertools import islice
from typing import Any

from admin.entries.asking import Question
from admin.entries.labels import many, one
from admin.entries.searching import folded
from admin.entries.sections import name_of
from admin.entries.staged import staged_for
from admin.workplace import Workplace
from catalog.errors import CodeError
from catalog.kinds import Kind
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment

MOST_SUGGESTED = 8
SAME_START = 4
"""Letters that a close code must share: comparing with every code would take long, and suggest strangers."""


def canonical(kind: Kind, code: str) -> str | None:
    """A code as the catalogue writes it; None for what is no code of the kind."""
    with suppress(CodeError):
        return kind.parse_code(code)
    return None


def show_missing(place: Workplace, snapshot: Snapshot, question: Question, asked: str) -> dict[str, Any]:
    """Everything the template ``missing.html`` shows."""
    kind = question.kind
    code = canonical(kind, asked)
    draft, staged = staged_for(place, kind, code) if code else (None, ())
    return {
        "draft": draft if staged else None,
        "kind": kind,
        "asked": asked,
        "one": one(kind),
        "title": many(kind),
        "suggestions": suggestions(snapshot, kind, asked, question.moment),
        "stands_for": _stands_for(snapshot, kind, asked, question.moment),
    }


def _stands_for(snapshot: Snapshot, kind: Kind, asked: str, moment: Moment) -> str | None:
    """The presentation that a further code stands for."""
    code = canonical(kind, asked) if kind.name == "medicament" else None
    entries = snapshot.versions("gtin", code, moment.release) if code else []
    return str(entries[0].payload["presentation"]) if entries else None


def suggestions(snapshot: Snapshot, kind: Kind, asked: str, moment: Moment) -> list[tuple[str, str]]:
    """Codes with their names: those that hold what was asked, then those a slip away from it."""
    codes = snapshot.codes(kind.name)
    found = dict.fromkeys(islice(_alike(codes, folded(asked)), MOST_SUGGESTED))
    return [(code, _name(snapshot, kind, code, moment)) for code in found]


def _alike(codes: Sequence[str], asked: str) -> Iterator[str]:
    if not asked:
        return
    yield from (code for code in codes if asked in folded(code))
    near = [code for code in codes if folded(code)[:SAME_START] == asked[:SAME_START]]
    yield from get_close_matches(asked, near, MOST_SUGGESTED, 0.7)
    # One digit too many or too few at the start hides the rest.
    yield from (code for code in codes if len(asked) > SAME_START and asked[1:] in folded(code))


def _name(snapshot: Snapshot, kind: Kind, code: str, moment: Moment) -> str:
    versions = snapshot.versions(kind.name, code, moment.release)
    return name_of(kind, versions[0]) if versions else ""
