"""From the draft to the release through the pages: who may, in what order, and what is said when they may not."""

from __future__ import annotations

import re

import pytest

from catalog.releases.truth import find_release
from tests.admin.revue.drafting import COMES, Drafting
from tests.api.catalogue import DEARER, PRINCEPS


def test_the_review_shows_what_changes_and_by_whom(drafting: Drafting) -> None:
    page = drafting.desk.as_("lecteur").get(f"/admin/revue/{drafting.open()}", 200).text
    for code in (COMES, DEARER, PRINCEPS):
        assert code in page
    assert "40,00" in page and "60,00" in page and "+50,0 %" in page and "≥ 25 %" in page
    assert "redacteur" in page and "révision" in page and "Source : liste imprimée" in page


@pytest.mark.parametrize(
    ("asked", "shown", "hidden"),
    [
        ("type=added", COMES, PRINCEPS),
        ("type=withdrawn", DEARER, COMES),
        ("alertes=1", PRINCEPS, COMES),
        ("q=nouveau", COMES, DEARER),
        ("famille=medicaments&type=changed", PRINCEPS, DEARER),
    ],
)
def test_the_lines_can_be_filtered(drafting: Drafting, asked: str, shown: str, hidden: str) -> None:
    page = drafting.desk.as_("lecteur").get(f"/admin/revue/{drafting.open()}?{asked}", 200).text
    lines = page[page.index('id="lignes"') : page.index('id="prix"')]
    assert shown in lines and hidden not in lines


def test_a_long_difference_comes_in_pages(drafting: Drafting) -> None:
    fresh = drafting.usual()[2]
    stems = [f"61180011{number:04}" for number in range(130)]
    changes = [type(fresh)("medicament", with_check_digit(stem), fresh.period, fresh.payload) for stem in stems]
    number = drafting.open(changes)
    reader = drafting.desk.as_("lecteur")
    first, second = (reader.get(f"/admin/revue/{number}?page={page}", 200).text for page in (1, 2))
    assert first.count("+ ajout") == 100 and second.count("+ ajout") == 30


def with_check_digit(stem: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(stem))
    return f"{stem}{-total % 10}"


def test_a_draft_becomes_a_release_by_four_hands(drafting: Drafting) -> None:
    number = drafting.approved()
    editor = drafting.desk.as_("editeur")
    asked = editor.get(f"/admin/revue/{number}/publier", 200).text
    digest = re.findall(r'class="digest">([0-9a-f]{64})', asked)[0]
    done = editor.post(
        f"/admin/revue/{number}/publier", {"confirmation": "07-07", "revision": drafting.revision(asked)}, 302
    )
    release = editor.get(done.location, 200).text
    assert "07-07" in release and digest in release and "la chaîne tient" in release
    with drafting.desk.place.reading() as session:
        row = find_release(session, "07-07")
        assert (row.author, row.approver, row.publisher) == ("redacteur", "valideur", "editeur")
    assert drafting.desk.place.current().release("07-07").seq == row.seq
    assert "▲ 1" in drafting.desk.as_("lecteur").get(f"/admin/revue/{number}", 200).text


@pytest.mark.parametrize("typed", ["", "07-08", "brouillon"])
def test_the_label_is_typed_to_confirm(drafting: Drafting, typed: str) -> None:
    number = drafting.approved()
    said = drafting.desk.as_("editeur").post(
        f"/admin/revue/{number}/publier", {"confirmation": typed} | drafting.seen(number), 422
    )
    assert "07-07" in said.text
    assert drafting.status(number) == "approved"


def test_nobody_approves_what_they_wrote(drafting: Drafting) -> None:
    number = drafting.submitted(author="valideur")
    drafting.settle(number)
    page = drafting.desk.as_("valideur").get(f"/admin/revue/{number}", 200).text
    assert "une autre personne doit l’approuver" in page
    said = drafting.desk.as_("valideur").post(f"/admin/revue/{number}/approuver", drafting.seen(number), 409)
    assert 'role="alert"' in said.text
    assert drafting.status(number) == "in_review"


def test_even_an_administrator_does_not_approve_alone(drafting: Drafting) -> None:
    number = drafting.open(author="admin")
    admin = drafting.desk.as_("admin")
    admin.post(f"/admin/revue/{number}/soumettre", status=302)
    drafting.settle(number)
    admin.post(f"/admin/revue/{number}/approuver", drafting.seen(number), 409)
    assert drafting.status(number) == "in_review"


STEPS = {
    "fondement": "redacteur",
    "soumettre": "redacteur",
    "rouvrir": "redacteur",
    "rebase": "redacteur",
    "anomalies/justifier": "redacteur",
    "approuver": "valideur",
    "rejeter": "valideur",
    "anomalies/accepter": "valideur",
    "publier": "editeur",
    "planifier": "editeur",
    "deplanifier": "editeur",
}


@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_for_its_role(drafting: Drafting, step: str) -> None:
    number = drafting.submitted()
    for name in ("lecteur", "redacteur", "valideur", "editeur"):
        if name != STEPS[step]:
            drafting.desk.as_(name).post(f"/admin/revue/{number}/{step}", {"comment": "non", "reason": "non"}, 403)
    assert drafting.status(number) == "in_review"
    assert drafting.desk.nobody().post(f"/admin/revue/{number}/{step}").status_code in (302, 401)


@pytest.mark.parametrize("step", STEPS)
def test_a_forged_form_does_nothing(drafting: Drafting, step: str) -> None:
    number = drafting.submitted()
    client = drafting.desk.as_(STEPS[step]).client
    assert client.post(f"/admin/revue/{number}/{step}", data={"comment": "x"}).status_code == 400
    assert drafting.status(number) == "in_review"


