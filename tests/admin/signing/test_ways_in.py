"""The ways in and out, as a browser goes them."""

from __future__ import annotations

import pyotp
import pytest

from admin.accounts.attempts import FREE_FAILURES
from admin.accounts.links import make_link
from admin.accounts.verbs import add_account, disable, set_roles
from service.observability import configure_logging
from tests.admin.desk import PASSWORD, Desk
from tests.admin.signing.desks import MovingClock, Visitor, visitor

OTHER = "une autre phrase assez longue"


def test_a_password_opens_the_page_asked_for(guest: Visitor) -> None:
    asked = guest.client.get("/admin/mon-compte/?x=1")
    assert asked.location == "/admin/connexion?next=/admin/mon-compte/?x%3D1"
    answer = guest.sign_in("valideur", after="/admin/mon-compte/?x=1")
    assert (answer.status_code, answer.location) == (302, "/admin/mon-compte/?x=1")
    assert guest.is_in


@pytest.mark.parametrize("after", ["https://example.org/", "//example.org", "/admin/\\example.org", "/api/v1/releases"])
def test_nobody_is_led_elsewhere(guest: Visitor, after: str) -> None:
    assert guest.sign_in("valideur", after=after).location == "/admin/"


def test_the_cookie_is_guarded_and_secure_over_https(guest: Visitor) -> None:
    (plain,) = guest.sign_in("valideur").headers.getlist("Set-Cookie")
    assert "HttpOnly" in plain and "SameSite=Lax" in plain and "Secure" not in plain
    secured = guest.client.get("/admin/connexion", base_url="https://localhost").headers.getlist("Set-Cookie")
    assert all("Secure" in cookie for cookie in secured) and secured


