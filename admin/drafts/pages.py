"""What the pages of drafts show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask import current_app, url_for
from sqlalchemy.orm import Session

from admin.drafts import lines
from admin.drafts.choosing import OPEN_STATES, STATES, count_states, list_drafts
from admin.drafts.following import find_all, follow
from admin.drafts.telling import write_period
from admin.entries.labels import many, one
from admin.room import holds
from admin.workplace import Workplace, workplace
from catalog.journal.models import JournalEntry
from catalog.releases.drafts import changes_of
from catalog.releases.labels import propose_next
from catalog.releases.models import Draft
from catalog.releases.publishing import stale_entries
from catalog.snapshots.reading import Snapshot

MOST_FOLLOWED = 500
"""Drafts with more changes have their consequences on a page of their own."""

FOLLOWED_AT_ONCE = 100
"""Consequences on one page."""

DECISIONS: Mapping[str, str] = {
    "draft.opened": "Ouvert",
    "draft.grounded": "Fondement donné",
    "draft.submitted": "Soumis à relecture",
    "draft.approved": "Approuvé",
    "draft.rejected": "Rejeté",
    "draft.reopened": "Rouvert",
    "draft.rebased": "Mis à jour sur la dernière version",
    "draft.published": "Publié",
    "release.published": "Publié",
}


def show_shelves(session: Session, who: str, state: str | None, current: Draft | None) -> dict[str, Any]:
    """The list of drafts."""
    counted = count_states(session)
    return {
        "shelves": list_drafts(session, who, state),
        "states": STATES,
        "counts": counted,
        "open_count": sum(counted[name] for name in OPEN_STATES),
        "state": state if state in STATES else "",
        "current": current,
        "write_period": write_period,
    }


def show_new(form: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, Any]:
    """The form that opens a draft; the label after the newest release's is proposed."""
    snapshot = workplace().current()
    texts = {"title": "", "acte": "", "label": proposed_label(snapshot)} | dict(form)
    return {"texts": texts, "errors": dict(errors), "acts": snapshot.codes("acte_juridique")}


def proposed_label(snapshot: Snapshot) -> str:
    """The label after the newest that follows the numbering of the guide; empty where none does."""
    labels = [release.label for release in reversed(snapshot.releases) if release.label]
    return next((proposed for label in labels if (proposed := propose_next(label))), "")


def show_draft(
    place: Workplace, session: Session, draft: Draft, args: Mapping[str, str], current: Draft | None
) -> dict[str, Any]:
    """One draft: its changes by page, what follows from them, its ground and its history."""
    snapshot = place.current()
    asked = _read(args)
    # What a published draft changed is told against the release it was written on.
    release = draft.base_seq if draft.status == "published" else snapshot.head
    every = lines.read_lines(session, place.kinds, draft, release)
    chosen = lines.select(every, asked)
    page, number, pages = lines.cut_page(chosen, asked.page)
    is_open = draft.status == "draft"
    return {
        "draft": draft,
        "state": STATES[draft.status],
        "steps": _steps(draft),
        "is_open": is_open,
        "may_write": is_open and holds("write drafts"),
        "may_reopen": draft.status in ("in_review", "approved", "rejected") and holds("write drafts"),
        "is_current": current is not None and current.id == draft.id,
        "counts": lines.count_natures(every),
        "natures": lines.NATURES,
        "total": len(every),
        "found": len(chosen),
        "asked": asked,
        "kinds": sorted({(line.kind, many(place.kinds.find(line.kind))) for line in every}, key=lambda pair: pair[1]),
        "all_kinds": sorted(((kind.plural, one(kind)) for kind in place.kinds), key=lambda pair: pair[1]),
        "people": [("", "Tous"), *((name, name) for name in sorted({line.made_by for line in every}))],
        "rows": [lines.show(snapshot, place.kinds, line, release) for line in page],
        "page": number,
        "pages": pages,
        "url": _pager(draft, asked),
        "write_period": write_period,
        "stale": _stale(place, session, draft, every) if draft.status != "published" else [],
        "history": history(session, draft),
        "links": _links(draft),
        "acts": snapshot.codes("acte_juridique"),
        "label": draft.label or proposed_label(snapshot),
        **_followed(place, session, draft, len(every)),
    }


