"""What the pages of an import show, beside its lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from admin.imports.launching import is_lost
from admin.imports.reports import ROWS_A_PAGE, Filter, ReportFile
from admin.imports.uploads import Asked, State, Upload
from catalog.importing.outcomes import Verdict

VERDICTS: dict[str, tuple[str, str, str]] = {
    "added": ("Nouvelle", "Nouvelles", "ok"),
    "changed": ("Modifiée", "Modifiées", "info"),
    "unchanged": ("Inchangée", "Inchangées", "soft"),
    "refused": ("Refusée", "Refusées", "alarm"),
    "skipped": ("Écartée", "Écartées", "warn"),
    "merged": ("Réunie à une autre ligne", "Réunies à une autre ligne", "soft"),
    "withdrawn": ("Retirée", "Retirées", "warn"),
    "absent": ("Absente du fichier, laissée", "Absentes du fichier, laissées", "soft"),
}
"""By verdict: the word for one line, for several, and its tone."""
assert VERDICTS.keys() == {verdict.value for verdict in Verdict}

STATES = {
    "judging": ("En cours de contrôle", "info"),
    "judged": ("Contrôlé", "ok"),
    "unreadable": ("Illisible", "alarm"),
    "failed": ("Contrôle interrompu", "alarm"),
    "lost": ("Contrôle interrompu", "alarm"),
    "staged": ("Versé", "ok"),
    "discarded": ("Abandonné", "soft"),
}
MODES = {"full": "liste complète", "delta": "complément"}


@dataclass(frozen=True, slots=True)
class Shown:
    """An import as a page shows it."""

    asked: Asked
    state: State
    name: str
    meta: dict[str, Any] | None
    waiting: int
    """Corrections made since the judgement."""

    @property
    def words(self) -> tuple[str, str]:
        if self.name == "judged" and self.meta and self.meta["errors"]:
            return "À corriger", "warn"
        return STATES[self.name]

    @property
    def can_be_staged(self) -> bool:
        return bool(self.name == "judged" and self.meta and not self.meta["errors"] and not self.waiting)

    @property
    def steps(self) -> list[tuple[str, str, str]]:
        judged = self.name in ("judged", "staged")
        is_sound = judged and self.meta is not None and not self.meta["errors"] and not self.waiting
        stages = (True, judged, is_sound, self.name == "staged")
        now = next((index for index, done in enumerate(stages) if not done), len(stages))
        told = ("Fichier reçu", "Contrôlé ligne à ligne", "Sans erreur", "Versé dans un brouillon")
        words = ["done" if done else "now" if index == now else "todo" for index, done in enumerate(stages)]
        return [(title, "", word) for title, word in zip(told, words, strict=True)]


def show(upload: Upload, now: datetime) -> Shown:
    """The import with what its report says, where there is one."""
    asked, state = upload.asked(), upload.state()
    has_report = state.name in ("judged", "staged") and upload.report.exists()
    meta = ReportFile(upload.report).meta() if has_report else None
    waiting = upload.amendments_made() - meta["amendments"] if meta else 0
    return Shown(asked, state, "lost" if is_lost(state, now) else state.name, meta, waiting)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of lines. ``number`` is from 1, and never beyond the last."""

    lines: list[dict[str, Any]]
    total: int
    number: int
    pages: int


def page_of(upload: Upload, wanted: Filter, number: int) -> Page:
    """The lines asked for, or those of the nearest page there is."""
    report = ReportFile(upload.report)
    lines, total = report.page(wanted, max(number, 1))
    pages = max(-(-total // ROWS_A_PAGE), 1)
    if number > pages:
        lines, total = report.page(wanted, pages)
    return Page(lines, total, min(max(number, 1), pages), pages)


def tiles(meta: dict[str, Any], totals: dict[str, int]) -> list[tuple[str, int, dict[str, str], str]]:
    """Counts by verdict: words, number, the filter that shows them, tone."""
    told: list[tuple[str, int, dict[str, str], str]] = [
        (VERDICTS[name][1], totals.get(name, 0), {"verdict": name}, "alarm" if name == "refused" else "")
        for name in ("added", "changed", "unchanged")
    ]
    told.append(("Avec avertissement", totals.get("warning", 0), {"gravite": "warning"}, ""))
    told += [
        (VERDICTS[name][1], totals.get(name, 0), {"verdict": name}, "alarm" if name == "refused" else "")
        for name in ("refused", "absent", "withdrawn", "skipped", "merged")
        if totals.get(name) or name in ("refused", "absent", "withdrawn")
    ]
    return told
