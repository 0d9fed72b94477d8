"""Editors at work: drafts and releases that are valid in all a test does not say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from catalog.gmr.family import GTIN, MEDICAMENT
from catalog.kinds import Kinds
from catalog.legal.family import LEGAL_ACT
from catalog.releases import drafts, publishing, rebasing, truth
from catalog.releases.changes import Change
from catalog.releases.models import Draft, Release
from catalog.temporal import DUSK, Moment, Period

AUTHOR, SECOND, CHIEF, PRINTER = "amina", "brahim", "chaimae", "driss"
ACT, ERRATUM = "arrete-2014-06", "arrete-2014-07"
DOLIPRANE, ACLASTA, ACTEMRA = "6118000100058", "6118000100065", "6118000100072"
MAY, JUNE, JULY, AUGUST = (date(2014, month, 1) for month in (5, 6, 7, 8))
OPENING = datetime(2014, 5, 1, 8, tzinfo=UTC)
"""When the desk opens: the founding release is of this day."""


def medicine(ppv: str | None = "29.70", **external: Any) -> dict[str, Any]:
    """The payload of a medicine that a list would accept."""
    return MEDICAMENT.load("a medicine", {"nom": "DOLIPRANE", "admis_remboursement": True, "ppv": ppv, **external})


def priced(ppv: str, start: date, end: date = DUSK, *, code: str = DOLIPRANE, **how: Any) -> Change:
    """The medicine costs so much over these days."""
    return Change("medicament", code, Period(start, end), medicine(ppv), **how)


def withdrawn(start: date, end: date = DUSK, *, code: str = DOLIPRANE, **how: Any) -> Change:
    return Change("medicament", code, Period(start, end), None, **how)


def enacted(code: str = ACT) -> Change:
    """The legal act exists."""
    payload = LEGAL_ACT.load(code, {"type": "arrete", "title": f"Arrêté {code}", "statut": "EN_VIGUEUR"})
    return Change(LEGAL_ACT.name, code, Period(MAY), payload)


FEW_KINDS = Kinds((LEGAL_ACT, MEDICAMENT, GTIN))
"""Enough for most tests; every kind more is so many statements more."""


class Desk:
    """A newsroom with a clock of its own: every step takes an hour."""

    def __init__(self, session: Session, kinds: Kinds = FEW_KINDS, now: datetime = OPENING) -> None:
        self.session, self.kinds, self.now = session, kinds, now

    def tick(self) -> datetime:
        self.now += timedelta(hours=1)
        return self.now

    def draft(self, *changes: Change, by: str = AUTHOR, **opened: Any) -> Draft:
        """An open draft with these changes."""
        given = {"title": "Mise à jour", "author": AUTHOR, "legal_act": ACT} | opened
        draft = drafts.open_draft(self.session, at=self.tick(), **given)
        self.stage(draft, *changes, by=by)
        return draft

    def stage(self, draft: Draft, *changes: Change, by: str = AUTHOR) -> int:
        return drafts.stage(self.session, self.kinds, draft, changes, by=by, at=self.tick())

    def unstage(self, draft: Draft, code: str, by: str) -> int:
        return drafts.unstage(self.session, self.kinds, draft, "medicaments", code, by=by, at=self.tick())

    def ground(self, draft: Draft, by: str, **given: str) -> None:
        drafts.ground(self.session, draft, by=by, at=self.tick(), **given)

    def reopen(self, draft: Draft, by: str = AUTHOR) -> Draft:
        drafts.reopen(self.session, draft, by=by, at=self.tick())
        return draft

    def submit(self, draft: Draft) -> Draft:
        drafts.submit(self.session, self.kinds, draft, by=draft.author, at=self.tick())
        return draft

    def approve(self, draft: Draft, by: str = CHIEF) -> Draft:
        drafts.approve(self.session, draft, by=by, at=self.tick())
        return draft

    def approved(self, *changes: Change, **opened: Any) -> Draft:
        return self.approve(self.submit(self.draft(*changes, **opened)))

    def seal(self, draft: Draft, at: datetime | None = None, published_at: datetime | None = None) -> Release:
        """Publishes an approved draft, and commits: only then is all of it checked."""
        release = publishing.publish(
            self.session, self.kinds, draft, by=PRINTER, at=at or self.tick(), published_at=published_at
        )
        self.session.commit()
        return release

    def publish(self, *changes: Change, on: datetime | None = None, **opened: Any) -> Release:
        """A release of these changes, published at an instant that the clock then shows."""
        draft = self.approved(*changes, **opened)
        self.now = max(on, self.now) if on else self.now
        return self.seal(draft, at=self.now, published_at=on) if on else self.seal(draft)

    def rebase(self, draft: Draft, by: str = AUTHOR) -> rebasing.Rebase:
        return rebasing.rebase(self.session, self.kinds, draft, by=by, at=self.tick())

    def proposed(self, draft: Draft) -> list[Change]:
        return list(drafts.changes_of(self.session, self.kinds, draft))

    def price(self, day: date, release: int, code: str = DOLIPRANE) -> int | None:
        """Centimes in force on a day, as known at a release; None when nothing is in force."""
        held = truth.find_held(self.session, MEDICAMENT, code, Moment(day, release))
        return None if held is None else held.payload["ppv"]