def test_the_cookie_is_secure_behind_a_proxy_that_speaks_https(guest: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(guest.client.application.config, "PUBLIC_URL", "https://amo.example.ma")
    (cookie,) = guest.client.get("/admin/connexion").headers.getlist("Set-Cookie")
    assert "Secure" in cookie


def test_a_session_is_new_at_sign_in(door: Desk, guest: Visitor) -> None:
    planted = guest.token()
    before = guest.client.get_cookie("amo_console")
    guest.sign_in("valideur")
    after = guest.client.get_cookie("amo_console")
    assert before is not None and after is not None and before.value != after.value
    thief = visitor(door)
    thief.client.set_cookie("amo_console", before.value)
    assert not thief.is_in
    assert guest.client.post("/admin/deconnexion", data={"csrf_token": planted}).status_code == 400


def test_wrong_and_unknown_names_get_the_same_page(guest: Visitor) -> None:
    wrong, unknown = guest.sign_in("valideur", "wrong password"), guest.sign_in("nobodyx1", "wrong password")
    assert wrong.status_code == unknown.status_code == 422
    assert _without_token(wrong.text).replace("valideur", "nobodyx1") == _without_token(unknown.text)
    assert "Le nom ou le mot de passe ne convient pas" in wrong.text


def _without_token(page: str) -> str:
    import re

    return re.sub(r"(content|value)=\"[\w.-]{60,}\"", "", page)


@pytest.mark.parametrize("name", ["valideur", "nobody"])
def test_too_many_attempts_lock_the_name_for_a_while(guest: Visitor, clock: MovingClock, name: str) -> None:
    statuses = [guest.sign_in(name, "wrong password").status_code for _ in range(FREE_FAILURES)]
    assert statuses == [422] * (FREE_FAILURES - 1) + [429]
    locked = guest.sign_in(name)
    assert locked.status_code == 429 and "1 minute" in locked.text
    clock.move(minutes=1)
    assert guest.sign_in(name).status_code == (302 if name == "valideur" else 429)


def test_a_form_without_its_token_is_refused(guest: Visitor) -> None:
    answer = guest.client.post("/admin/connexion", data={"name": "valideur", "password": PASSWORD})
    assert answer.status_code == 400
    assert not guest.is_in


def test_a_disabled_person_is_out_at_once(door: Desk, guest: Visitor) -> None:
    guest.sign_in("valideur")
    with door.place.writing() as session:
        disable(session, "valideur", at=door.place.now())
    assert not guest.is_in
    assert guest.sign_in("valideur").status_code == 422


def test_a_change_of_roles_ends_the_session(door: Desk, guest: Visitor) -> None:
    guest.sign_in("admin")
    with door.place.writing() as session:
        add_account(session, "second", password=PASSWORD, roles=["administrateur"], at=door.place.now())
        set_roles(session, "admin", ["lecteur"], at=door.place.now())
    assert guest.client.get("/admin/comptes/").status_code == 302
    assert "Votre session est terminée" in guest.client.get("/admin/connexion").text
    guest.sign_in("admin")
    assert guest.client.get("/admin/comptes/").status_code == 403


def test_a_session_ends_when_idle(guest: Visitor, clock: MovingClock) -> None:
    guest.sign_in("valideur")
    for _ in range(3):
        clock.move(minutes=29)
        assert guest.is_in
    clock.move(minutes=30)
    assert not guest.is_in


def test_a_busy_session_ends_after_twelve_hours(guest: Visitor, clock: MovingClock) -> None:
    guest.sign_in("valideur")
    for _ in range(35):
        clock.move(minutes=20)
        assert guest.is_in
    clock.move(minutes=20)
    assert not guest.is_in


def test_signing_out_makes_copies_of_the_cookie_worthless(door: Desk, guest: Visitor) -> None:
    guest.sign_in("valideur")
    copy = guest.client.get_cookie("amo_console")
    assert copy is not None
    assert guest.client.get("/admin/deconnexion").status_code == 405, "a link must not sign out"
    assert guest.client.post("/admin/deconnexion", data={"csrf_token": guest.token()}).status_code == 302
    thief = visitor(door)
    thief.client.set_cookie("amo_console", copy.value)
    assert not guest.is_in and not thief.is_in


# The second factor


def enrol(guest: Visitor, clock: MovingClock) -> tuple[pyotp.TOTP, list[str]]:
    import re

    page = guest.client.get("/admin/mon-compte/second-facteur").text
    found = re.search(r'<code class="code">([A-Z2-7]{32})</code>', page)
    assert found and "style=" not in page
    telephone = pyotp.TOTP(found.group(1))
    done = guest.send("/admin/mon-compte/second-facteur", code=telephone.at(clock()))
    assert done.status_code == 200, done.text
    codes = re.findall(r'<code class="code">([a-z0-9-]{19})</code>', done.text)
    assert len(codes) == 10
    return telephone, codes


def test_with_a_second_factor_the_password_does_not_do(guest: Visitor, clock: MovingClock) -> None:
    guest.sign_in("valideur")
    telephone, codes = enrol(guest, clock)
    assert guest.is_in, "the session that enrolled goes on"
    guest.send("/admin/deconnexion")
    assert guest.sign_in("valideur", after="/admin/mon-compte/").location == "/admin/connexion/code"
    assert not guest.is_in
    replayed = guest.send("/admin/connexion/code", code=telephone.at(clock()))
    assert replayed.status_code == 422 and "déjà" in replayed.text
    clock.move(minutes=1)
    assert guest.send("/admin/connexion/code", code=telephone.at(clock())).location == "/admin/mon-compte/"
    assert guest.is_in
    guest.send("/admin/deconnexion")
    guest.sign_in("valideur")
    assert guest.send("/admin/connexion/code", code=codes[3]).location == "/admin/"
    assert guest.is_in


def test_the_second_step_waits_five_minutes(guest: Visitor, clock: MovingClock) -> None:
    guest.sign_in("valideur")
    telephone, _ = enrol(guest, clock)
    guest.send("/admin/deconnexion")
    guest.sign_in("valideur")
    clock.move(minutes=5)
    answer = guest.send("/admin/connexion/code", code=telephone.at(clock()))
    assert answer.location == "/admin/connexion" and not guest.is_in


def test_the_second_step_cannot_be_reached_without_the_first(guest: Visitor) -> None:
    assert guest.client.get("/admin/connexion/code").location == "/admin/connexion"
    assert guest.send("/admin/connexion/code", code="000000").location == "/admin/connexion"


# One-time links


def test_a_link_is_spent_by_the_form_not_by_looking(door: Desk, guest: Visitor) -> None:
    url = link(door, "badr")
    for _ in range(2):
        assert guest.client.get(url).status_code == 200
    assert guest.send(url, password=PASSWORD, again=OTHER).status_code == 422
    assert guest.send(url, password="short", again="short").status_code == 422
    assert guest.send(url, password=PASSWORD, again=PASSWORD).location == "/admin/mon-compte/"
    assert guest.is_in
    assert guest.client.get(url).status_code == 404
    assert visitor(door).send(url, password=OTHER, again=OTHER).status_code == 404
    assert visitor(door).sign_in("badr").status_code == 302


def link(door: Desk, name: str) -> str:
    with door.place.writing() as session:
        add_account(session, name, roles=["redacteur"], at=door.place.now())
        return f"/admin/bienvenue/{make_link(session, name, at=door.place.now(), by='admin')}"


def test_a_link_ends_after_a_day(door: Desk, guest: Visitor, clock: MovingClock) -> None:
    url = link(door, "badr")
    clock.move(hours=24)
    assert guest.client.get(url).status_code == 404


def test_a_link_does_not_go_round_the_second_factor(door: Desk, guest: Visitor, clock: MovingClock) -> None:
    guest.sign_in("valideur")
    enrol(guest, clock)
    with door.place.writing() as session:
        url = f"/admin/bienvenue/{make_link(session, 'valideur', at=clock(), by='admin')}"
    other = visitor(door)
    assert other.send(url, password=OTHER, again=OTHER).location == "/admin/connexion/code"
    assert not other.is_in


def test_the_log_tells_no_token(door: Desk, guest: Visitor, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("INFO")
    url = link(door, "badr")
    guest.client.get(url)
    guest.client.get("/admin/oidc/retour?code=secret-code")
    said = capsys.readouterr().err
    assert "/admin/bienvenue/<token>" in said and "/admin/oidc/retour" in said
    assert url.rsplit("/", 1)[1] not in said and "secret-code" not in said
