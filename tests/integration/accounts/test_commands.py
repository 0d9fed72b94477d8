"""Accounts, keys and the first sign-in on the command line, and a service that says why it cannot start."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from service.cli.addresses import AddressTakenError, check_address, web_address
from tests.integration.accounts.people import PASSWORD
from tests.integration.imports.catalogues import Commands

LINK = re.compile(r"http://127\.0\.0\.1:8000/admin/bienvenue/[\w-]{43}")


@pytest.fixture
def commands(database_url: str, tmp_path: Path) -> Commands:
    return Commands(database_url, tmp_path / "data")


def test_the_first_administrator_gets_a_fresh_link_at_each_start_until_somebody_has_an_account(
    commands: Commands,
) -> None:
    said = [LINK.findall(commands.run("init").stderr) for _ in range(2)]
    assert [len(links) for links in said] == [1, 1] and said[0] != said[1]
    assert [one["name"] for one in commands.json("user", "list")] == ["administrateur"]
    assert "bienvenue" not in commands.run("user", "list").output


def test_no_link_is_told_over_a_catalogue_with_accounts(commands: Commands) -> None:
    added = commands.run("user", "add", "amina", "--roles", "administrateur", "--password-stdin", input=PASSWORD)
    assert added.exit_code == 0, added.output
    assert "bienvenue" not in commands.run("init").output
    assert [one["name"] for one in commands.json("user", "list")] == ["amina"]


def test_a_name_without_account_is_refused_once_accounts_are_in_use(commands: Commands) -> None:
    commands.run("init")
    open_yet = commands.run("draft", "submit", "1", "--as", "Mme Alaoui")
    assert "recorded as given" in open_yet.stderr and "no draft 1" in open_yet.stderr
    commands.run("user", "add", "amina", "--roles", "redacteur", "--link")
    for verb in ("submit", "approve", "reject", "reopen", "rebase", "publish"):
        words = ["draft", verb, "1", "--as", "Mme Alaoui", *(["--comment", "x"] if verb == "reject" else [])]
        refused = commands.run(*words)
        assert refused.exit_code == 1, f"{verb}: {refused.output}"
        assert "no account named 'Mme Alaoui'" in refused.stderr, f"{verb}: {refused.output}"


def test_a_link_is_printed_instead_of_asking_for_a_password(commands: Commands) -> None:
    added = commands.run("user", "add", "badr", "--roles", "valideur", "--link")
    assert re.search(r"^/admin/bienvenue/[\w-]{43}$", added.stdout, re.MULTILINE)
    assert commands.run("user", "link", "badr").stdout != added.stdout
    assert commands.run("user", "link", "nobody").exit_code == 1


def test_a_key_is_told_once(commands: Commands) -> None:
    made = commands.run("key", "add", "entrepôt", "--scopes", "journal:lecture", "--days", "30")
    text = made.stdout.strip()
    assert re.fullmatch(r"amo_[0-9a-f]{8}_[\w-]{43}", text)
    (listed,) = commands.json("key", "list")
    assert (listed["label"], listed["scopes"], listed["state"]) == ("entrepôt", "journal:lecture", "good")
    assert text not in commands.run("key", "list").output
    commands.run("key", "revoke", text.split("_")[1])
    assert commands.json("key", "list")[0]["state"] == "revoked"
    assert commands.run("key", "revoke", "00000000").exit_code == 1
    assert commands.run("key", "add", "x", "--scopes", "tout").exit_code == 1


def test_a_taken_port_is_refused_before_anything_is_written(commands: Commands) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = commands.run("serve", "--port", str(port))
        assert refused.exit_code == 1 and "already in use" in refused.stderr
        assert not commands.folder.exists()
    check_address("127.0.0.1", port)
    with pytest.raises(AddressTakenError):
        check_address("192.0.2.1", port)


def test_a_folder_that_cannot_be_written_is_a_sentence(commands: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("service.cli.running.TemporaryFile", full)
    refused = commands.run("init")
    assert refused.exit_code == 1 and "AMO_DATA_DIR" in refused.stderr and "No space left" in refused.stderr
    monkeypatch.undo()
    monkeypatch.setattr(Path, "mkdir", full)
    refused = commands.run("user", "list")
    assert refused.exit_code == 1 and "No space left" in refused.stderr


def test_addresses_are_told_as_a_browser_opens_them() -> None:
    told = [web_address(host, 80) for host in ("0.0.0.0", "::", "::1", "amo.example")]
    assert told == ["http://127.0.0.1:80", "http://[::1]:80", "http://[::1]:80", "http://amo.example:80"]