@pytest.mark.parametrize(("step", "who"), [("approuver", "valideur"), ("publier", "editeur"), ("planifier", "editeur")])
def test_a_step_out_of_order_is_refused_in_french(drafting: Drafting, step: str, who: str) -> None:
    number = drafting.open()
    given = {"confirmation": "07-07", "publish_at": "2027-01-01T08:00"} | drafting.seen(number)
    said = drafting.desk.as_(who).post(f"/admin/revue/{number}/{step}", given, 409).text
    assert "en rédaction" in said
    assert drafting.status(number) == "draft"


def test_a_rejection_needs_its_comment_and_shows_it(drafting: Drafting) -> None:
    number = drafting.submitted()
    reviewer = drafting.desk.as_("valideur")
    assert "commentaire" in reviewer.post(f"/admin/revue/{number}/rejeter", {"comment": " "}, 422).text
    reviewer.post(f"/admin/revue/{number}/rejeter", {"comment": "le prix du princeps est faux"}, 302)
    author = drafting.desk.as_("redacteur")
    assert "le prix du princeps est faux" in author.get(f"/admin/revue/{number}", 200).text
    author.post(f"/admin/revue/{number}/rouvrir", status=302)
    assert drafting.status(number) == "draft"


def test_nothing_is_submitted_without_a_legal_act(drafting: Drafting) -> None:
    number = drafting.open(legal_act=None)
    author = drafting.desk.as_("redacteur")
    author.post(f"/admin/revue/{number}/soumettre", {"legal_act": ""}, 409)
    author.post(f"/admin/revue/{number}/soumettre", {"legal_act": "arrete-imaginaire"}, 422)
    author.post(f"/admin/revue/{number}/soumettre", {"legal_act": "arrete-hausse-1", "label": "07.07"}, 302)
    assert (drafting.status(number), drafting.draft(number).label) == ("in_review", "07-07")


def test_the_next_label_is_proposed(drafting: Drafting) -> None:
    page = drafting.desk.as_("redacteur").get(f"/admin/revue/{drafting.open(label=None)}", 200).text
    assert 'name="label" type="text" value="07-02"' in page


def test_a_page_read_before_a_change_approves_nothing(drafting: Drafting) -> None:
    number = drafting.submitted()
    drafting.settle(number)
    reviewer, author = drafting.desk.as_("valideur"), drafting.desk.as_("redacteur")
    seen = drafting.revision(reviewer.get(f"/admin/revue/{number}", 200).text)
    author.post(f"/admin/revue/{number}/rouvrir", status=302)
    author.post(f"/admin/revue/{number}/fondement", {"legal_act": "gmr-06-23"}, 302)
    author.post(f"/admin/revue/{number}/soumettre", status=302)
    said = reviewer.post(f"/admin/revue/{number}/approuver", {"revision": seen}, 409)
    assert "a changé depuis" in said.text
    assert drafting.status(number) == "in_review"


@pytest.mark.parametrize("told", [{"label": "07-66"}, {"title": "Un autre titre"}])
def test_an_approval_covers_label_and_title(drafting: Drafting, told: dict[str, str]) -> None:
    number = drafting.approved()
    reviewer, author, editor = (drafting.desk.as_(who) for who in ("valideur", "redacteur", "editeur"))
    seen = drafting.revision(editor.get(f"/admin/revue/{number}/publier", 200).text)
    author.post(f"/admin/revue/{number}/rouvrir", status=302)
    author.post(f"/admin/revue/{number}/fondement", told, 302)
    author.post(f"/admin/revue/{number}/soumettre", status=302)
    assert "a changé depuis" in reviewer.post(f"/admin/revue/{number}/approuver", {"revision": seen}, 409).text
    now = drafting.revision(reviewer.get(f"/admin/revue/{number}", 200).text)
    reviewer.post(f"/admin/revue/{number}/approuver", {"revision": now}, 302)  # what was accepted still is
    given = {"confirmation": told.get("label", "07-07"), "publish_at": "2027-01-01T08:00", "revision": seen}
    for step in ("publier", "planifier"):
        assert "a changé depuis" in editor.post(f"/admin/revue/{number}/{step}", given, 409).text
    assert drafting.status(number) == "approved"


def test_a_decision_says_what_it_is_on(drafting: Drafting) -> None:
    number = drafting.submitted()
    reviewer, editor = drafting.desk.as_("valideur"), drafting.desk.as_("editeur")
    accepted = {"rule": "price_jump", "reason": "vu"}
    for step, given in (("approuver", {}), ("anomalies/accepter", accepted)):
        assert "rechargez la page" in reviewer.post(f"/admin/revue/{number}/{step}", given, 409).text
    other = drafting.approved(label="07-08")
    given = {"confirmation": "07-08", "publish_at": "2027-01-01T08:00"}
    for step in ("publier", "planifier"):
        assert "rechargez la page" in editor.post(f"/admin/revue/{other}/{step}", given, 409).text
    assert (drafting.status(number), drafting.status(other)) == ("in_review", "approved")


@pytest.mark.parametrize(
    "told",
    [
        *({"label": label} for label in ("../07", "07..08", "é", "x" * 41, "a/b")),
        *({"title": title} for title in ("a\u202eb", "a\x07b", "x" * 201)),
    ],
)
def test_a_label_or_title_that_misleads_is_refused(drafting: Drafting, told: dict[str, str]) -> None:
    number = drafting.open()
    assert (
        "caractères au plus" in drafting.desk.as_("redacteur").post(f"/admin/revue/{number}/fondement", told, 422).text
    )


def test_an_unknown_draft_is_not_found(drafting: Drafting) -> None:
    for path in ("999", "999/anomalies", "999/rebase", "999/publier"):
        assert drafting.desk.as_("admin").get(f"/admin/revue/{path}").status_code == 404
