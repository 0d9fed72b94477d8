"""What a dossier ends in: the drafts that carry it, and the releases that published them (derived, never typed)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import InvalidError
from catalog.gmr.commission.errors import NotNowError
from catalog.gmr.commission.models import PURPOSES, Dossier, DraftLink
from catalog.gmr.commission.states import FROM_OPINION, PUBLIE, label
from catalog.journal import record
from catalog.releases.models import Draft, Release


@dataclass(frozen=True, slots=True)
class Outcome:
    """A draft of the dossier, for its ``avis`` or its ``gmr`` version, and the release that published it, if any."""

    objet: str
    draft: Draft
    release: Release | None


def link(session: Session, dossier: Dossier, draft: Draft, objet: str, *, by: str, at: datetime) -> None:
    """Says that a draft carries the dossier; once is enough. Raises InvalidError or NotNowError."""
    if objet not in PURPOSES:
        raise InvalidError(f"{objet!r} is not one of {', '.join(PURPOSES)}.")
    if dossier.etat not in FROM_OPINION:
        raise NotNowError(dossier.numero, label(dossier.etat), "its opinion has not been given")
    if _linked(session, dossier, draft, objet) is not None:
        return
    session.add(DraftLink(dossier_id=dossier.id, draft_id=draft.id, objet=objet, par=by, fait_le=at))
    session.flush()
    subject, after = f"dossier {dossier.numero}", {"draft": draft.id, "objet": objet}
    record(session, at=at, actor=by, action="dossier.draft-linked", subject=subject, after=after)


def unlink(session: Session, dossier: Dossier, draft: Draft, objet: str, *, by: str, at: datetime) -> None:
    """Takes a wrong link back. Raises NotNowError once the draft is published."""
    linked = _linked(session, dossier, draft, objet)
    if linked is None:
        raise InvalidError(f"Draft {draft.id} is not linked to dossier {dossier.numero}.")
    if draft.status == "published":
        raise NotNowError(dossier.numero, label(dossier.etat), f"draft {draft.id} is published")
    session.delete(linked)
    session.flush()
    subject, before = f"dossier {dossier.numero}", {"draft": draft.id, "objet": objet}
    record(session, at=at, actor=by, action="dossier.draft-unlinked", subject=subject, before=before)


def _linked(session: Session, dossier: Dossier, draft: Draft, objet: str) -> DraftLink | None:
    return session.scalar(
        sa.select(DraftLink).where(
            DraftLink.dossier_id == dossier.id, DraftLink.draft_id == draft.id, DraftLink.objet == objet
        )
    )


def outcomes(session: Session, dossier: Dossier) -> list[Outcome]:
    """The drafts of a dossier with their releases, in the order they were linked."""
    query = (
        sa.select(DraftLink.objet, Draft, Release)
        .join(Draft, Draft.id == DraftLink.draft_id)
        .outerjoin(Release, Release.draft_id == Draft.id)
        .where(DraftLink.dossier_id == dossier.id)
        .order_by(DraftLink.id)
    )
    return [Outcome(objet, draft, release) for objet, draft, release in session.execute(query)]


def published_dossiers() -> sa.Select[int]:
    """Ids of the dossiers whose GMR version is published."""
    return (
        sa.select(DraftLink.dossier_id)
        .join(Release, Release.draft_id == DraftLink.draft_id)
        .where(DraftLink.objet == "gmr")
    )


def shown_state(session: Session, dossier: Dossier) -> str:
    """The state as it is shown: ``publie`` once a release has published the GMR version the dossier ends in."""
    is_published = session.scalar(published_dossiers().where(DraftLink.dossier_id == dossier.id).limit(1)) is not None
    return PUBLIE if is_published else dossier.etat
