"""Two drafts over one price: the second is told what changed, and keeps its work."""

from __future__ import annotations

import pytest

from tests.admin.revue.drafting import FROM, Drafting
from tests.api.catalogue import GENERIC


@pytest.fixture
def stale(drafting: Drafting) -> int:
    """A submitted draft whose medicine another release has changed since."""
    mine = drafting.submitted(changes=[drafting.priced(GENERIC, FROM, ppv="28.00", pbr="28.00")], label=None)
    theirs = drafting.priced(GENERIC, FROM, ppv="27.00", pbr="27.00", taux_liste="0.70")
    other = drafting.approved(changes=[theirs])
    drafting.desk.as_("editeur").post(
        f"/admin/revue/{other}/publier", {"confirmation": "07-07"} | drafting.seen(other), 302
    )
    return mine


def test_a_stale_draft_says_what_changed(drafting: Drafting, stale: int) -> None:
    page = drafting.desk.as_("valideur").get(f"/admin/revue/{stale}", 200).text
    assert "périmé" in page and "27,00" in page
    drafting.settle(stale)
    drafting.desk.as_("valideur").post(f"/admin/revue/{stale}/approuver", drafting.seen(stale), 409)
    assert drafting.status(stale) == "in_review"


def test_rebasing_keeps_the_work_and_lists_the_clashes(drafting: Drafting, stale: int) -> None:
    assert "Rebaser sur la version 5" in drafting.desk.as_("redacteur").get(f"/admin/revue/{stale}/rebase", 200).text
    done = drafting.desk.as_("redacteur").post(f"/admin/revue/{stale}/rebase", status=200).text
    assert "À regarder" in done and "27,00" in done and "28,00" in done
    page = drafting.desk.as_("redacteur").get(f"/admin/revue/{stale}", 200).text
    assert "périmé" not in page and "28,00" in page
    assert (drafting.status(stale), drafting.draft(stale).base_seq) == ("draft", 5)


def test_a_fresh_draft_has_nothing_to_rebase(drafting: Drafting) -> None:
    assert "à jour" in drafting.desk.as_("redacteur").get(f"/admin/revue/{drafting.open()}/rebase", 200).text


def test_a_rebase_of_a_fresh_draft_keeps_its_approval(drafting: Drafting) -> None:
    number = drafting.approved()
    drafting.desk.as_("redacteur").post(f"/admin/revue/{number}/rebase", status=409)
    assert drafting.status(number) == "approved"
