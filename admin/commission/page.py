"""The page of one dossier: everything about it, and the steps that may follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from admin.commission.words import WORDS, move_verb
from admin.room import holds
from admin.workplace import workplace
from catalog.errors import NotFoundError
from catalog.gmr.commission import cefps, items, meetings, moves, opinions, outcome
from catalog.gmr.commission.cefps import COSTED_IN
from catalog.gmr.commission.equivalents import about
from catalog.gmr.commission.models import Dossier, Meeting, Move
from catalog.gmr.commission.states import FROM_OPINION, LABELS, MOVES, PATH, PUBLIE, WITH_OPINIONS, State
from catalog.gmr.commission.targets import target_of
from catalog.legal.family import LEGAL_ACT
from catalog.releases.models import Draft
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

LEAVES = (NotFoundError,)
"""Refusals that have no page to be shown on."""


@dataclass(frozen=True, slots=True)
class Next:
    """A step that may follow, as its form needs it."""

    etat: str
    verb: str
    needs: tuple[str, ...]
    is_end: bool


NEEDS: Mapping[str, tuple[str, ...]] = {
    State.INSCRIT: ("seance",),
    State.TRANSMIS: ("cefps",),
    State.ARRETE: ("acte",),
    State.INCOMPLET: ("why",),
    State.REFUSE: ("why",),
}


def dossier_page(
    room: Any, session: Session, dossier: Dossier, *, refusal: str = "", form: Mapping[str, str] | None = None
) -> Any:
    """The page, with what was refused and what was typed then, if anything."""
    place = workplace()
    snapshot = place.current()
    moment = Moment(place.today(), snapshot.head)
    meeting = session.get(Meeting, dossier.seance_id) if dossier.seance_id else None
    steps = moves.moves(session, dossier)
    shown = outcome.shown_state(session, dossier)
    may_write = holds("prepare opinions")
    return room.render(
        "console/commission/dossier.html",
        dossier=dossier,
        meeting=meeting,
        shown=shown,
        way=way(steps, shown),
        steps_taken=list(reversed(steps)),
        presentations=[(item, about(snapshot, item, moment)) for item in items.items(session, dossier)],
        opinions=[(opinion, target_of(opinion)) for opinion in opinions.opinions(session, dossier)],
        tables=cefps.tables(session, dossier),
        outcomes=outcome.outcomes(session, dossier),
        act=find_act(snapshot, dossier.acte, place.today()),
        following=following(dossier) if may_write and shown != PUBLIE else [],
        open_meetings=meetings.open_meetings(session),
        may_write=may_write,
        may_write_opinions=may_write and dossier.etat in WITH_OPINIONS,
        may_stage=may_write and dossier.etat in FROM_OPINION and dossier.seance_id is not None,
        may_cost=may_write and dossier.etat in COSTED_IN,
        drafts=open_drafts(session),
        acts=legal_acts(snapshot, place.today()),
        today=place.today(),
        refusal=refusal,
        form=form or {},
        **WORDS,
    )


def way(steps: list[Move], shown: str) -> list[tuple[str, str, str]]:
    """The way of a dossier for the bar at the top: title, day, and done, now or todo."""
    days = {step.vers: step.jour for step in steps}
    last = steps[-1].vers
    ended = last in (State.REFUSE, State.RETIRE)
    reached = PATH.index(State(last)) if last in PATH else 0 if last == State.INCOMPLET else len(PATH)
    made = []
    for place, state in enumerate(PATH):
        is_done = state in days and (place <= reached or ended)
        mark = "now" if state == last and shown != PUBLIE else "done" if is_done else "todo"
        made.append((LABELS[state], f"{days[state]:%d/%m/%Y}" if is_done else "", mark))
    if ended or last == State.INCOMPLET:
        made = [step for step in made if step[2] != "todo"] + [(LABELS[last], f"{days[last]:%d/%m/%Y}", "now")]
    return [*made, (LABELS[PUBLIE], "", "done" if shown == PUBLIE else "todo")] if not ended else made


def following(dossier: Dossier) -> list[Next]:
    """The steps that may follow, the usual one first."""
    return [
        Next(
            state.value,
            move_verb(state, dossier.etat),
            NEEDS.get(state, ()),
            state in (State.REFUSE, State.RETIRE),
        )
        for state in MOVES[State(dossier.etat)]
    ]


def open_drafts(session: Session) -> list[Draft]:
    """The drafts that may still be changed, newest first."""
    return list(session.query(Draft).filter(Draft.status == "draft").order_by(Draft.id.desc()).limit(100))


def legal_acts(snapshot: Snapshot, day: date) -> list[tuple[str, str]]:
    """(code, title) of the legal acts in force, for choosing."""
    found = snapshot.in_force(LEGAL_ACT.name, Moment(day, snapshot.head))
    return [(version.code, version.payload["title"]) for version in found]


def find_act(snapshot: Snapshot, code: str | None, day: date) -> Version | None:
    """The act as described that day, else as last described; None while it is only in a draft."""
    if code is None:
        return None
    found = snapshot.find(LEGAL_ACT.name, code, Moment(day, snapshot.head))
    return found or next(iter(snapshot.versions(LEGAL_ACT.name, code, snapshot.head)), None)
