"""Nothing gets round the guard: every address of the console, as each role and as nobody, against a table."""

from __future__ import annotations

import pytest
from flask import Flask

from admin.room import PUBLIC, SIGNED_IN
from tests.admin.desk import PEOPLE, Desk
from tests.admin.permissions import ALLOWED, ROLES

STOCK = (
    "ajax/update/", "ajax/lookup/", "action/", "new/", "edit/?id=1", "edit/?id=1,2", "delete/", "details/?id=1",
    "export/csv/", "inline/", "scaffold/",
)  # fmt: skip
"""Addresses that Flask-Admin's model views have, and ours must not."""

EXAMPLES = {"draft_id": "1", "seq": "1", "plural": "medicaments", "code": "6118000100058", "suffix": "csv"}
ASKS_MORE = ("revue.justify", "revue.take_back")
"""What also asks to be the author: those with the role may still be refused."""


def endpoints(app: Flask) -> dict[str, tuple[str, ...]]:
    """The endpoints of the console's rooms, with the methods each takes."""
    found: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/admin") and not rule.endpoint.endswith("static"):
            found.setdefault(rule.endpoint, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})
    return {name: tuple(sorted(methods)) for name, methods in found.items()}


def address(app: Flask, endpoint: str, method: str) -> str:
    """An address of that endpoint, with plausible values in its places."""
    rules = [rule for rule in app.url_map.iter_rules(endpoint) if method in (rule.methods or ())]
    rule = max(rules, key=lambda rule: len(rule.arguments))
    values = {name: EXAMPLES.get(name, "1") for name in rule.arguments}
    with app.test_request_context():
        from flask import url_for

        return url_for(endpoint, _method=method, **values)


def test_every_endpoint_is_in_the_table(shared_desk: Desk) -> None:
    assert set(endpoints(shared_desk.app)) == set(ALLOWED)


@pytest.mark.parametrize("endpoint", sorted(ALLOWED))
def test_only_those_of_the_table_come_in(shared_desk: Desk, endpoint: str) -> None:
    app, allowed = shared_desk.app, ALLOWED[endpoint]
    for method in endpoints(app)[endpoint]:
        url = address(app, endpoint, method)
        for name, role in PEOPLE.items():
            if name.endswith("2"):
                continue
            editor = shared_desk.as_(name)
            answer = editor.get(url) if method == "GET" else editor.post(url, {})
            is_let_in = allowed in (PUBLIC, SIGNED_IN) or role in (*ROLES[allowed], "administrateur")
            is_refused = answer.status_code == 403
            assert is_refused or is_let_in, f"{role} {method} {url}: {answer.status}"
            assert not (is_refused and is_let_in) or endpoint in ASKS_MORE, f"{role} {method} {url}: {answer.status}"
            assert answer.status_code < 500, f"{role} {method} {url}: {answer.status}"


@pytest.mark.parametrize("endpoint", sorted(name for name, verb in ALLOWED.items() if verb != PUBLIC))
def test_nobody_comes_in(shared_desk: Desk, endpoint: str) -> None:
    stranger = shared_desk.nobody()
    for method in endpoints(shared_desk.app)[endpoint]:
        url = address(shared_desk.app, endpoint, method)
        if method == "GET":
            answer = stranger.get(url)
            assert answer.status_code == 302 and "/admin/connexion" in answer.headers["Location"], (
                f"{url}: {answer.status}"
            )
        else:
            assert stranger.post(url, {}).status_code == 401, url


@pytest.mark.parametrize("endpoint", sorted(ALLOWED))
def test_no_form_is_taken_without_its_token(shared_desk: Desk, endpoint: str) -> None:
    if "POST" not in endpoints(shared_desk.app)[endpoint]:
        return
    url = address(shared_desk.app, endpoint, "POST")
    for name in ("redacteur", "admin"):
        client = shared_desk.as_(name).client
        assert client.post(url, data={}).status_code == 400, url
        assert client.post(url, data={"csrf_token": "forged"}).status_code == 400, url
        assert client.post(url, json={}, headers={"X-CSRFToken": "forged"}).status_code == 400, url


def test_the_token_of_another_session_is_refused(shared_desk: Desk) -> None:
    stolen = shared_desk.as_("redacteur2").token
    answer = shared_desk.as_("redacteur").client.post("/admin/deconnexion", data={"csrf_token": stolen})
    assert answer.status_code == 400


@pytest.mark.parametrize("path", STOCK)
def test_the_stock_addresses_of_model_views_do_not_exist(shared_desk: Desk, path: str) -> None:
    rooms = sorted(
        {str(rule).rstrip("/") for rule in shared_desk.app.url_map.iter_rules() if str(rule).count("/") == 3}
    )
    for room in (room for room in rooms if room.startswith("/admin/") and "<" not in room):
        for person in (shared_desk.as_("admin"), shared_desk.nobody()):
            assert person.get(f"{room}/{path}").status_code in (302, 400, 404, 405), f"{room}/{path}"
            assert person.client.post(f"{room}/{path}", data={"id": "1"}).status_code in (400, 404, 405), (
                f"{room}/{path}"
            )
