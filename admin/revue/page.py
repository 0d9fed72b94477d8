"""What the page of a review shows beside its lines: where the draft stands, its tiles, what can be done next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.french import write_short_instant
from catalog.journal.models import JournalEntry
from catalog.legal.family import LEGAL_ACT
from catalog.releases.labels import label_key, propose_next
from catalog.releases.models import Draft, DraftChange, Release
from catalog.releases.reviewing_models import Plan
from catalog.snapshots.reading import Snapshot

DONE, NOW, TODO = "done", "now", "todo"
ORDER = {"draft": 0, "in_review": 1, "rejected": 2, "approved": 2, "published": 3}
STATUS_TONES = {"draft": "soft", "in_review": "info", "approved": "warn", "published": "ok", "rejected": "alarm"}
STATUS_NAMES = {
    "draft": "brouillon",
    "in_review": "en relecture",
    "approved": "approuvé",
    "published": "publié",
    "rejected": "rejeté",
}
JOURNAL_SHOWN = 8

Step = tuple[str, str, str]


def steps(draft: Draft, release: Release | None, plan: Plan | None) -> list[Step]:
    """Brouillon, soumis, approuvé, publié: who and when; the step the draft is at is the one marked."""
    reached = ORDER[draft.status]
    decided = "Rejeté" if draft.status == "rejected" else "Approuvé"
    told = (
        ("Brouillon", _by(draft.author, draft.created_at)),
        ("Soumis", _by(draft.submitted_by, draft.submitted_at) if reached >= 1 else ""),
        (decided, _by(draft.decided_by, draft.decided_at) if reached >= 2 else ""),
        ("Publié", _published(release, plan)),
    )
    return [(title, said, _state(place, reached, draft)) for place, (title, said) in enumerate(told)]


def _state(place: int, reached: int, draft: Draft) -> str:
    if place < reached or draft.status == "published":
        return DONE
    return NOW if place == reached else TODO


def _by(who: str | None, at: datetime | None) -> str:
    return f"{who} · {write_short_instant(at)}" if who and at else ""


def _published(release: Release | None, plan: Plan | None) -> str:
    if release is not None:
        return _by(release.publisher, release.published_at)
    if plan is None or plan.failed_at is not None:
        return ""
    return f"prévu le {write_short_instant(plan.publish_at)}"


def act_options(session: Session, snapshot: Snapshot, draft: Draft) -> list[tuple[str, str]]:
    """Legal acts a draft may rest on: those it brings itself, then those published, newest first."""
    options: dict[str, str] = {}
    staged = sa.select(DraftChange.code, DraftChange.payload).where(
        DraftChange.draft_id == draft.id, DraftChange.kind == LEGAL_ACT.name, DraftChange.payload.is_not(None)
    )
    for code, text in session.execute(staged):
        options[code] = f"{LEGAL_ACT.from_text(str(text))['title']} (apporté par ce brouillon)"
    known = []
    for code in snapshot.codes(LEGAL_ACT.name):
        version = next(iter(snapshot.versions(LEGAL_ACT.name, code, snapshot.head)), None)
        if version is not None:
            day = version.payload["published_on"] or version.payload["signed_on"]
            known.append((day.isoformat() if day else "", code, str(version.payload["title"])))
    for _, code, title in sorted(known, reverse=True):
        options.setdefault(code, f"{title} ({code})")
    if draft.legal_act and draft.legal_act not in options:
        options[draft.legal_act] = f"{draft.legal_act} (inconnu du catalogue)"
    return list(options.items())


def act_title(options: Sequence[tuple[str, str]], code: str | None) -> str:
    return next((text for option, text in options if option == code), code or "")


def proposed_label(session: Session) -> str:
    """The version after the latest GMR label published; empty where there is none."""
    labels = [label for label in session.scalars(sa.select(Release.label)) if label and propose_next(label)]
    return propose_next(max(labels, key=label_key)) or "" if labels else ""


def journal_of(session: Session, draft: Draft) -> list[JournalEntry]:
    """The last things that happened to a draft, newest first."""
    query = sa.select(JournalEntry).where(JournalEntry.subject == f"draft {draft.id}")
    return list(session.scalars(query.order_by(JournalEntry.seq.desc()).limit(JOURNAL_SHOWN)))
