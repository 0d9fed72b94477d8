"""How long an answer may be kept, and how a caller learns that it still holds."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from service import create_app
from service.settings import Settings
from tests.api.addresses import EVERY, JSON, QUESTIONS, joined
from tests.api.catalogue import ERRATUM, NOW

PINNED = "public, max-age=31536000, immutable"


def pin(address: str) -> str:
    """Both clocks; the release of an address that names one is pinned already."""
    return joined(address, "as_of=2015-07-01" + ("" if "/releases/" in address else "&release=3"))


@pytest.mark.parametrize("address", EVERY)
def test_every_read_has_a_strong_tag_and_answers_304_to_who_has_it(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    tag = first.headers["ETag"]
    assert re.fullmatch(r'"[0-9a-f]{32}"', tag)
    again = client.get(address, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("address", EVERY)
def test_head_says_what_get_would(client: FlaskClient, address: str) -> None:
    got, head = client.get(address), client.head(address)
    assert head.data == b""
    for name in ("ETag", "Content-Length", "Content-Type", "Cache-Control"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize("address", QUESTIONS.values())
def test_an_answer_whose_clocks_are_both_pinned_is_kept_for_ever(client: FlaskClient, address: str) -> None:
    assert client.get(pin(address)).headers["Cache-Control"] == PINNED


@pytest.mark.parametrize("address", QUESTIONS.values())
def test_any_other_answer_is_kept_for_a_minute(client: FlaskClient, address: str) -> None:
    assert client.get(address).headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("query", ["as_of=2015-07-01", "release=3", "as_of=2015-07-01&known_at=2015-07-01T00:00:00Z"])
def test_one_clock_or_an_instant_pins_nothing(client: FlaskClient, query: str) -> None:
    assert client.get(f"/api/v1/substances?{query}").headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("address", JSON)
def test_the_tag_outlives_the_second_in_which_it_was_asked(published: Settings, address: str) -> None:
    tags = {
        create_app(published, clock=lambda at=at: at).test_client().get(address).headers["ETag"]
        for at in (NOW, NOW + timedelta(seconds=40))
    }
    assert len(tags) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("as_of=2014-07-01&release=1", "as_of=2014-07-01&release=2"),
        ("as_of=2014-07-01&release=1", "as_of=2014-07-02&release=1"),
        ("known_at=2014-06-25T00:00:00Z", "known_at=2014-06-26T00:00:00Z"),
    ],
)
def test_other_clocks_have_another_tag(client: FlaskClient, one: str, other: str) -> None:
    address = f"/api/v1/medicaments/{ERRATUM}"
    tags = {client.get(f"{address}?{query}").headers["ETag"] for query in (one, other)}
    assert len(tags) == 2


@pytest.mark.parametrize("address", ["/api/v1/medicaments/1", "/api/v1/releases/99", "/nowhere", "/healthz", "/readyz"])
def test_refusals_and_health_are_never_kept(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
