"""release list, show, diff, export; diff and export also stand on their own."""

from __future__ import annotations

import sys
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import click

from catalog.exporting import FORMATS
from catalog.exporting import export as write_export
from catalog.registry import KINDS
from catalog.releases.telling import acts_at, tell_release, with_grounds
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment, day_in_morocco
from service.cli.base import DAY, KIND, echo, json_option, now, open_catalogue, print_json, print_json_list, tell
from service.cli.files import TARGET, writing_to
from service.telling.differences import count_kinds, entries_from, how_many, tell_entries

_kind = click.option("--kind", "kind_name", metavar="KIND", type=KIND, help="One kind only.")


@click.group()
def release() -> None:
    """Published releases: sealed, in a chain of digests."""


@release.command(name="list")
@json_option
def list_(as_json: bool) -> None:
    """List the releases, newest first."""
    snapshot = open_catalogue().refresh()
    found = [tell_release(info) for info in reversed(snapshot.releases)]
    if as_json:
        print_json([_grounded(snapshot, row) for row in found])
    elif not found:
        tell("Nothing has been published.")
    for row in [] if as_json else found:
        label = row["label"] or "-"
        echo(f"{row['release']:>5}  {label:<20} {row['published_at'][:19]}  {row['facts']:>6} facts  {row['title']}")


@release.command()
@click.argument("number", metavar="N")
@json_option
def show(number: str, as_json: bool) -> None:
    """Show one release, by number or label."""
    snapshot = open_catalogue().refresh()
    data = _grounded(snapshot, tell_release(snapshot.release(number)))
    if as_json:
        print_json(data)
        return
    for name, value in data.items():
        echo(f"{name:<17} {_act(value) if name == 'acte_juridique' else '-' if value is None else value}")


def _act(act: dict[str, Any]) -> str:
    return f"{act['id']}: {act['title']}"


def _grounded(snapshot: Snapshot, data: dict[str, Any]) -> dict[str, Any]:
    day = snapshot.published_on(data["release"])
    told: dict[str, Any] = with_grounds(data, acts_at(snapshot, Moment(day, snapshot.head)))
    return told


@click.command(name="diff")
@click.argument("older", metavar="M")
@click.argument("newer", metavar="N")
@_kind
@click.option(
    "--limit",
    default=50,
    type=click.IntRange(min=0),
    show_default=True,
    help="Entries printed as text; --json prints them all.",
)
@json_option
def diff(older: str, newer: str, kind_name: str | None, limit: int, as_json: bool) -> None:
    """What changed from release M to release N (0: from nothing): counts first, then field by field."""
    snapshot = open_catalogue().refresh()
    low = 0 if older == "0" else snapshot.release(older).seq
    high = snapshot.release(newer).seq
    kinds = [KINDS.find(kind_name)] if kind_name else list(KINDS)
    counts = count_kinds(snapshot, kinds, low, high)
    found = entries_from(snapshot, kinds, low, high, counted=counts)
    told = tell_entries(snapshot, found, low, high)
    if as_json:
        acts = acts_at(snapshot, Moment(snapshot.published_on(high), snapshot.head))
        entries = (with_grounds(entry, acts) for entry in told)
        print_json_list({"from": low, "to": high, "counts": counts}, "entries", entries)
        return
    _print_counts(counts)
    for entry in islice(told, limit):
        _print_entry(entry)
    left = how_many(counts, kinds) - limit
    if left > 0:
        tell(f"{left} more entries: use --limit or --json.")


def _print_counts(counts: dict[str, Any]) -> None:
    total = counts["total"]
    echo(", ".join(f"{number} {name}" for name, number in total.items()))
    for name, row in counts["by_kind"].items():
        fields = ", ".join(f"{field} {number}" for field, number in row["fields"].items())
        parts = f"{row['added']} added, {row['changed']} changed, {row['withdrawn']} withdrawn"
        echo(f"  {name}: {parts}" + (f" ({fields})" if fields else ""))


def _print_entry(entry: dict[str, Any]) -> None:
    flag = " (retroactive)" if entry["retroactive"] else ""
    echo(f"{entry['status']:<9} {entry['kind']} {entry['code']}{flag}")
    for piece in entry["pieces"]:
        until = f" to {piece['valid_to']}" if piece["valid_to"] else ""
        past = piece["retroactive"]
        touched = f"  touches {past['valid_from']} to {past['valid_to']}" if past else ""
        echo(f"    from {piece['valid_from'] or 'always'}{until}{touched}")
        if entry["status"] == "changed":
            for name, sides in piece["fields"].items():
                echo(f"      {name}: {_side(sides['before'])} -> {_side(sides['after'])}")


def _side(value: Any) -> str:
    if isinstance(value, list):
        return " / ".join(value)
    return "nothing" if value is None else str(value)


@click.command(name="export")
@click.argument("number", metavar="N")
@click.option("--kind", "kind_name", required=True, metavar="KIND", type=KIND)
@click.option("--format", "format_name", required=True, metavar="FORMAT", type=click.Choice(sorted(FORMATS)))
@click.option("--as-of", type=DAY, help="Day the entries must be in force (default: today in Morocco).")
@click.option("-o", "--output", type=TARGET, help="File (default: standard output).")
def export(number: str, kind_name: str, format_name: str, as_of: date | None, output: Path | None) -> None:
    """Everything of a kind in force on a day, as release N knew it."""
    snapshot = open_catalogue().refresh()
    moment = Moment(as_of or day_in_morocco(now()), snapshot.release(number).seq)
    if output is None:
        count = write_export(snapshot, KINDS.find(kind_name), moment, format_name, sys.stdout.buffer)
    else:
        beside = output.with_name(f".{output.name}.partial")
        with writing_to(output):
            try:
                with beside.open("wb") as target:
                    count = write_export(snapshot, KINDS.find(kind_name), moment, format_name, target)
                beside.replace(output)
            finally:
                beside.unlink(missing_ok=True)
    tell(f"{count} {kind_name} in force on {moment.as_of}, as known at release {moment.release}.")


release.add_command(diff)
release.add_command(export)
