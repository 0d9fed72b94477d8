"""The first page says what waits for whom, and how the catalogue stands."""

from __future__ import annotations

import re
from datetime import date

import pytest

from admin.dashboard.published import ages, effect_days, last_releases
from catalog.gmr.evolution import evolution
from catalog.releases import drafts
from catalog.releases.changes import Change
from catalog.temporal import Period
from tests.admin.desk import Desk
from tests.api.catalogue import LIST, RISES_ON
from tests.api.families import NGAP

HOME = "/admin/"


def draft_of(desk: Desk, author: str, status: str) -> int:
    """A draft with one change, brought to a status by other people."""
    kinds, now = desk.place.kinds, desk.place.now()
    with desk.place.writing() as session:
        draft = drafts.open_draft(session, title=f"De {author}", author=author, at=now, legal_act=LIST)
        payload = kinds.find("acte_ngap").load(NGAP, {"libelle": "Autre", "mode": "FORFAIT"})
        drafts.stage(
            session, kinds, draft, [Change("acte_ngap", NGAP, Period(date(2027, 1, 1)), payload)], by=author, at=now
        )
        if status != "draft":
            drafts.submit(session, kinds, draft, by=author, at=now)
        if status == "approved":
            drafts.approve(session, draft, by="valideur", at=now)
        if status == "rejected":
            drafts.reject(session, draft, by="valideur", at=now, comment="Prix à revoir")
        return draft.id


def waiting(desk: Desk, who: str) -> str:
    page = desk.as_(who).get(HOME, status=200).text
    found = re.search(r'<h2 id="attente">.*?</section>', page, re.DOTALL)
    assert found
    return found.group(0)


CASES = [
    ("draft", "redacteur", "À finir"),
    ("rejected", "redacteur", "Prix à revoir"),
    ("in_review", "valideur", "À approuver"),
    ("approved", "editeur", "À publier"),
]


@pytest.mark.parametrize(("status", "who", "said"), CASES)
def test_a_draft_waits_for_whoever_has_the_next_step(desk: Desk, status: str, who: str, said: str) -> None:
    draft_of(desk, "redacteur", status)
    assert said in waiting(desk, who)


@pytest.mark.parametrize(
    ("status", "who"),
    [("draft", "redacteur2"), ("draft", "valideur"), ("in_review", "redacteur"), ("in_review", "editeur"),
     ("approved", "valideur"), ("in_review", "lecteur")],
)  # fmt: skip
def test_a_draft_does_not_wait_for_anybody_else(desk: Desk, status: str, who: str) -> None:
    draft_of(desk, "redacteur", status)
    assert "Rien n’attend après vous" in waiting(desk, who)


def test_nobody_is_asked_to_approve_their_own(desk: Desk) -> None:
    draft_of(desk, "admin", "in_review")
    assert "Rien n’attend après vous" in waiting(desk, "admin")
    assert "À approuver" in waiting(desk, "valideur")


def test_mappings_wait_for_experts(desk: Desk) -> None:
    form = {"acte": "ASD01", "relation": "no-map", "motif": "Propre au Maroc"}
    pinned = {"version_ngap": "arrete-177-06", "version_ccam": "ccam-france"}
    desk.as_("redacteur").post("/admin/correspondances/proposer", form | pinned, status=302)
    assert "1 correspondance NGAP vers CCAM" in waiting(desk, "valideur")
    assert "correspondance NGAP" not in waiting(desk, "redacteur")


def test_the_next_days_of_effect_come_from_what_is_published(shared_desk: Desk) -> None:
    snapshot = shared_desk.place.current()
    days = {effect.day: effect.starts for effect in effect_days(snapshot, date(2014, 1, 1))}
    assert date(2014, 6, 9) in days
    assert [effect.day for effect in effect_days(snapshot, RISES_ON)] == []


def test_the_last_releases_come_newest_first(shared_desk: Desk) -> None:
    found = last_releases(shared_desk.place.current())
    assert [release.info.seq for release in found] == [4, 3, 2, 1]
    assert ("medicaments", "médicament", 1) in found[0].counts


def test_ages_count_the_days_since_each_list_was_published(shared_desk: Desk) -> None:
    snapshot = shared_desk.place.current()
    by_plural = {age.plural: age for age in ages(snapshot, shared_desk.place.today())}
    assert by_plural["avis"].release.seq == 1
    assert by_plural["medicaments"].release.seq == 4
    published = snapshot.published_on(4)
    assert by_plural["medicaments"].days == (shared_desk.place.today() - published).days


def test_medicines_are_counted_version_by_version(shared_desk: Desk) -> None:
    """Slowly: what each release says of each medicine on its day."""
    snapshot = shared_desk.place.current()
    for count in evolution(snapshot):
        admitted = [
            version.payload["princeps_generique"]
            for code in snapshot.codes("medicament")
            for version in snapshot.versions("medicament", code, count.release)
            if version.period.covers(count.day) and version.payload["admis_remboursement"]
            and version.payload["ppv"] is not None and not version.payload["retire"]
        ]  # fmt: skip
        assert (admitted.count("P"), admitted.count("G"), admitted.count(None)) == (
            count.princeps,
            count.generiques,
            count.others,
        )
    assert [count.label for count in evolution(snapshot)] == ["06-23", None, None, "07-01"]


def test_the_page_draws_the_evolution_and_says_it_in_a_table(shared_desk: Desk) -> None:
    page = shared_desk.as_("lecteur").get(HOME, status=200).text
    assert "<svg" in page
    assert "style=" not in page
    assert "07-01</a></th>" in page
