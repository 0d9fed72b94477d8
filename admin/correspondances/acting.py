"""What the buttons of the workshop do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from admin.correspondances.asking import read_asked, read_start
from admin.correspondances.showing import today_of
from admin.drafts.current import current_draft
from admin.room import actor, say
from admin.workplace import workplace
from catalog.ngap_ccam.atelier import verbs
from catalog.ngap_ccam.atelier.depositing import deposit
from catalog.ngap_ccam.atelier.models import VALIDATED, Proposition
from catalog.releases.drafts import find_draft
from catalog.releases.models import Draft


def propose(form: Mapping[str, str]) -> int:
    """Makes a proposal of a form, and answers its number."""
    place, asked = workplace(), read_asked(form)
    snapshot, moment = today_of(place)
    with place.writing() as session:
        made = verbs.propose(session, asked, snapshot=snapshot, moment=moment, by=actor(), at=place.now())
        return made.id


def comment(number: int, text: str) -> None:
    """Adds to the thread."""
    place = workplace()
    with place.writing() as session:
        verbs.comment(session, verbs.find_proposal(session, number), text, by=actor(), at=place.now())


def validate(number: int) -> None:
    """Validates; what is then validated twice goes at once into the current draft, where there is one."""
    place = workplace()
    with place.writing() as session:
        proposal = verbs.find_proposal(session, number)
        verbs.validate(session, proposal, by=actor(), at=place.now())
        is_complete, draft = proposal.status == VALIDATED, current_draft(session)
        if is_complete and draft is not None:
            _deposit(session, proposal, draft, place.today())
    say(_told(is_complete, draft.id if draft else None))


def refuse(number: int, reason: str) -> None:
    place = workplace()
    with place.writing() as session:
        verbs.refuse(session, verbs.find_proposal(session, number), reason, by=actor(), at=place.now())


def withdraw(number: int, reason: str) -> None:
    place = workplace()
    with place.writing() as session:
        proposal = verbs.find_proposal(session, number)
        verbs.withdraw(session, proposal, by=actor(), at=place.now(), reason=reason)


def put_in_draft(number: int, form: Mapping[str, str]) -> int:
    """Stages a validated mapping in the current draft, or the one the form names; answers its number."""
    place = workplace()
    with place.writing() as session:
        proposal = verbs.find_proposal(session, number)
        draft = find_draft(session, form.get("brouillon", ""))
        _deposit(session, proposal, draft, read_start(form, place.today()))
        return draft.id


def put_all_in_draft(form: Mapping[str, str]) -> tuple[int, int]:
    """Stages every validated mapping that no draft carries; answers how many, and the number of the draft."""
    place = workplace()
    with place.writing() as session:
        draft = find_draft(session, form.get("brouillon", ""))
        waiting = verbs.to_deposit(session)
        for proposal in waiting:
            _deposit(session, proposal, draft, read_start(form, place.today()))
        return len(waiting), draft.id


def _deposit(session: Session, proposal: Proposition, draft: Draft, start: date) -> None:
    place = workplace()
    snapshot = place.current()
    deposit(session, place.kinds, proposal, draft, snapshot=snapshot, start=start, by=actor(), at=place.now())


def _told(is_complete: bool, draft: int | None) -> str:
    if not is_complete:
        return "Validation enregistrée. Il en faut une seconde, d’un autre expert."
    if draft is None:
        return "La correspondance est validée. Un rédacteur la dépose maintenant dans un brouillon."
    return f"La correspondance est validée et déposée dans le brouillon n° {draft}."
