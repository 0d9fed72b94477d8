"""The releases: read, compared, proved; nothing there changes anything."""

from __future__ import annotations

import pytest

from catalog.releases.reviewing_prices import Move
from catalog.temporal import Period
from tests.admin.desk import Desk
from tests.api.catalogue import ERRATUM, FIRST, PRINCEPS, RISES_ON


def test_every_release_is_listed_newest_first(shared_desk: Desk) -> None:
    page = shared_desk.as_("lecteur").get("/admin/versions/", 200).text
    assert page.index(">07-01<") < page.index(">06-23<")
    assert "Arrêté de hausse" in page and "amina" in page and "brahim" in page and f">{FIRST}<" in page


def test_a_release_shows_its_digest_its_chain_and_what_it_changed(shared_desk: Desk) -> None:
    info = shared_desk.place.current().release(4)
    page = shared_desk.as_("lecteur").get("/admin/versions/4", 200).text
    for digest in (info.content_digest, info.prev_digest, info.chain_digest):
        assert digest in page
    assert "la chaîne tient" in page and "40,00" in page and PRINCEPS in page
    assert "/api/v1/releases/4/export" in page


def test_any_two_are_compared_older_first(shared_desk: Desk) -> None:
    reader = shared_desk.as_("lecteur")
    assert reader.get("/admin/versions/comparer?de=4&a=1", 302).location.endswith("/admin/versions/1/4")
    page = reader.get("/admin/versions/1/4", 200).text
    assert ERRATUM in page and "102,00" in page and "rétroactif" in page
    assert reader.get("/admin/versions/comparer?de=0&a=2", 302).location.endswith("/admin/versions/0/2")


def test_the_proof_is_made_when_asked(shared_desk: Desk) -> None:
    assert "Aucun défaut" in shared_desk.as_("lecteur").get("/admin/versions/4/preuve", 200).text


@pytest.mark.parametrize("path", ["9", "9/preuve", "1/9", "0/0", "comparer?de=x&a=2"])
def test_what_was_never_published_is_not_found(shared_desk: Desk, path: str) -> None:
    assert shared_desk.as_("lecteur").get(f"/admin/versions/{path}").status_code == 404


@pytest.mark.parametrize(
    ("before", "after", "share", "is_large"),
    [
        (10000, 12500, 2500, True),
        (10000, 12499, 2499, False),
        (10000, 7500, -2500, True),
        (3, 4, 3333, True),
        (2970, 2800, -572, False),
        (0, 100, None, True),
    ],
)
def test_a_quarter_up_or_down_is_marked(before: int, after: int, share: int | None, is_large: bool) -> None:
    move = Move(PRINCEPS, "ppv", Period(RISES_ON), before, after)
    assert (move.share, move.is_large, move.delta) == (share, is_large, after - before)
