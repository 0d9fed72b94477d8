"""user add, roles, disable, enable, unlock, link, list."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from admin.accounts.links import make_link
from admin.accounts.verbs import OPERATOR, Role, accounts, add_account, disable, enable, set_roles, unlock
from service.cli.base import echo, json_option, now, open_catalogue, print_json, tell

LINK_ABOUT = "a link good once, for 24 hours; put the address of the console before it"


def _roles(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--roles", required=True, metavar="ROLE,ROLE", help=f"Among {', '.join(Role)}.")(command)


@click.group()
def user() -> None:
    """People who edit: accounts and roles."""


@user.command()
@click.argument("name")
@_roles
@click.option("--full-name", default="", help="Name shown to others.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
@click.option("--link", "by_link", is_flag=True, help="Print a one-time link instead: the person chooses a password.")
def add(name: str, roles: str, full_name: str, password_stdin: bool, by_link: bool) -> None:
    """Add an account."""
    if by_link and password_stdin:
        raise click.UsageError("Give --link or --password-stdin, not both.")
    password = None if by_link else _ask_password(password_stdin)
    with open_catalogue().writing() as session:
        account = add_account(session, name, password=password, roles=_split(roles), at=now(), full_name=full_name)
        token = make_link(session, name, at=now(), by=OPERATOR) if by_link else None
    echo(f"Added {account.name}: {account.roles}.")
    if token:
        _tell_link(token)


def _ask_password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


@user.command()
@click.argument("name")
def link(name: str) -> None:
    """Print a one-time link with which the person sets a new password."""
    with open_catalogue().writing() as session:
        token = make_link(session, name, at=now(), by=OPERATOR)
    _tell_link(token)


def _tell_link(token: str) -> None:
    tell(f"For this person, {LINK_ABOUT}:")
    echo(f"/admin/bienvenue/{token}")


@user.command(name="roles")
@click.argument("name")
@_roles
def roles_(name: str, roles: str) -> None:
    """Give an account these roles, in place of those it has."""
    with open_catalogue().writing() as session:
        account = set_roles(session, name, _split(roles), at=now())
    echo(f"{account.name}: {account.roles}.")


@user.command(name="disable")
@click.argument("name")
def disable_(name: str) -> None:
    """Close an account and its sessions; what it did stays on record."""
    with open_catalogue().writing() as session:
        disable(session, name, at=now())
    echo(f"{name} is disabled.")


@user.command(name="enable")
@click.argument("name")
def enable_(name: str) -> None:
    """Open a disabled account again."""
    with open_catalogue().writing() as session:
        enable(session, name, at=now())
    echo(f"{name} is enabled.")


@user.command(name="unlock")
@click.argument("name")
def unlock_(name: str) -> None:
    """Forget the failed attempts that lock an account."""
    with open_catalogue().writing() as session:
        unlock(session, name, at=now())
    echo(f"{name} is not locked.")


@user.command(name="list")
@json_option
def list_(as_json: bool) -> None:
    """List the accounts."""
    with open_catalogue().reading() as session:
        found = [
            {"name": a.name, "full_name": a.full_name, "roles": sorted(a.held_roles), "disabled": a.is_disabled}
            for a in accounts(session)
        ]
    if as_json:
        print_json(found)
        return
    for account in found:
        state = " (disabled)" if account["disabled"] else ""
        echo(f"{account['name']:<24} {' '.join(account['roles'])}{state}")  # type: ignore[arg-type]


def _split(roles: str) -> list[str]:
    return [role.strip() for role in roles.split(",") if role.strip()]
