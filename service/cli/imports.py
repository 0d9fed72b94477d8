"""import KIND FILE."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session
from tqdm import tqdm

from catalog.errors import CatalogError, FourEyesError
from catalog.importing.running import (
    ImportRefusedError,
    Judged,
    Request,
    judge_file,
    refused_whole,
    stage_judged,
)
from catalog.registry import KINDS
from catalog.releases import drafts
from catalog.validation import Report, Violation
from service.cli.base import (
    DAY,
    INSTANT,
    KIND,
    KIND_LIST,
    NAME,
    Catalogue,
    check_actor,
    echo,
    json_option,
    now,
    open_catalogue,
    print_json,
    tell,
)
from service.cli.drafts import publish_draft
from service.cli.files import TARGET, writing_to

_WORDS = {
    "absent": "absent and left alone",
    "further_codes": "under a further code",
    "refused_rows": "rows refused",
    "rows_left_aside": "rows left aside",
}
TOLD = 20
"""Violations printed as text; the report file holds them all."""


@click.command(name="import", epilog=KIND_LIST)
@click.argument("kind", metavar="KIND", type=KIND)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--profile", metavar="NAME|FILE.toml", help="Column mapping of the source (default: found by its header)."
)
@click.option("--mode", type=click.Choice(["full", "delta"]), help="full: what the file lacks is withdrawn.")
@click.option("--effective", type=DAY, help="Day from which the file holds (default: what the profile says).")
@click.option("--legal-act", metavar="ID|FILE.toml", help="Legal ground (default: what the profile says).")
@click.option("--label", help="Label of the release, such as 07-06.")
@click.option("--title", help="Title of the draft.")
@click.option("--dry-run", is_flag=True, help="Judge the file and write nothing.")
@click.option("--report", "report_file", type=TARGET, help="Write the report as JSON, also of a file that is refused.")
@click.option("--publish", is_flag=True, help="Submit, approve and publish at once, to load history.")
@click.option("--author", type=NAME, default="cli", show_default=True, help="Who writes the draft.")
@click.option("--approver", type=NAME, help="Who approves it with --publish: somebody else.")
@click.option("--published-at", type=INSTANT, help="Instant of publication, later than the newest release's.")
@json_option
def import_(
    kind: str,
    file: Path,
    profile: str | None,
    mode: Any,
    effective: date | None,
    legal_act: str | None,
    label: str | None,
    title: str | None,
    dry_run: bool,
    report_file: Path | None,
    publish: bool,
    author: str,
    approver: str | None,
    published_at: datetime | None,
    as_json: bool,
) -> None:
    """Read an official file into a draft, with a report row by row. All or nothing."""
    _check_usage(publish, dry_run, author, approver, published_at)
    request = Request(KINDS.find(kind), file, profile, mode, effective, legal_act, label, title)
    catalogue = open_catalogue()
    try:
        done = _run(catalogue, request, dry_run, author, approver if publish else None, published_at, report_file)
    except ImportRefusedError as error:
        _tell(error.report, as_json, {})
        raise
    except FileRefusedError as refused:
        if as_json:
            print_json(refused.report.as_dict())
        raise refused.error from None
    _tell(done.pop("report"), as_json, done)


def _check_usage(publish: bool, dry_run: bool, author: str, approver: str | None, published_at: Any) -> None:
    if publish and dry_run:
        raise click.UsageError("--publish and --dry-run exclude each other.")
    if publish and not approver:
        raise click.UsageError("--publish needs --approver: a second person.")
    if not publish and (approver or published_at):
        raise click.UsageError("--approver and --published-at go with --publish.")
    if publish and str(approver).casefold() == author.casefold():
        raise FourEyesError(author, "they are its author")


def _run(
    catalogue: Catalogue,
    request: Request,
    dry_run: bool,
    author: str,
    approver: str | None,
    published_at: datetime | None,
    report_file: Path | None,
) -> dict[str, Any]:
    if dry_run:
        with catalogue.reading() as session:
            judged = _judge(session, request, report_file)
        if judged.report.is_refused:
            raise ImportRefusedError(judged.report)
        return {"report": judged.report, "dry_run": True, "changes": len(judged.changes)}
    with catalogue.writing() as session:
        check_actor(session, author, "write drafts")
        judged = _judge(session, request, report_file)
        draft = stage_judged(session, KINDS, judged, by=author, at=now())
        done: dict[str, Any] = {"report": judged.report, "draft": draft.id, "changes": len(judged.changes)}
        if approver:
            done["release"] = _publish(session, draft, author, approver, published_at)
    if approver:
        catalogue.refresh()
    return done


def _judge(session: Session, request: Request, report_file: Path | None) -> Judged:
    try:
        with _bar(request.path.name) as progress:
            judged = judge_file(session, KINDS, request, progress=progress)
    except CatalogError as error:
        report = refused_whole(request, error)
        _write_report(report, report_file)
        raise FileRefusedError(report, error) from error
    _write_report(judged.report, report_file)
    return judged


class FileRefusedError(Exception):
    """No row could be judged: ``report`` holds the one reason, ``error`` is what the command ends with."""

    def __init__(self, report: Report, error: CatalogError) -> None:
        self.report, self.error = report, error
        super().__init__(str(error))


def _write_report(report: Report, target: Path | None) -> None:
    if target is not None:
        with writing_to(target):
            target.write_text(json.dumps(report.as_dict(), ensure_ascii=False, indent=2), encoding="utf-8")


@contextmanager
def _bar(name: str) -> Iterator[Callable[[int, int | None], None]]:
    with tqdm(desc=name, unit=" rows", leave=False, disable=None) as bar:

        def progress(done: int, total: int | None) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield progress


def _publish(session: Session, draft: Any, author: str, approver: str, published_at: datetime | None) -> dict[str, Any]:
    check_actor(session, approver, "approve drafts")
    drafts.submit(session, KINDS, draft, by=author, at=now())
    drafts.approve(session, draft, by=approver, at=now())
    return publish_draft(session, draft.id, approver, published_at)


def _tell(report: Report, as_json: bool, done: dict[str, Any]) -> None:
    if as_json:
        print_json(report.as_dict() | done)
        return
    data = report.as_dict()
    echo(f"{report.source} as {report.kind}, profile {report.profile}")
    for note in report.notes:
        echo(f"  {note}")
    echo("  " + ", ".join(f"{_WORDS.get(name, name)} {number}" for name, number in data["counts"].items()))
    for rule, number in sorted(data["by_rule"].items()):
        echo(f"  {rule:<32} {number}")
    for found in (report.errors or report.warnings)[:TOLD]:
        echo(f"  {_sentence(found)}")
    hidden = len(report.violations) - TOLD
    if hidden > 0:
        tell(f"{hidden} more: --report FILE.json holds them all.")
    _tell_outcome(done)


def _sentence(found: Violation) -> str:
    place = f"row {found.row}" if found.row else "file"
    field = f" {found.field}={found.value!r}" if found.field else ""
    return f"{found.severity}: {place}, {found.code or 'no code'}{field}: {found.message} {found.remedy}"


def _tell_outcome(done: dict[str, Any]) -> None:
    if done.get("dry_run"):
        echo(f"Dry run: {done['changes']} changes would be proposed; nothing was written.")
    elif "release" in done:
        echo(f"Published release {done['release']['seq']} with {done['changes']} changes.")
    elif "draft" in done:
        echo(f"Draft {done['draft']} holds {done['changes']} changes. Next: amo-catalog draft submit {done['draft']}")
