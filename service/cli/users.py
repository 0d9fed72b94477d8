"""user add, roles, disable, list."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from admin.accounts.verbs import Role, accounts, add_account, disable, set_roles
from service.cli.base import echo, json_option, now, open_catalogue, print_json


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
def add(name: str, roles: str, full_name: str, password_stdin: bool) -> None:
    """Add an account."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    with open_catalogue().writing() as session:
        account = add_account(session, name, password=password, roles=_split(roles), at=now(), full_name=full_name)
    echo(f"Added {account.name}: {account.roles}.")


@user.command(name="roles")
@click.argument("name")
@_roles
def roles_(name: str, roles: str) -> None:
    """Give an account these roles, in place of those it has."""
    with open_catalogue().writing() as session:
        account = set_roles(session, name, _split(roles))
    echo(f"{account.name}: {account.roles}.")


@user.command(name="disable")
@click.argument("name")
def disable_(name: str) -> None:
    """Close an account; what it did stays on record."""
    with open_catalogue().writing() as session:
        disable(session, name)
    echo(f"{name} is disabled.")


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
