"""What the tests of this room share: a draft to work in, and what its changes came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from catalog.releases.changes import Change
from catalog.releases.drafts import approve, changes_of, find_draft, submit
from catalog.releases.publishing import publish
from tests.admin.desk import Desk, Editor
from tests.api.catalogue import LIST, PRINCEPS, TODAY

MEDICINE = f"medicaments/{PRINCEPS}"


@dataclass
class Work:
    """A draft of the redacteur."""

    desk: Desk
    number: int

    @property
    def url(self) -> str:
        return f"/admin/brouillons/{self.number}"

    @property
    def editor(self) -> Editor:
        return self.desk.as_("redacteur")

    def changes(self) -> list[Change]:
        place = self.desk.place
        with place.reading() as session:
            return list(changes_of(session, place.kinds, find_draft(session, self.number)))

    def cell(self, value: str, *, who: str = "redacteur", status: int | None = 200, **more: Any) -> TestResponse:
        body = {"kind": "medicament", "code": PRINCEPS, "field": "ppv", "value": value, "from": TODAY.isoformat()}
        return self.desk.as_(who).post_json(f"{self.url}/cellule", body | more, status)

    def submit(self) -> None:
        place = self.desk.place
        with place.writing() as session:
            submit(session, place.kinds, find_draft(session, self.number), by="redacteur", at=place.now())

    def publish(self) -> None:
        self.submit()
        place = self.desk.place
        with place.writing() as session:
            draft = find_draft(session, self.number)
            approve(session, draft, by="valideur", at=place.now())
            publish(session, place.kinds, draft, by="editeur", at=place.now())
        place.refresh()


def open_work(desk: Desk, who: str = "redacteur", title: str = "Prix de novembre") -> Work:
    """A draft opened through the page."""
    answer = desk.as_(who).post("/admin/brouillons/nouveau", {"title": title, "acte": LIST, "label": "7.02"}, 302)
    return Work(desk, int(answer.location.rsplit("/", 1)[1]))
