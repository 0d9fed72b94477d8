"""lookup KIND CODE."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

from catalog.errors import NotInForceError, UnknownCodeError
from catalog.gmr.lookups import find_medicament, medicament
from catalog.kinds import Kind
from catalog.registry import KINDS
from catalog.releases.telling import acts_at, tell_version, with_grounds
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment, format_instant, merge_touching
from service.cli.base import clock_options, echo, json_option, moment_of, now, open_catalogue, print_json


@click.command()
@click.argument("kind", metavar="KIND", type=click.Choice(KINDS.plurals))
@click.argument("code")
@clock_options
@json_option
def lookup(
    kind: str, code: str, as_of: date | None, known_at: datetime | None, release: str | None, as_json: bool
) -> None:
    """What was in force on a day, as known at an instant."""
    snapshot = open_catalogue().refresh()
    moment = moment_of(snapshot, as_of, known_at, release)
    found = find_entry(snapshot, KINDS.find(kind), code, moment)
    answer = with_grounds(found, acts_at(snapshot, moment)) | {
        "as_of": moment.as_of.isoformat(),
        "known_at": format_instant(_known_at(snapshot, moment, known_at, release)),
        "release": moment.release,
    }
    if as_json:
        print_json(answer)
    else:
        _print(answer)


def _known_at(snapshot: Snapshot, moment: Moment, known_at: datetime | None, release: str | None) -> datetime:
    if release is not None:
        return snapshot.release(moment.release).published_at
    return known_at or max(now().replace(microsecond=0), snapshot.release(moment.release).published_at)


def find_entry(snapshot: Snapshot, kind: Kind, code: str, moment: Moment) -> dict[str, Any]:
    """The entry in force as plain data. Raises CodeError, UnknownCodeError or NotInForceError."""
    if kind.name == "medicament":
        return medicament(snapshot, code, moment) | {"legal_act": find_medicament(snapshot, code, moment).legal_act}
    parsed = kind.parse_code(code)
    version = snapshot.find(kind.name, parsed, moment)
    if version is not None:
        return {"kind": kind.name} | tell_version(kind, version)
    if not snapshot.is_known(kind.name, parsed, moment.release):
        raise UnknownCodeError(kind.label, parsed)
    periods = merge_touching(found.period for found in snapshot.versions(kind.name, parsed, moment.release))
    raise NotInForceError(kind.label, parsed, moment.as_of, [str(period) for period in periods])


def _print(answer: dict[str, Any]) -> None:
    width = max(len(name) for name in answer)
    for name, value in answer.items():
        if value not in (None, [], ""):
            echo(f"{name:<{width}}  {_text(value)}")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dict):
        return ", ".join(f"{name} {_text(inner)}" for name, inner in value.items() if inner not in (None, []))
    if isinstance(value, list):
        return " / ".join(_text(item) for item in value)
    return str(value)
