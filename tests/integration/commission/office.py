"""An office of the commission over the small catalogue: dossiers as they come, and the steps they take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from catalog.gmr.commission import cefps, dossiers, items, meetings, moves, opinions
from catalog.gmr.commission.models import Dossier, Meeting, Opinion
from catalog.gmr.commission.opinions import OpinionText
from catalog.gmr.commission.targets import Target
from catalog.registry import KINDS
from catalog.releases import drafts
from catalog.releases.models import Draft, Release
from catalog.releases.publishing import publish
from catalog.snapshots.building import build
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment
from tests.api.catalogue import PRINCEPS

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
TODAY = date(2026, 11, 22)
RECEIVED, MET = date(2026, 9, 1), date(2026, 10, 15)


@dataclass
class Office:
    """The verbs, with one redacteur and the clock of the day."""

    session: Session
    by: str = "redacteur"
    at: datetime = NOW

    @property
    def snapshot(self) -> Snapshot:
        return Snapshot(build(self.session, KINDS), KINDS)

    @property
    def moment(self) -> Moment:
        return Moment(TODAY, self.snapshot.head)

    def receive(self, numero: str = "2026-001", type_demande: str = "INSCRIPTION", **told: str) -> Dossier:
        asked = dossiers.Request(numero, told.pop("objet", "Un médicament"), type_demande, RECEIVED, **told)
        return dossiers.receive(self.session, asked, by=self.by, at=self.at)

    def meet(self, numero: str = "2026-01", *, held: bool = True) -> Meeting:
        meeting = meetings.plan(self.session, numero, MET, by=self.by, at=self.at)
        if held:
            self.hold(meeting)
        return meeting

    def hold(self, meeting: Meeting, statut: str = "tenue") -> None:
        told = {"numero": meeting.numero, "jour": meeting.jour, "presents": None, "proces_verbal": "Lu."}
        meetings.minute(self.session, meeting, statut=statut, by=self.by, at=self.at, **told)

    def move(self, dossier: Dossier, vers: str, jour: date = MET, **told: str) -> None:
        moves.move(self.session, dossier, moves.Step(vers, jour, **told), by=self.by, at=self.at)

    def write(self, dossier: Dossier, target: Target | None = None, **told: object) -> Opinion:
        about = target or Target("codes", codes=(PRINCEPS,))
        text = OpinionText(**{"decision": "FAVORABLE", "target": about, "smr": "IMPORTANT", **told})  # type: ignore[arg-type]
        return opinions.write_opinion(self.session, self.snapshot, dossier, text, by=self.by, at=self.at, today=TODAY)

    def enrolled(self, numero: str = "2026-001", type_demande: str = "INSCRIPTION") -> Dossier:
        """A dossier on the agenda of a meeting that was held."""
        dossier = self.receive(numero, type_demande)
        self.move(dossier, "recevable", RECEIVED + timedelta(days=3))
        self.move(dossier, "inscrit", RECEIVED + timedelta(days=4), seance=str(self.meet(f"S-{numero}").id))
        return dossier

    def given(self, target: Target | None = None, *, numero: str = "2026-001", **told: object) -> Dossier:
        """A dossier with one opinion, given."""
        dossier = self.enrolled(numero, str(told.pop("type_demande", "INSCRIPTION")))
        self.write(dossier, target, **told)
        self.move(dossier, "avis_rendu")
        return dossier

    def cost(self, dossier: Dossier) -> None:
        items.concern(self.session, dossier, PRINCEPS, by=self.by, at=self.at)
        line = cefps.Compared(PRINCEPS, "DIAMICRON", 3720, 2000, 200, is_asked=True)
        cefps.keep_table(self.session, dossier, 1, "groupe", [line], 30, self.moment, by=self.by, at=self.at)

    def draft(self, legal_act: str = "gmr-06-23") -> Draft:
        return drafts.open_draft(self.session, title="Avis", author=self.by, at=self.at, legal_act=legal_act)

    def publish(self, draft: Draft) -> Release:
        drafts.submit(self.session, KINDS, draft, by=self.by, at=self.at)
        drafts.approve(self.session, draft, by="valideur", at=self.at)
        self.at += timedelta(hours=1)
        return publish(self.session, KINDS, draft, by="editeur", at=self.at)
