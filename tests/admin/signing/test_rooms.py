"""One's account, the accounts and the keys, over HTTP."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from admin.accounts.keys import find_key
from service import create_app
from service.settings import Settings, SettingsError
from tests.admin.desk import PASSWORD, Desk
from tests.admin.signing.desks import MovingClock, Visitor, visitor
from tests.admin.signing.test_ways_in import enrol
from tests.api.catalogue import NOW

OTHER = "une autre phrase assez longue"


def test_a_changed_password_ends_the_other_sessions(door: Desk, guest: Visitor) -> None:
    elsewhere = visitor(door)
    for browser in (guest, elsewhere):
        browser.sign_in("valideur")
    refused = guest.send("/admin/mon-compte/mot-de-passe", present=OTHER, password=OTHER, again=OTHER)
    assert refused.status_code == 422 and "actuel" in refused.text
    assert elsewhere.is_in
    assert (
        guest.send("/admin/mon-compte/mot-de-passe", present=PASSWORD, password=OTHER, again=OTHER).status_code == 302
    )
    assert guest.is_in and not elsewhere.is_in
    assert visitor(door).sign_in("valideur").status_code == 422
    assert visitor(door).sign_in("valideur", OTHER).status_code == 302


def test_all_sessions_can_be_closed(door: Desk, guest: Visitor) -> None:
    elsewhere = visitor(door)
    for browser in (guest, elsewhere):
        browser.sign_in("valideur")
    guest.send("/admin/mon-compte/sessions")
    assert not guest.is_in and not elsewhere.is_in


def test_an_administrator_adds_an_account_by_a_link(desk: Desk) -> None:
    admin = desk.as_("admin")
    page = admin.post("/admin/comptes/ajouter", {"name": "Badr", "full_name": "Badr B.", "roles": ["valideur"]}, 200)
    (address,) = re.findall(r'value="http://localhost(/admin/bienvenue/[\w-]{43})"', page.text)
    assert "Badr B." in admin.get("/admin/comptes/").text
    assert address not in admin.get("/admin/comptes/").text
    assert desk.nobody().get(address).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"name": "valideur", "roles": ["lecteur"]},
        {"name": "é", "roles": ["lecteur"]},
        {"name": "badr"},
        {"name": "badr", "roles": ["empereur"]},
    ],
    ids=["taken", "not a name", "no role", "unknown role"],
)
def test_an_account_that_will_not_do_is_explained_in_french(desk: Desk, sent: dict[str, object]) -> None:
    page = desk.as_("admin").post("/admin/comptes/ajouter", sent, 422).text
    assert 'role="alert"' in page
    assert not re.search(r"\b(account|already|are|found)\b", page.split('role="alert"')[1].split("</ul>")[0])


def test_an_administrator_changes_roles_and_closes_accounts(desk: Desk) -> None:
    admin = desk.as_("admin")
    assert desk.as_("redacteur").get("/admin/mon-compte/").status_code == 200
    admin.post("/admin/comptes/redacteur/roles", {"roles": ["lecteur", "editeur"]}, 302)
    assert desk.as_("redacteur").get("/admin/mon-compte/").status_code == 302
    admin.post("/admin/comptes/valideur/desactiver", {}, 302)
    page = admin.get("/admin/comptes/").text
    assert "Désactivé" in page and "valideur : " in page
    admin.post("/admin/comptes/valideur/inconnu", {}, 404)
    admin.post("/admin/comptes/admin/desactiver", {}, 302)
    assert "dernier administrateur" in admin.get("/admin/comptes/").text


@pytest.mark.parametrize("name", ["lecteur", "redacteur", "valideur", "editeur"])
@pytest.mark.parametrize("url", ["/admin/comptes/", "/admin/cles/"])
def test_nobody_else_administers(shared_desk: Desk, name: str, url: str) -> None:
    assert shared_desk.as_(name).get(url).status_code == 403
    assert shared_desk.as_(name).post(f"{url}ajouter", {"name": "x1", "label": "x"}).status_code == 403


def test_a_key_is_shown_once_and_revoked(desk: Desk) -> None:
    admin = desk.as_("admin")
    sent = {"label": "entrepôt", "scopes": ["journal:lecture"], "days": "30"}
    (text,) = re.findall(r'value="(amo_[\w-]+)"', admin.post("/admin/cles/ajouter", sent, 200).text)
    page = admin.get("/admin/cles/").text
    assert "entrepôt" in page and text not in page
    assert _opens(desk, text)
    admin.post(f"/admin/cles/{text.split('_')[1]}/revoquer", {}, 302)
    assert not _opens(desk, text)
    admin.post("/admin/cles/ajouter", {"label": "", "days": "7"}, 422)
    admin.post("/admin/cles/00000000/revoquer", {}, 404)


def _opens(desk: Desk, text: str) -> bool:
    with desk.place.reading() as session:
        return find_key(session, text, "journal:lecture", NOW) is not None


def test_deciding_roles_must_enrol_where_the_setting_says_so(furnished: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(furnished, tmp_path, dirs_exist_ok=True)
    (url,) = [f"sqlite:///{path}" for path in tmp_path.glob("*.sqlite")]
    settings = Settings(database_url=url, data_dir=tmp_path, log_level="ERROR", require_totp=True)
    desk = Desk(create_app(settings, clock=lambda: NOW))
    assert desk.as_("redacteur").get("/admin/").status_code == 200
    assert desk.as_("valideur").get("/admin/").location == "/admin/mon-compte/second-facteur"
    assert desk.as_("valideur").get("/admin/mon-compte/second-facteur").status_code == 200
    assert desk.nobody().get("/api/v1/releases").status_code == 200


def test_the_setting_is_yes_or_no() -> None:
    assert Settings.from_environment({"AMO_REQUIRE_TOTP": "yes"}).require_totp
    assert not Settings.from_environment({}).require_totp
    with pytest.raises(SettingsError, match="AMO_REQUIRE_TOTP"):
        Settings.from_environment({"AMO_REQUIRE_TOTP": "perhaps"})


@pytest.mark.parametrize("page", ["mot-de-passe", "second-facteur/retirer", "codes"])
def test_wrong_passwords_within_a_session_lock_the_name(guest: Visitor, clock: MovingClock, page: str) -> None:
    guest.sign_in("valideur")
    enrol(guest, clock)
    sent = {"present": "faux", "password": OTHER, "again": OTHER}
    answers = [guest.send(f"/admin/mon-compte/{page}", **sent).status_code for _ in range(5)]
    assert answers == [422] * 4 + [429]
    assert guest.send(f"/admin/mon-compte/{page}", **sent | {"present": PASSWORD}).status_code == 429


def test_removing_the_second_factor_asks_for_a_code_as_well(guest: Visitor, clock: MovingClock) -> None:
    guest.sign_in("valideur")
    _, codes = enrol(guest, clock)
    asked = guest.send("/admin/mon-compte/second-facteur/retirer", present=PASSWORD)
    assert asked.location == "/admin/connexion/code"
    assert guest.send("/admin/connexion/code", code="000000").status_code == 422
    assert "Active" in guest.client.get("/admin/mon-compte/").text
    assert guest.send("/admin/connexion/code", code=codes[0]).location == "/admin/mon-compte/"
    assert "Inactive" in guest.client.get("/admin/mon-compte/").text


@pytest.mark.parametrize(
    ("referrer", "after"),
    [
        ("http://localhost/admin/journal/?page=2", "?next=/admin/journal/?page%3D2"),
        ("http://elsewhere/admin/", ""),
        ("http://localhost/api/v1/", ""),
    ],
)
def test_a_form_sent_too_late_leads_back_to_its_page(guest: Visitor, referrer: str, after: str) -> None:
    sent = {"csrf_token": guest.token()}
    refused = guest.client.post("/admin/mon-compte/codes", data=sent, headers={"Referer": referrer})
    assert refused.status_code == 401
    assert f'href="/admin/connexion{after}">Se connecter' in refused.text