def show_consequences(place: Workplace, session: Session, draft: Draft, args: Mapping[str, str]) -> dict[str, Any]:
    """Everything that follows from a draft, by pages."""
    found = find_all(place, list(changes_of(session, place.kinds, draft))) if draft.status != "published" else []
    pages = max(1, -(-len(found) // FOLLOWED_AT_ONCE))
    page = min(max(_read(args).page, 1), pages)
    return {
        "draft": draft,
        "may_write": draft.status == "draft" and holds("write drafts"),
        "follows": follow(place, found[(page - 1) * FOLLOWED_AT_ONCE : page * FOLLOWED_AT_ONCE]),
        "total": len(found),
        "page": page,
        "pages": pages,
        "url": lambda number: url_for("brouillons.consequences", draft_id=draft.id, page=number),
    }


def _followed(place: Workplace, session: Session, draft: Draft, number: int) -> dict[str, Any]:
    if draft.status == "published" or not number or number > MOST_FOLLOWED:
        return {"follows": [], "too_many": number > MOST_FOLLOWED and draft.status != "published"}
    found = find_all(place, list(changes_of(session, place.kinds, draft)))
    return {"follows": follow(place, found), "too_many": False}


def _read(args: Mapping[str, str]) -> lines.Asked:
    page = args.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    nature = args.get("nature", "")
    return lines.Asked(
        kind=args.get("kind", ""),
        nature=nature if nature in lines.NATURES else "",
        by=args.get("by", ""),
        q=args.get("q", "").strip(),
        page=number,
    )


def _pager(draft: Draft, asked: lines.Asked) -> Any:
    kept = {name: getattr(asked, name) for name in ("kind", "nature", "by", "q") if getattr(asked, name)}
    return lambda page: url_for("brouillons.show", draft_id=draft.id, page=page, **kept)


def _steps(draft: Draft) -> list[tuple[str, str, str]]:
    """The way of a draft, for the macro of steps."""
    reached = {"draft": 0, "rejected": 0, "in_review": 1, "approved": 2, "published": 4}[draft.status]
    people = (draft.author, draft.submitted_by or "", draft.approver or "", "")
    titles = ("Brouillon", "Soumis", "Approuvé", "Publié")
    states = ["done" if place < reached else "now" if place == reached else "todo" for place in range(4)]
    return list(zip(titles, people, states, strict=True))


def _stale(place: Workplace, session: Session, draft: Draft, every: list[lines.Line]) -> list[tuple[str, str, str]]:
    """(plural, kind in words, code) of what a later release changed under the draft."""
    if place.current().head <= draft.base_seq:
        return []
    found = stale_entries(session, place.kinds, draft, every)  # type: ignore[arg-type]
    kinds = place.kinds
    return [(kinds.find(name).plural, one(kinds.find(name)), code) for name, code in found]


def history(session: Session, draft: Draft) -> list[dict[str, Any]]:
    """Decisions and comments, newest first."""
    query = (
        sa.select(JournalEntry)
        .where(JournalEntry.subject == f"draft {draft.id}", JournalEntry.action.in_(list(DECISIONS)))
        .order_by(JournalEntry.seq.desc())
        .limit(30)
    )
    return [
        {"at": entry.at, "who": entry.actor, "what": DECISIONS[entry.action], "comment": _comment(entry)}
        for entry in session.scalars(query)
    ]


def _comment(entry: JournalEntry) -> str:
    told = json.loads(entry.detail) if entry.detail else None
    return str(told.get("comment") or "") if isinstance(told, dict) else ""


def _links(draft: Draft) -> dict[str, str | None]:
    """Doors to other rooms; None where a room is not open."""
    return {
        "review": _door("revue.show", draft_id=draft.id),
        "rebase": _door("revue.stale", draft_id=draft.id),
        "import": _door("imports.new", draft=draft.id),
    }


def _door(endpoint: str, **values: Any) -> str | None:
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None
