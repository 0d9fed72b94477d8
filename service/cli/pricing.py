"""price and price-file: the answers of the API, from the command line."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any, Self

import click
from tqdm import tqdm

from catalog.pricing.answers import INVALID
from catalog.pricing.file_resuming import Done, is_begun
from catalog.pricing.files import find_format, price_file
from catalog.pricing.line_fields import KINDS
from catalog.pricing.lines import from_cells
from catalog.pricing.tarification import Tarification
from catalog.temporal import Moment
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
@click.option("--resume", is_flag=True, help="Go on with a run that was interrupted; begin where there is none.")
@json_option
def price_file_(
    source: Path,
    output: Path,
    as_of: date | None,
    known_at: datetime | None,
    release: str | None,
    explain: bool,
    resume: bool,
    as_json: bool,
) -> None:
    """Price a file of lines into a file of answers: CSV, NDJSON or Parquet each, by the ends of their names.

    The columns of IN are fields of a line, as in the API. Memory stays bounded whatever its size.
    """
    _check_usage(source, output, explain)
    snapshot = open_catalogue().refresh()
    moment = moment_of(snapshot, as_of, known_at, release)
    with _Progress(source, is_silent=as_json) as shown:
        try:
            statuses = price_file(
                snapshot, source, output, moment.release, moment.as_of, explain=explain, resume=resume, progress=shown
            )
        except OSError as error:
            told = f"{error.filename or output} cannot be read or written: {error.strerror}."
            raise click.ClickException(told + _kept(source, output, moment)) from error
        except KeyboardInterrupt:
            shown.close()
            tell(f"Interrupted: there is no {output.name}.{_kept(source, output, moment)}")
            click.get_current_context().exit(REFUSED)
    _summarise(output, statuses, clocks_told(snapshot, moment, known_at, release), None if as_json else shown.rate())


class _Progress:
    """A bar of the bytes read (of Parquet, the lines), with the lines priced, and how long the rest takes."""

    def __init__(self, source: Path, *, is_silent: bool) -> None:
        unit = " lines" if source.suffix.lower() == ".parquet" else "B"
        self._bar = tqdm(unit=unit, unit_scale=True, disable=True if is_silent else None)
        self._start = perf_counter()
        self._before: int | None = None
        self._lines = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __call__(self, done: Done, size: int) -> None:
        self._lines = done.statuses.total()
        if self._before is None:
            self._before, self._bar.total, self._bar.initial = self._lines, size, done.place.offset
            if self._lines:
                tell(f"Going on after {self._lines} lines.")
        self._bar.set_postfix_str(f"{self._lines} lines", refresh=False)
        self._bar.n = done.place.offset
        self._bar.refresh()

    def close(self) -> None:
        """Leaves the bar as it stands."""
        self._bar.close()

    def rate(self) -> str:
        """Seconds since the beginning, and lines priced in each."""
        seconds = perf_counter() - self._start
        return f"{seconds:.1f} s, {(self._lines - (self._before or 0)) / seconds:,.0f} lines/s"


def _kept(source: Path, output: Path, moment: Moment) -> str:
    """How to go on, where something is kept to go on with."""
    if not is_begun(output):
        return ""
    words = ["price-file", str(source), "-o", str(output), "--as-of", moment.as_of.isoformat()]
    told = shlex.join([*words, "--release", str(moment.release), "--resume"])
    return f" What was priced is kept; go on with: amo-catalog {told}"


def _check_usage(source: Path, output: Path, explain: bool) -> None:
    for path in (source, output):
        find_format(path)
    if not output.parent.is_dir():
        raise click.BadParameter(f"There is no folder {str(output.parent)!r}.", param_hint="-o")
    if explain and output.suffix.lower() not in EXPLAINED:
        raise click.UsageError(f"--explain needs an output in {' or '.join(EXPLAINED)}.")


def _summarise(output: Path, statuses: Counter[str], clocks: dict[str, Any], rate: str | None) -> None:
    counts = dict(sorted(statuses.items()))
    if rate is None:
        print_json({"output": str(output), "total": statuses.total(), "statuses": counts, **clocks})
        return
    told = ", ".join(f"{number} {status}" for status, number in counts.items()) or "nothing"
    tell(f"{statuses.total()} lines priced as known at release {clocks['release']}: {told}.")
    tell(f"{rate}.")
