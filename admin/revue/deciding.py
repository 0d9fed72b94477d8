"""What the forms of a review ask for, each by one verb of the domain. They answer the sentence to tell."""

from __future__ import annotations

import re
from datetime import datetime

from flask import request
from sqlalchemy.orm import Session

from admin.accounts.verbs import Role
from admin.revue.reading import compare_draft, findings_of
from admin.room import actor, holds
from admin.workplace import workplace
from catalog.errors import ConflictError, DateError, InvalidError, NotAllowedError
from catalog.french import write_instant
from catalog.releases import drafts
from catalog.releases.labels import parse_label
from catalog.releases.models import Draft
from catalog.releases.planning import plan, plan_of, unplan
from catalog.releases.rebasing import Rebase, rebase
from catalog.releases.reviewing_acceptance import accept, withdraw_acceptance
from catalog.releases.reviewing_steps import (
    approve_judged,
    check_fresh,
    check_seen,
    ground_judged,
    publish_judged,
    reject_with_reason,
    submit_judged,
)
from catalog.temporal import morocco

_HOUR = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII)
YEARS = range(2000, 2101)
"""Years in which a publication may be planned."""


class NotConfirmedError(InvalidError):
    """The label typed to confirm is not that of the draft."""

    def __init__(self, expected: str) -> None:
        super().__init__(f"To publish, type {expected!r} as shown.")


class NotShownError(ConflictError):
    """A decision that does not say what it is on."""

    def __init__(self) -> None:
        super().__init__("The form does not say what it was shown with: reload the page.")


def _text(name: str) -> str:
    return request.form.get(name, "").strip()


def _seen() -> str:
    """What the form was shown with. Raises NotShownError."""
    seen = _text("revision")
    if not seen:
        raise NotShownError
    return seen


def ground(session: Session, draft: Draft) -> str:
    """Legal act, label and title of an open draft."""
    told = {name: _text(name) or None for name in ("legal_act", "label", "title")}
    ground_judged(session, draft, by=actor(), at=workplace().now(), **told)
    return "Le fondement du brouillon est enregistré."


def submit(session: Session, draft: Draft) -> str:
    """Under review, with the legal act and label given on the same form."""
    if draft.status == "draft" and "legal_act" in request.form:
        ground(session, draft)
    submit_judged(session, workplace().kinds, draft, by=actor(), at=workplace().now())
    return "Le brouillon est soumis à relecture."


def approve(session: Session, draft: Draft) -> str:
    """Agreed to as it was shown; what is stale would only be refused later."""
    place = workplace()
    approve_judged(
        session,
        place.kinds,
        draft,
        by=actor(),
        at=place.now(),
        comment=_text("comment") or None,
        seen=_seen(),
    )
    check_fresh(session, place.kinds, draft)
    return "Le brouillon est approuvé : il peut être publié."


def reject(session: Session, draft: Draft) -> str:
    """Refused, with the comment its author will read."""
    unplan_quietly(session, draft)
    reject_with_reason(session, draft, by=actor(), at=workplace().now(), comment=_text("comment"))
    return "Le brouillon est rejeté : son auteur peut le reprendre."


def reopen(session: Session, draft: Draft) -> str:
    """Back to work; an approval, and a planned hour, are lost."""
    unplan_quietly(session, draft)
    drafts.reopen(session, draft, by=actor(), at=workplace().now())
    return "Le brouillon est de nouveau ouvert à la rédaction."


def unplan_quietly(session: Session, draft: Draft) -> None:
    """A plan does not outlive the approval it rests on."""
    if plan_of(session, draft) is not None:
        unplan(session, draft, by=actor(), at=workplace().now())


def publish(session: Session, draft: Draft) -> int:
    """The number of the new release. The label, or where there is none the number of the draft, confirms."""
    place = workplace()
    if draft.status == "approved" and parse_label(_text("confirmation")) != confirmation_of(draft):
        raise NotConfirmedError(confirmation_of(draft))
    check_seen(session, draft, _seen())
    return publish_judged(session, place.kinds, draft, by=actor(), at=place.now()).seq


def confirmation_of(draft: Draft) -> str:
    """What is typed to confirm the publication of a draft."""
    return draft.label or f"brouillon {draft.id}"


def plan_it(session: Session, draft: Draft) -> str:
    """Published later, at an hour of Morocco."""
    place = workplace()
    hour = read_hour(_text("publish_at"))
    check_seen(session, draft, _seen())
    plan(session, place.kinds, draft, publish_at=hour, by=actor(), at=place.now())
    return f"La publication est prévue le {write_instant(hour)}."


def unplan_it(session: Session, draft: Draft) -> str:
    """No longer published by itself."""
    unplan(session, draft, by=actor(), at=workplace().now())
    return "La publication prévue est annulée."


def read_hour(text: str) -> datetime:
    """An hour of Morocco, ``2026-12-01T08:00``, without offset, of this century. Raises DateError."""
    try:
        local = datetime.strptime(text, "%Y-%m-%dT%H:%M") if _HOUR.fullmatch(text) else None  # noqa: DTZ007
    except ValueError:
        local = None
    if local is None or local.year not in YEARS:
        raise DateError(text, "an hour written YYYY-MM-DDTHH:MM")
    return local.replace(tzinfo=morocco())


def accept_warnings(session: Session, draft: Draft) -> str:
    """One warning, or all those of a rule, accepted by somebody who settles them."""
    return _accept(session, draft)


def justify_warnings(session: Session, draft: Draft) -> str:
    """The same by the author, who knows why the figure is what it is."""
    if actor().casefold() != draft.author.casefold():
        raise NotAllowedError(actor(), "settle violations", [Role.VALIDEUR.value])
    return _accept(session, draft)


def _accept(session: Session, draft: Draft) -> str:
    place = workplace()
    rows = accept(
        session,
        draft,
        findings_of(place, session, draft, compare_draft(place, session, draft)),
        rule=_text("rule"),
        kind=_text("kind") or None,
        fingerprint=_text("fingerprint") or None,
        reason=_text("reason"),
        seen=_seen(),
        by=actor(),
        at=place.now(),
    )
    covered = sum(row.covered for row in rows)
    return "1 avertissement est accepté." if covered == 1 else f"{covered} avertissements sont acceptés."


def take_back(session: Session, draft: Draft, number: int) -> str:
    """An acceptance is taken back by who settles warnings, or by the author."""
    if not holds("settle violations") and actor().casefold() != draft.author.casefold():
        raise NotAllowedError(actor(), "settle violations", [Role.VALIDEUR.value])
    withdraw_acceptance(session, draft, number, by=actor(), at=workplace().now())
    return "L’acceptation est annulée."


def rebase_it(session: Session, draft: Draft) -> Rebase:
    """The draft on the newest release, its work kept."""
    unplan_quietly(session, draft)
    return rebase(session, workplace().kinds, draft, by=actor(), at=workplace().now())
