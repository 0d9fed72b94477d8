"""Publishing at a set hour of Morocco, from the page to the thread that does it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from admin.revue.planner import publish_planned
from admin.workplace import Workplace
from catalog.releases.planning import plan_of
from tests.admin.revue.drafting import Drafting

HOUR = "2027-01-04T08:00"
UNREADABLE = (
    "demain",
    "2026-11-23",
    "2027-02-30T08:00",
    "2027-01-04T08:00+01:00",
    "2101-01-01T00:00",
    "9999-12-31T23:59-12:00",
    "0001-01-01T00:00+23:00",
    "9999-12-31T23:59",
)
AT_THE_HOUR = datetime(2027, 1, 4, 8, tzinfo=UTC)


def plan(drafting: Drafting) -> int:
    number = drafting.approved()
    drafting.desk.as_("editeur").post(
        f"/admin/revue/{number}/planifier", {"publish_at": HOUR} | drafting.seen(number), 302
    )
    return number


def at_the_hour(drafting: Drafting) -> Workplace:
    return replace(drafting.desk.place, clock=lambda: AT_THE_HOUR)


def test_a_plan_shows_its_hour_and_can_be_taken_back(drafting: Drafting) -> None:
    number = plan(drafting)
    editor = drafting.desk.as_("editeur")
    assert "prévu le 04/01/2027 08:00" in editor.get(f"/admin/revue/{number}", 200).text
    editor.post(f"/admin/revue/{number}/deplanifier", status=302)
    assert "prévu le" not in editor.get(f"/admin/revue/{number}", 200).text
    editor.post(f"/admin/revue/{number}/deplanifier", status=404)


def test_an_hour_gone_by_or_unreadable_is_refused(drafting: Drafting) -> None:
    number = drafting.approved()
    editor = drafting.desk.as_("editeur")
    form = drafting.seen(number)
    editor.post(f"/admin/revue/{number}/planifier", {"publish_at": "2026-11-22T09:59"} | form, 409)
    for typed in UNREADABLE:
        editor.post(f"/admin/revue/{number}/planifier", {"publish_at": typed} | form, 422)


def test_at_its_hour_it_is_published_and_served(drafting: Drafting) -> None:
    number = plan(drafting)
    assert publish_planned(drafting.desk.place) == []
    publish_planned(at_the_hour(drafting))
    assert drafting.status(number) == "published"
    assert drafting.desk.place.current().head == 5


def test_a_rejection_takes_the_plan_along(drafting: Drafting) -> None:
    number = plan(drafting)
    drafting.desk.as_("valideur").post(f"/admin/revue/{number}/rejeter", {"comment": "à revoir"}, 302)
    assert publish_planned(at_the_hour(drafting)) == []
    with drafting.desk.place.reading() as session:
        assert plan_of(session, drafting.draft(number)) is None


def test_a_plan_that_failed_says_why(drafting: Drafting) -> None:
    number = plan(drafting)
    other = drafting.approved(label="07-08")
    drafting.desk.as_("editeur").post(
        f"/admin/revue/{other}/publier", {"confirmation": "07-08"} | drafting.seen(other), 302
    )
    publish_planned(at_the_hour(drafting))
    assert drafting.status(number) == "approved"
    page = drafting.desk.as_("editeur").get(f"/admin/revue/{number}", 200).text
    assert "n’a pas eu lieu" in page
