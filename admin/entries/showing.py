"""What the page of a list is drawn from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from admin.drafts.current import current_draft, staged_of
from admin.entries.asking import SIZES, Question
from admin.entries.cells import AtEffect, make_rows, options_of
from admin.entries.columns import CODE, columns_of
from admin.entries.exporting import FORMATS
from admin.entries.labels import many, one
from admin.entries.links import by_code
from admin.entries.listing import Page, find_page
from admin.entries.panels import chips, offers
from admin.entries.staged import WRITING
from admin.entries.tables import table_of
from admin.room import holds
from admin.workplace import Workplace
from catalog.kinds import Payload
from catalog.releases.changes import Change
from catalog.releases.models import Draft
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment


def show_list(place: Workplace, snapshot: Snapshot, question: Question) -> dict[str, Any]:
    """Everything the template ``list.html`` shows. Raises BadParameterError for a page after the last."""
    table = table_of(snapshot, question.kind, question.moment)
    page = find_page(table, question)
    draft, staged = _staged(place, question, page)
    return {
        "question": question,
        "kind": question.kind,
        "code_column": CODE,
        "show": by_code(".show", question.address.excluding("page").suffix, plural=question.kind.plural),
        "edit": _edit(question, draft),
        "title": many(question.kind),
        "one": one(question.kind),
        "page": page,
        "rows": make_rows(
            page.versions, question.columns, staged, question.moment.as_of, _at_effect(snapshot, question, staged)
        ),
        "options": {column.name: options_of(column) for column in question.columns if column.is_editable},
        "draft": draft,
        "may_write": holds(WRITING),
        "is_newest": question.moment.release == snapshot.head,
        "offers": list(offers(table, question.address)),
        "chips": list(chips(question)),
        "all_columns": [column for column in columns_of(question.kind).values() if column.name != "code"],
        "releases": list(reversed(snapshot.releases)),
        "sizes": SIZES,
        "formats": FORMATS,
    }


def _edit(question: Question, draft: Draft | None) -> Callable[[str], str] | None:
    """The form of an entry in the draft, from the day chosen for its changes."""
    if draft is None:
        return None
    suffix = f"?from={question.effect.isoformat()}"
    return by_code("brouillons.edit", suffix, draft_id=draft.id, plural=question.kind.plural)


def _at_effect(snapshot: Snapshot, question: Question, staged: Mapping[str, Sequence[Change]]) -> AtEffect:
    """What a change made on this page would take the place of."""
    day = question.effect

    def find(version: Version) -> Payload | None:
        for change in staged.get(version.code, ()):
            if change.period.covers(day):
                return change.payload
        moment = Moment(day, question.moment.release)
        found = version if version.period.covers(day) else snapshot.find(version.kind, version.code, moment)
        return found.payload if found else None

    return find


def _staged(place: Workplace, question: Question, page: Page) -> tuple[Draft | None, dict[str, list[Change]]]:
    """The draft the reader works in, and what it says of the entries of the page: two queries, whatever its length."""
    if not holds(WRITING):
        return None, {}
    with place.reading() as session:
        draft = current_draft(session)
        if draft is None:
            return None, {}
        return draft, staged_of(session, draft, question.kind.name, [version.code for version in page.versions])
