"""Proof that each release is what its draft proposed, and that the journal tells of it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.journal.models import JournalEntry
from catalog.legal.family import LEGAL_ACT
from catalog.releases.changes import text_digest
from catalog.releases.models import Draft, DraftChange, Entity, Release
from catalog.releases.publishing import content_digest
from catalog.temporal import Period

COMPARED = ("title", "label", "author", "approver")


def check_drafts(session: Session, since: int) -> Iterator[str]:
    """Sentences: drafts published by no release, and releases that differ from their drafts.

    What the drafts propose is compared for releases after ``since`` only.
    """
    sealed = sa.select(Release.seq).where(Release.draft_id == Draft.id).exists()
    for number in session.scalars(sa.select(Draft.id).where(Draft.status == "published", ~sealed).order_by(Draft.id)):
        yield f"Draft {number} is published, by no release."
    query = (
        sa.select(Release, Draft, Entity.code)
        .outerjoin(Draft, Draft.id == Release.draft_id)
        .outerjoin(Entity, Entity.id == Release.legal_act_id)
        .order_by(Release.seq)
    )
    for release, draft, act in session.execute(query):
        if draft is None:
            yield f"The draft {release.draft_id} of release {release.seq} is gone."
            continue
        yield from _compare(release, draft, act)
        if release.seq > since and _proposed(session, draft) != release.content_digest:
            yield f"What draft {draft.id} proposes is not what release {release.seq} sealed."


def _compare(release: Release, draft: Draft, act: str | None) -> Iterator[str]:
    if draft.status != "published":
        yield f"Release {release.seq} comes from draft {draft.id}, which is {draft.status}, not published."
    differing = [name for name in COMPARED if getattr(release, name) != getattr(draft, name)]
    if draft.legal_act != act:
        differing.append("legal_act")
    if differing:
        yield f"Release {release.seq} and its draft {draft.id} differ in {', '.join(differing)}."


def _proposed(session: Session, draft: Draft) -> str:
    """The content digest that publishing a draft would give, from the texts it keeps."""
    query = sa.select(DraftChange).where(DraftChange.draft_id == draft.id).execution_options(yield_per=2000)
    return content_digest(_digest(draft, line) for line in session.scalars(query))


def _digest(draft: Draft, line: DraftChange) -> str:
    own = line.code if line.kind == LEGAL_ACT.name else str(draft.legal_act)
    is_void = line.payload is None
    return text_digest(
        line.kind,
        line.code,
        Period(line.valid_from, line.valid_to),
        line.legal_act or own,
        None if is_void else line.source,
        None if is_void else line.confidence,
        line.payload,
    )


def check_told(session: Session) -> Iterator[str]:
    """Sentences: releases since the journal began of which it says nothing, or something else; releases it invents."""
    told = dict(_published(session))
    chains = {row.seq: row.chain_digest for row in session.execute(sa.select(Release.seq, Release.chain_digest))}
    for seq in sorted({*told, *chains}):
        if seq not in chains:
            yield f"The journal tells of release {seq}, which does not exist."
        elif told and seq >= min(told) and told.get(seq) != chains[seq]:
            yield f"The journal does not tell of release {seq} as it is."


def _published(session: Session) -> Iterator[tuple[int, str]]:
    """(release, chain digest) as the journal has them."""
    query = sa.select(JournalEntry.after).where(JournalEntry.action == "draft.published")
    for text in session.scalars(query):
        try:
            after = json.loads(text or "")
            yield int(after["release"]), str(after["chain"])
        except (ValueError, TypeError, KeyError):
            # An entry that cannot be read was altered: the chain of the journal says so.
            continue
