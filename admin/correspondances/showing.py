"""What the pages of the workshop are filled with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from admin.correspondances import words
from admin.correspondances.asking import Filter, chosen_acts, page_of, pages, pinned, proposals
from admin.drafts.current import current_draft
from admin.french import value_name
from admin.room import actor, holds
from admin.workplace import Workplace
from catalog.ngap_ccam.atelier import coverage
from catalog.ngap_ccam.atelier.models import Proposition
from catalog.ngap_ccam.atelier.suggestions import suggest
from catalog.ngap_ccam.atelier.verbs import remarks, to_deposit
from catalog.ngap_ccam.codes import parse_ngap
from catalog.releases.models import Draft
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

Shown = dict[str, Any]


def today_of(place: Workplace) -> tuple[Snapshot, Moment]:
    """The newest snapshot, and today as it knows it."""
    snapshot = place.current()
    return snapshot, Moment(place.today(), snapshot.head)


def show_list(place: Workplace, session: Session, asked: Filter) -> Shown:
    """The proposals, under the figures of the whole."""
    snapshot, moment = today_of(place)
    acts = coverage.acts(session, snapshot, moment)
    chapter_of = {act.version.code: act.chapter for act in acts}
    found, count = proposals(session, asked, chapter_of)
    return {
        "asked": asked,
        "figures": coverage.total(acts),
        "chapters": sorted({name for name in chapter_of.values() if name}),
        "proposals": [(proposal, *sides(snapshot, moment, proposal)) for proposal in found],
        "published": {p.id for p in found if is_published(snapshot, moment, p)},
        "count": count,
        "pages": pages(count),
        "to_deposit": len(to_deposit(session)),
        "draft": current_draft(session),
        "statuses": words.STATUSES,
        "filters": words.FILTERS,
        "relation_name": relation_name,
        "address_of": partial(asked.address, "correspondances.index"),
    }


def show_acts(place: Workplace, session: Session, asked: Filter) -> Shown:
    """The NGAP acts in force and how far each has come."""
    acts = coverage.acts(session, *today_of(place))
    chosen = chosen_acts(acts, asked)
    return {
        "asked": asked,
        "figures": coverage.total(acts),
        "chapters": sorted({act.chapter for act in acts if act.chapter}),
        "acts": page_of(chosen, asked),
        "count": len(chosen),
        "pages": pages(len(chosen)),
        "states": words.ACT_STATES,
        "act_filters": [("", "Tous"), *((state, name) for state, (name, _) in words.ACT_STATES.items())],
        "address_of": partial(asked.address, "correspondances.acts"),
    }


def show_coverage(place: Workplace, session: Session) -> Shown:
    """The figures by chapter."""
    acts = coverage.acts(session, *today_of(place))
    return {"figures": coverage.total(acts), "chapters": coverage.by_chapter(acts)}


def show_form(place: Workplace, form: Mapping[str, str], error: str = "") -> Shown:
    """The form of a proposal, with the acts to look at first."""
    snapshot, moment = today_of(place)
    code = form.get("acte", "").strip()
    ngap = parse_ngap(code) if code else ""
    acte = snapshot.find("acte_ngap", ngap, moment) if ngap else None
    kept = {name: value for name, value in form.items() if value}
    return {
        "form": pinned(snapshot, moment, ngap, kept.get("ccam", "").strip().upper()) | kept,
        "acte": acte,
        "missing": ngap if ngap and acte is None else "",
        "suggestions": suggest(snapshot, ngap, moment) if acte else [],
        "error": error,
        "relations": words.RELATIONS,
        "activities": words.ACTIVITIES,
        "phases": words.PHASES,
    }


def show_proposal(place: Workplace, session: Session, proposal: Proposition) -> Shown:
    """A proposal, its thread, and what the reader may do about it."""
    snapshot, moment = today_of(place)
    ngap, ccam = sides(snapshot, moment, proposal)
    mine = actor().casefold() == proposal.proposed_by.casefold()
    agreed = proposal.first_expert is not None and proposal.first_expert.casefold() == actor().casefold()
    return {
        "proposal": proposal,
        "ngap": ngap,
        "ccam": ccam,
        "remarks": remarks(session, proposal),
        "standing": snapshot.find("correspondance", proposal.code, moment),
        "is_published": is_published(snapshot, moment, proposal),
        "carried_by": session.get(Draft, proposal.draft_id) if proposal.draft_id else None,
        "may_withdraw": proposal.is_open and mine,
        "may_decide": proposal.is_open and holds("validate mappings"),
        "may_agree": proposal.is_open and holds("validate mappings") and not mine and not agreed,
        "is_mine": mine,
        "has_agreed": agreed,
        "draft": current_draft(session),
        "statuses": words.STATUSES,
        "activities": dict(words.ACTIVITIES),
        "relation_name": relation_name,
        "today": place.today(),
    }


def relation_name(relation: str) -> str:
    """What a relation is called."""
    return value_name("relation", relation)


def sides(snapshot: Snapshot, moment: Moment, proposal: Proposition) -> tuple[Version | None, Version | None]:
    """Both acts of a proposal as they stand today."""
    ngap = snapshot.find("acte_ngap", proposal.acte_ngap, moment)
    return ngap, snapshot.find("acte_ccam", proposal.acte_ccam, moment) if proposal.acte_ccam else None


def is_published(snapshot: Snapshot, moment: Moment, proposal: Proposition) -> bool:
    """Whether a release carries exactly this decision."""
    evidence = f"proposition {proposal.id}"
    return any(
        version.source == evidence for version in snapshot.versions("correspondance", proposal.code, moment.release)
    )
