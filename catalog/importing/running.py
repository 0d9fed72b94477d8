"""The import verb: a file becomes a draft, or a report says why not. All or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from catalog.errors import CatalogError, InvalidError
from catalog.importing.amendments import Amendment
from catalog.importing.errors import UnreadableFileError
from catalog.importing.grounds import Ground, find_ground
from catalog.importing.outcomes import Outcome
from catalog.importing.plugins import COMPANIONS
from catalog.importing.profiles.model import Mode
from catalog.importing.ready import ReadyImport, stage_ready
from catalog.importing.record import RecordSet
from catalog.importing.records import read_records
from catalog.importing.staging import Stager
from catalog.importing.table import Progress
from catalog.kinds import Kind, Kinds
from catalog.legal.family import LEGAL_ACT
from catalog.releases.changes import Change
from catalog.releases.models import Draft
from catalog.releases.truth import standing_spans
from catalog.validation import Report, Severity, Violation

OUTCOMES = ("added", "changed", "unchanged", "withdrawn", "absent", "further_codes")
"""Counts every report tells, also where they are 0."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be imported; None leaves a matter to the profile. ``legal_act`` is an id, or a TOML file's path.

    ``amendments`` are an editor's corrections, read in place of what the file prints; ``dated_by`` is the name a file
    came under, where the path it lies at is not its own.
    """

    kind: Kind
    path: Path
    profile: str | Path | None = None
    mode: Mode | None = None
    effective: date | None = None
    legal_act: str | None = None
    label: str | None = None
    title: str | None = None
    amendments: tuple[Amendment, ...] = ()
    dated_by: str | None = None


class ImportRefusedError(CatalogError):
    """The file has errors; ``report`` tells each. Nothing was written."""

    def __init__(self, report: Report) -> None:
        self.report = report
        first = report.errors[0]
        where = f"row {first.row}" if first.row else "the file"
        super().__init__(
            f"{Path(report.source).name} has {len(report.errors)} errors; nothing was written. The first, {where}: "
            f"{first.message} {first.remedy}"
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """A file read and judged: what it would change, its ground, and the report. Nothing is written yet."""

    request: Request
    read: RecordSet
    mode: Mode
    ground: Ground
    changes: list[Change]
    report: Report
    outcomes: list[Outcome]

    def ready(self) -> ReadyImport:
        """What staging needs of it. Raises ImportRefusedError when a row has an error."""
        if self.report.is_refused:
            raise ImportRefusedError(self.report)
        return ReadyImport(
            file=self.request.path.name,
            kind=self.request.kind.name,
            mode=self.mode,
            act=self.ground.act,
            records=self.report.counts["records"],
            title=self.request.title or f"{self.read.profile.title} ({self.request.path.name})",
            label=self.request.label,
            changes=tuple(self.changes),
        )


def judge_file(session: Session, kinds: Kinds, request: Request, *, progress: Progress | None = None) -> Judged:
    """Reads a file and judges it against the catalogue. Raises what reading raises, or InvalidError without a date."""
    read = read_records(
        request.path,
        request.kind,
        request.profile,
        amendments=request.amendments,
        dated_by=request.dated_by,
        progress=progress,
    )
    mode = request.mode or read.profile.mode
    effective = request.effective or read.effective
    ground = _ground(session, request, read)
    report = Report(
        str(request.path), request.kind.name, read.profile.name, list(read.violations), Counter(read.counts)
    )
    report.notes += read.notes
    _need_effective(read, mode, effective)
    brought = _brought(session, kinds, request.kind, ground)
    proposal = Stager(session, kinds, request.kind, read, mode, effective, tuple(brought)).propose()
    report.add(proposal.violations)
    report.counts.update({name: proposal.counts[name] for name in OUTCOMES})
    changes = [*brought, *proposal.changes]
    report.add(_unknown_acts(session, changes))
    told = f"Date of effect {effective}" if effective else "Each row tells from when it holds"
    report.notes.append(f"{told}; mode {mode}; legal act {ground.act}.")
    return Judged(request, read, mode, ground, changes, report, proposal.outcomes)


def refused_whole(request: Request, error: CatalogError) -> Report:
    """The report of a file of which no row could be judged: one error, on the file itself."""
    remedy = f"{error.remedy}." if isinstance(error, UnreadableFileError) else "Correct the request, or the file."
    report = Report(str(request.path), request.kind.name, str(request.profile or ""))
    report.add([Violation(type(error).__name__.removesuffix("Error"), Severity.ERROR, str(error), remedy)])
    return report


def import_file(
    session: Session, kinds: Kinds, request: Request, *, by: str, at: datetime, progress: Progress | None = None
) -> tuple[Draft, Report]:
    """A draft with everything the file changes, and the report. Raises ImportRefusedError when a row has an error."""
    judged = judge_file(session, kinds, request, progress=progress)
    return stage_judged(session, kinds, judged, by=by, at=at), judged.report


def stage_judged(session: Session, kinds: Kinds, judged: Judged, *, by: str, at: datetime) -> Draft:
    """Opens a draft for a judged file. Raises ImportRefusedError, or InvalidError when the file changes nothing."""
    return stage_ready(session, kinds, judged.ready(), by=by, at=at)


def _ground(session: Session, request: Request, read: RecordSet) -> Ground:
    """The import's act; a file of legal acts with a single row rests on that act itself."""
    codes = {record.code for record in read.records}
    if request.kind is LEGAL_ACT and request.legal_act in (None, *codes) and len(codes | {request.legal_act}) <= 2:
        own = request.legal_act or (next(iter(codes)) if len(codes) == 1 else None)
        if own is not None:
            return Ground(own)
    return find_ground(session, request.legal_act, read.profile)


def _need_effective(read: RecordSet, mode: Mode, effective: date | None) -> None:
    if effective is None and (mode == "full" or any(record.valid_from is None for record in read.records)):
        raise InvalidError(
            f"Neither {read.path.name} nor the profile {read.profile.name} says from which day it holds: "
            "give --effective YYYY-MM-DD."
        )


def _brought(session: Session, kinds: Kinds, kind: Kind, ground: Ground) -> list[Change]:
    """The act itself where it is new, and the code lists the kind rests on where the catalogue lacks them."""
    companions = COMPANIONS.get(kind.name)
    brought = companions(session, kinds) if companions else []
    own = ground.change()
    return [own, *(c for c in brought if (c.kind, c.code) != (own.kind, own.code))] if own else brought


def _unknown_acts(session: Session, changes: Iterable[Change]) -> list[Violation]:
    """An error for each row that cites a legal act neither published nor brought."""
    changes = list(changes)
    brought = {change.code for change in changes if change.kind == LEGAL_ACT.name}
    cited = {change.legal_act for change in changes if change.legal_act} - brought
    known = set(standing_spans(session, LEGAL_ACT, cited))
    return [
        Violation(
            rule="UnknownLegalAct",
            severity=Severity.ERROR,
            message=f"The legal act {change.legal_act} is not in the catalogue.",
            remedy="Import it first with `amo-catalog import actes-juridiques`, or correct the id.",
            row=change.row,
            column="legal_act",
            field="legal_act",
            value=change.legal_act,
            code=change.code,
        )
        for change in changes
        if change.legal_act and change.legal_act not in brought | known
    ]
