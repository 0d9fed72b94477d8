"""search QUERY."""

from __future__ import annotations

from datetime import date, datetime

import click

from catalog.registry import KINDS
from catalog.search.question import Question
from service.cli.base import (
    KIND,
    KIND_LIST,
    clock_options,
    clocks_told,
    echo,
    json_option,
    moment_of,
    open_catalogue,
    print_json,
    tell,
)
from service.telling.search import tell_left


@click.command(epilog=KIND_LIST)
@click.argument("query")
@click.option("--kind", "kind_name", metavar="KIND", type=KIND, help="One kind only.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 100), help="Most entries printed.")
@clock_options
@json_option
def search(
    query: str,
    kind_name: str | None,
    limit: int,
    as_of: date | None,
    known_at: datetime | None,
    release: str | None,
    as_json: bool,
) -> None:
    """Find entries by name, DCI, dose, label or code, slips forgiven."""
    catalogue = open_catalogue()
    snapshot = catalogue.refresh()
    moment = moment_of(snapshot, as_of, known_at, release)
    kind = KINDS.find(kind_name).name if kind_name else None
    found = catalogue.indexes.refresh(snapshot).search(Question(query, kind, per_page=limit), moment)
    rows = [{"kind": one.kind, "code": one.code, "titre": one.title, "detail": one.detail} for one in found.documents]
    if as_json:
        gone = [tell_left(left) for left in found.left]
        told = {"total": found.total, "suggestion": found.suggestion, "hits": rows, "not_in_force": gone}
        print_json(told | clocks_told(snapshot, moment, known_at, release))
        return
    if found.suggestion:
        tell(f"Taken for: {found.suggestion}")
    for row in rows:
        echo(f"{row['code']:<14} {row['titre']}" + (f"  ({row['detail']})" if row["detail"] else ""))
    for left in found.left:
        by = f" by {left.legal_act}" if left.legal_act else ""
        tell(f"Not in force on {moment.as_of}: {left.document.code} {left.document.title}, {left.period}{by}.")
    tell(f"{found.total} found on {moment.as_of}, as known at release {moment.release}.")
