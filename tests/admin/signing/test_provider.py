"""Signing in through an identity provider, against a small one on this machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from service import create_app
from service.settings import Settings
from tests.admin.desk import Desk
from tests.admin.signing.issuer import CLIENT, SECRET, Issuer, running_issuer
from tests.api.catalogue import NOW

BADR = {"sub": "42", "preferred_username": "Badr", "name": "Badr B.", "roles": ["valideur", "staff"]}


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with running_issuer() as found:
        found.claims = dict(BADR)
        yield found


@pytest.fixture
def linked(furnished: Path, tmp_path: Path, issuer: Issuer) -> Desk:
    return desk_with(furnished, tmp_path, issuer.url)


def desk_with(furnished: Path, folder: Path, issuer: str) -> Desk:
    shutil.copytree(furnished, folder, dirs_exist_ok=True)
    (url,) = [f"sqlite:///{path}" for path in folder.glob("*.sqlite")]
    oidc = (issuer, CLIENT, SECRET)
    settings = Settings(database_url=url, data_dir=folder, log_level="CRITICAL", oidc=oidc)
    return Desk(create_app(settings, clock=lambda: NOW))


def come_back(desk: Desk, issuer: Issuer, client: FlaskClient | None = None) -> tuple[FlaskClient, TestResponse]:
    browser = client or desk.app.test_client()
    sent = browser.get("/admin/oidc/depart?next=/admin/mon-compte/")
    assert sent.status_code == 302, sent.text
    return browser, browser.get(issuer.allow(sent.location))


def is_in(client: FlaskClient) -> bool:
    return client.get("/admin/mon-compte/").status_code == 200


def test_a_person_vouched_for_comes_in_with_the_roles_said(linked: Desk, issuer: Issuer) -> None:
    assert "compte de l’organisme" in linked.nobody().get("/admin/connexion").text
    client, answer = come_back(linked, issuer)
    assert answer.location == "/admin/mon-compte/"
    assert issuer.asked["code_challenge_method"] == "S256"
    assert urlsplit(issuer.asked["redirect_uri"]).path == "/admin/oidc/retour"
    page = client.get("/admin/mon-compte/").text
    assert "Badr B." in page and "Valideur" in page
    issuer.claims["roles"] = ["lecteur"]
    again, _ = come_back(linked, issuer)
    assert "Lecteur" in again.get("/admin/mon-compte/").text
    assert not is_in(client), "the roles changed"


@pytest.mark.parametrize(
    "said",
    [{"roles": ["staff"]}, {"preferred_username": "admin"}, {"preferred_username": "é"}],
    ids=["role", "taken", "name"],
)
def test_who_cannot_have_an_account_is_told_so(linked: Desk, issuer: Issuer, said: dict[str, object]) -> None:
    issuer.claims |= said
    client, answer = come_back(linked, issuer)
    assert answer.status_code == 403 and "<h1>Accès refusé</h1>" in answer.text
    assert not is_in(client)


@pytest.mark.parametrize(
    "said",
    [{"aud": "another client"}, {"iss": "https://other.example"}, {"nonce": "another"}, {"exp": 1}],
    ids=["audience", "issuer", "nonce", "expired"],
)
def test_a_token_that_is_not_for_us_opens_nothing(linked: Desk, issuer: Issuer, said: dict[str, object]) -> None:
    issuer.claims |= said
    client, answer = come_back(linked, issuer)
    assert answer.status_code == 502 and "fournisseur d’identité" in answer.text
    assert not is_in(client)


def test_a_token_signed_by_another_opens_nothing(linked: Desk, issuer: Issuer) -> None:
    issuer.signs_with = RSAKey.generate_key(2048, {"kid": "1"})
    client, answer = come_back(linked, issuer)
    assert answer.status_code == 502 and not is_in(client)


def test_a_refusal_of_the_provider_is_a_page(linked: Desk, issuer: Issuer) -> None:
    issuer.fault = True
    client, answer = come_back(linked, issuer)
    assert answer.status_code == 502 and not is_in(client)
    assert client.get("/admin/oidc/retour?error=access_denied&state=x").status_code == 502


def test_a_forged_or_replayed_answer_opens_nothing(linked: Desk, issuer: Issuer) -> None:
    browser = linked.app.test_client()
    back = issuer.allow(browser.get("/admin/oidc/depart").location)
    thief = linked.app.test_client()
    for url in (back, "/admin/oidc/retour", "/admin/oidc/retour?code=x&state=forged"):
        assert thief.get(url).status_code == 502, url
    assert browser.get(back).status_code == 302
    assert browser.get(back).status_code == 502
    assert not is_in(thief) and is_in(browser)


def test_a_provider_that_does_not_answer_is_a_page(furnished: Path, tmp_path: Path) -> None:
    desk = desk_with(furnished, tmp_path, "http://127.0.0.1:9")
    assert desk.nobody().get("/admin/connexion").status_code == 200
    answer = desk.nobody().get("/admin/oidc/depart")
    assert answer.status_code == 502 and "fournisseur d’identité" in answer.text


def test_without_the_settings_there_is_no_such_way_in(shared_desk: Desk) -> None:
    assert "oidc" not in shared_desk.nobody().get("/admin/connexion").text
    assert shared_desk.nobody().get("/admin/oidc/depart").status_code == 404
    assert shared_desk.nobody().get("/admin/oidc/retour").status_code == 404
