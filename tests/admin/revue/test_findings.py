"""What a draft breaks, on its page: corrected, or accepted with a reason, before it is approved."""

from __future__ import annotations

import re

from catalog.releases.changes import Change
from catalog.releases.reviewing_acceptance import acceptances
from tests.admin.revue.drafting import FROM, Drafting
from tests.api.catalogue import GENERIC

RULE = "PbrIsNotTheClosestGeneric"


def test_warnings_hold_up_the_approval_and_are_named(drafting: Drafting) -> None:
    number = drafting.submitted()
    page = drafting.desk.as_("valideur").get(f"/admin/revue/{number}", 200).text
    assert "à accepter avec un motif" in page
    drafting.desk.as_("valideur").post(f"/admin/revue/{number}/approuver", drafting.seen(number), 409)
    assert drafting.status(number) == "in_review"
    drafting.settle(number)
    drafting.desk.as_("valideur").post(f"/admin/revue/{number}/approuver", drafting.seen(number), 302)
    assert drafting.status(number) == "approved"


def test_an_acceptance_shows_who_and_why(drafting: Drafting) -> None:
    number = drafting.submitted()
    drafting.settle(number, "Guide imprimé, page 12")
    page = drafting.desk.as_("lecteur").get(f"/admin/revue/{number}/anomalies", 200).text
    assert "Guide imprimé, page 12" in page and "valideur, " in page
    with drafting.desk.place.reading() as session:
        assert {row.accepted_by for row in acceptances(session, drafting.draft(number))} == {"valideur"}


def test_a_reason_is_needed(drafting: Drafting) -> None:
    number = drafting.submitted()
    said = drafting.desk.as_("valideur").post(
        f"/admin/revue/{number}/anomalies/accepter", {"rule": RULE, "reason": " "} | drafting.read(number), 422
    )
    assert "motif" in said.text


def test_the_author_explains_and_another_writer_does_not(drafting: Drafting) -> None:
    number = drafting.open()
    given = {"rule": RULE, "reason": "Le guide le dit"} | drafting.read(number)
    drafting.desk.as_("redacteur2").post(f"/admin/revue/{number}/anomalies/justifier", given, 403)
    drafting.desk.as_("redacteur").post(f"/admin/revue/{number}/anomalies/justifier", given, 302)
    assert "Le guide le dit" in drafting.desk.as_("lecteur").get(f"/admin/revue/{number}/anomalies", 200).text


def test_one_warning_at_a_time_and_taken_back(drafting: Drafting) -> None:
    number = drafting.open()
    reviewer = drafting.desk.as_("valideur")
    page = reviewer.get(f"/admin/revue/{number}/anomalies", 200).text
    rule, mark = re.findall(r'name="rule" value="(\w+)".*?name="fingerprint" value="([0-9a-f]{64})"', page)[0]
    given = {"rule": rule, "fingerprint": mark, "reason": "vu"} | drafting.read(number)
    reviewer.post(f"/admin/revue/{number}/anomalies/accepter", given, 302)
    with drafting.desk.place.reading() as session:
        (row,) = acceptances(session, drafting.draft(number))
    path = f"/admin/revue/{number}/anomalies/{row.id}/annuler"
    drafting.desk.as_("lecteur").post(path, status=403)
    drafting.desk.as_("redacteur2").post(path, status=403)
    reviewer.post(path, status=302)
    assert mark in reviewer.get(f"/admin/revue/{number}/anomalies", 200).text


def test_errors_are_corrected_not_accepted(drafting: Drafting) -> None:
    broken: Change = drafting.priced(GENERIC, FROM, retire=True)
    number = drafting.open([broken])
    page = drafting.desk.as_("redacteur").get(f"/admin/revue/{number}/anomalies", 200).text
    assert "RetiredYetAdmitted" in page
    drafting.desk.as_("redacteur").post(f"/admin/revue/{number}/soumettre", status=409)
    given = {"rule": "RetiredYetAdmitted", "reason": "tant pis"} | drafting.read(number)
    drafting.desk.as_("valideur").post(f"/admin/revue/{number}/anomalies/accepter", given, 404)
    assert drafting.status(number) == "draft"
