"""key add, list, revoke."""

from __future__ import annotations

from datetime import timedelta

import click

from admin.accounts.keys import SCOPES, issue_key, keys, revoke_key
from admin.accounts.models import MachineKey
from admin.accounts.verbs import OPERATOR
from catalog.temporal import format_instant
from service.cli.base import echo, json_option, now, open_catalogue, print_json, tell


@click.group()
def key() -> None:
    """Machine keys: a program's way in, with scopes."""


@key.command()
@click.argument("label")
@click.option("--scopes", required=True, metavar="SCOPE,SCOPE", help=f"Among {', '.join(SCOPES)}.")
@click.option("--days", type=click.IntRange(1, 3650), help="Days until it expires (default: never).")
def add(label: str, scopes: str, days: int | None) -> None:
    """Issue a key; LABEL says what it is for. Its text is printed this once."""
    at = now()
    expires_at = at + timedelta(days=days) if days else None
    asked = [scope.strip() for scope in scopes.split(",") if scope.strip()]
    with open_catalogue().writing() as session:
        made, text = issue_key(session, label=label, scopes=asked, at=at, by=OPERATOR, expires_at=expires_at)
    tell(f"Key {made.prefix}, {made.scopes}. Keep it now: it cannot be shown again.")
    echo(text)


@key.command(name="list")
@json_option
def list_(as_json: bool) -> None:
    """List the keys, newest first; never their text."""
    with open_catalogue().reading() as session:
        found = [_told(one) for one in keys(session)]
    if as_json:
        print_json(found)
        return
    for one in found:
        echo(f"{one['prefix']}  {one['state']:<8} {one['scopes']}  {one['label']}")


@key.command()
@click.argument("prefix")
def revoke(prefix: str) -> None:
    """Close a key for good."""
    with open_catalogue().writing() as session:
        revoke_key(session, prefix, at=now(), by=OPERATOR)
    echo(f"Key {prefix} is revoked.")


def _told(one: MachineKey) -> dict[str, str | None]:
    state = "revoked" if one.revoked_at else "good" if one.is_usable(now()) else "expired"
    return {
        "prefix": one.prefix,
        "label": one.label,
        "scopes": one.scopes,
        "state": state,
        "made_by": one.made_by,
        "created_at": format_instant(one.created_at),
        "expires_at": format_instant(one.expires_at) if one.expires_at else None,
        "last_used_at": format_instant(one.last_used_at) if one.last_used_at else None,
    }
