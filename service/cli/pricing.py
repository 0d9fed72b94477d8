"""price and price-file: the answers of the API, from the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from catalog.pricing.answers import INVALID
from catalog.pricing.files import find_format, price_file
from catalog.pricing.line_fields import KINDS
from catalog.pricing.lines import from_cells
from catalog.pricing.tarification import Tarification
from service.cli.base import (
    REFUSED,
    clock_options,
    clocks_told,
    json_option,
    moment_of,
    open_catalogue,
    print_json,
    tell,
)
from service.cli.printing import print_answer

EXPLAINED = (".ndjson", ".jsonl")
"""Formats that have room for the steps of each answer."""


def line_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The fields of a line, as texts: what cannot be read is told by the same sentences as in the API."""
    for option in reversed(
        (
            click.option("--kind", required=True, metavar="KIND", help=f"One of {', '.join(KINDS)}."),
            click.option("--code", required=True, help="GTIN; act (D708), letter (C) or both (K50); device; forfait."),
            click.option("--organisme", required=True, help="The payer: cnops or cnss."),
            click.option("--secteur", help="prive or public: needed for acts and forfaits."),
            click.option("--mode", help="ambulatoire or hospitalisation (default: by the kind of line)."),
            click.option("--quantity", help="Units billed (default: 1)."),
            click.option("--billed", help="Unit price billed, in dirhams (default: the reference price)."),
            click.option("--exoneration", is_flag=True, help="The patient is exempt from the ticket modérateur."),
            click.option("--mutuelle", is_flag=True, help="Add the complementary share."),
            click.option("--accord-prealable", is_flag=True, help="The prior agreement is held."),
            click.option("--justified/--not-justified", default=True, help="For rules that need it."),
        )
    ):
        command = option(command)
    return command


@click.command()
@line_options
@clock_options
@click.option("--explain", is_flag=True, help="Tell each step, with the legal act it rests on.")
@json_option
def price(
    as_of: date | None,
    known_at: datetime | None,
    release: str | None,
    explain: bool,
    as_json: bool,
    **fields: Any,
) -> None:
    """What one line is worth, and who pays what. Exit 1 only for a line that cannot be read."""
    snapshot = open_catalogue().refresh()
    moment = moment_of(snapshot, as_of, known_at, release)
    texts = {name: value for name, value in fields.items() if isinstance(value, str)}
    flags = {name: value for name, value in fields.items() if isinstance(value, bool)}
    tarification = Tarification(snapshot, moment.release, explain=explain)
    answer = tarification.tell({**from_cells(texts), **flags}, moment.as_of)
    told = {**answer, **clocks_told(snapshot, moment, known_at, release)}
    if as_json:
        print_json(told)
    elif answer["status"] != INVALID:
        print_answer({name: value for name, value in told.items() if name != "id"})
    if answer["status"] == INVALID:
        for error in answer["errors"]:
            tell(f"Refused: {error['field']}: {error['message']}")
        click.get_current_context().exit(REFUSED)


@click.command(name="price-file")
@click.argument("source", metavar="IN", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="OUT",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File of answers, written whole or not at all.",
)
@clock_options
@click.option("--explain", is_flag=True, help="Tell each step of each answer; in NDJSON only.")
@json_option
def price_file_(
    source: Path,
    output: Path,
    as_of: date | None,
    known_at: datetime | None,
    release: str | None,
    explain: bool,
    as_json: bool,
) -> None:
    """Price a file of lines (CSV, NDJSON or Parquet by its extension; columns = line fields) into a file of answers."""
    _check_usage(source, output, explain)
    snapshot = open_catalogue().refresh()
    moment = moment_of(snapshot, as_of, known_at, release)
    with tqdm(unit=" lines", disable=True if as_json else None) as bar:
        try:
            statuses = price_file(
                snapshot, source, output, moment.release, moment.as_of, explain=explain, progress=lambda: _advance(bar)
            )
        except OSError as error:
            raise click.ClickException(
                f"{error.filename or output} cannot be read or written: {error.strerror}."
            ) from error
    _summarise(output, statuses, clocks_told(snapshot, moment, known_at, release), as_json)


def _check_usage(source: Path, output: Path, explain: bool) -> None:
    for path in (source, output):
        find_format(path)
    if not output.parent.is_dir():
        raise click.BadParameter(f"There is no folder {str(output.parent)!r}.", param_hint="-o")
    if explain and output.suffix.lower() not in EXPLAINED:
        raise click.UsageError(f"--explain needs an output in {' or '.join(EXPLAINED)}.")


def _advance(bar: Any) -> None:
    bar.update(1)


def _summarise(output: Path, statuses: Counter[str], clocks: dict[str, Any], as_json: bool) -> None:
    counts = dict(sorted(statuses.items()))
    if as_json:
        print_json({"output": str(output), "total": statuses.total(), "statuses": counts, **clocks})
        return
    told = ", ".join(f"{number} {status}" for status, number in counts.items()) or "nothing"
    tell(f"{statuses.total()} lines priced as known at release {clocks['release']}: {told}.")
