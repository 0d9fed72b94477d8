"""Drafts at the steps that a test wants them in, made by the verbs; the test then acts through the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalog.registry import KINDS
from catalog.releases import drafts
from catalog.releases.changes import Change
from catalog.releases.models import Draft
from catalog.releases.reviewing import revision_of, shown_of
from catalog.releases.truth import find_held, head
from catalog.temporal import Moment, Period
from tests.admin.desk import Desk
from tests.api.catalogue import DEARER, GENERIC, PRINCEPS, RISE

COMES = "6118000040057"
FROM = date(2027, 1, 1)
MEDICAMENT = KINDS.find("medicament")
_REVISION = re.compile(r'name="revision" value="([0-9a-f]{64})"')


@dataclass
class Drafting:
    """Opens drafts in the catalogue of a desk."""

    desk: Desk

    def priced(self, code: str, start: date = FROM, **told: Any) -> Change:
        """What is in force that day, with other values."""
        place = self.desk.place
        with place.reading() as session:
            held = find_held(session, MEDICAMENT, code, Moment(start, head(session)))
        assert held is not None
        loaded = MEDICAMENT.load(code, MEDICAMENT.dump(held.payload) | told)
        return Change("medicament", code, Period(start), loaded, source="liste imprimée", reason="révision")

    def usual(self) -> list[Change]:
        """A fall, a rise of more than a quarter, one that comes and one that goes."""
        fresh = MEDICAMENT.load(COMES, {"nom": "NOUVEAU", "admis_remboursement": True, "ppv": "12.00", "pbr": "12.00"})
        return [
            self.priced(GENERIC, ppv="28.00", pbr="28.00"),
            self.priced(PRINCEPS, ppv="60.00"),
            Change("medicament", COMES, Period(FROM), fresh),
            Change("medicament", DEARER, Period(FROM), None, reason="radié"),
        ]

    def open(self, changes: Iterable[Change] | None = None, **told: Any) -> int:
        """An open draft of ``redacteur``."""
        place = self.desk.place
        given = {"title": "Mise à jour", "author": "redacteur", "legal_act": RISE, "label": "07-07"} | told
        with place.writing() as session:
            draft = drafts.open_draft(session, at=place.now(), **given)
            listed = self.usual() if changes is None else list(changes)
            drafts.stage(session, KINDS, draft, listed, by=given["author"], at=place.now())
            return draft.id

    def settle(self, number: int, reason: str = "Conforme à l’arrêté") -> None:
        """Every rule's warnings accepted through the page."""
        page = self.desk.as_("valideur").get(f"/admin/revue/{number}/anomalies", 200).text
        accepting = self.revision(page) if 'name="rule"' in page else ""
        for rule in sorted(set(re.findall(r'name="rule" value="(\w+)"', page))):
            self.desk.as_("valideur").post(
                f"/admin/revue/{number}/anomalies/accepter",
                {"rule": rule, "reason": reason, "revision": accepting},
                302,
            )

    def submitted(self, **told: Any) -> int:
        number = self.open(**told)
        self.desk.as_("redacteur").post(f"/admin/revue/{number}/soumettre", status=302)
        return number

    def approved(self, **told: Any) -> int:
        number = self.submitted(**told)
        self.settle(number)
        self.desk.as_("valideur").post(f"/admin/revue/{number}/approuver", self.seen(number), 302)
        return number

    def status(self, number: int) -> str:
        return self.draft(number).status

    def draft(self, number: int) -> Draft:
        with self.desk.place.reading() as session:
            return drafts.find_draft(session, number)

    def seen(self, number: int) -> dict[str, str]:
        """What the forms of the page of a draft send, as it stands."""
        with self.desk.place.reading() as session:
            return {"revision": shown_of(session, drafts.find_draft(session, number))}

    def read(self, number: int) -> dict[str, str]:
        """What the forms of the page of its anomalies send."""
        with self.desk.place.reading() as session:
            return {"revision": revision_of(session, drafts.find_draft(session, number))}

    def revision(self, page: str) -> str:
        """What a page says that it showed."""
        found = _REVISION.search(page)
        assert found, page
        return found.group(1)
