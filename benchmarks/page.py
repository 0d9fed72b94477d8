"""The page of results: an introduction, the table of targets, and a section for each part that was measured."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.measure import TARGETS, Target

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
TABLE = "Targets of this project"

INTRODUCTION = f"""# Performance

Written by `make bench`, on Python {platform.python_version()} and {os.cpu_count()} cores that are shared with other
work. Machines differ and are noisy: what counts is the ratio to something measured in the same run, in turn with it.
"""


def write(page: Path, sections: Mapping[str, str], targets: Mapping[str, Sequence[Target]]) -> None:
    """The whole page anew."""
    rows = [target.row(link(heading)) for heading in sections for target in targets.get(heading, ())]
    parts = [INTRODUCTION.strip(), *_table(rows), *(section(heading, text) for heading, text in sections.items())]
    page.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def put(page: Path, heading: str, text: str, targets: Sequence[Target], order: Sequence[str]) -> None:
    """Puts one part in the place of the one that stood there, with its rows among the targets; the rest stays."""
    told = page.read_text(encoding="utf-8") if page.exists() else INTRODUCTION
    _, *parts = re.split(r"^(?=## )", told, flags=re.MULTILINE)
    kept = {part.splitlines()[0].removeprefix("## ").strip(): part.strip() for part in parts}
    table = kept.pop(TABLE, "")
    kept[heading] = section(heading, text)
    rows = [row for row in table.splitlines() if row.startswith("| [") and not row.startswith(f"| {link(heading)} |")]
    rows += [target.row(link(heading)) for target in targets]
    rows.sort(key=lambda row: _place(order, row[3:].partition("]")[0]))
    ordered = sorted(kept, key=lambda name: _place(order, name))
    whole = [INTRODUCTION.strip(), *_table(rows), *(kept[name] for name in ordered)]
    page.write_text("\n\n".join(whole) + "\n", encoding="utf-8")


def section(heading: str, text: str) -> str:
    return f"## {heading}\n\n{text.strip()}"


def link(heading: str) -> str:
    return f"[{heading}](#{heading.lower().replace(' ', '-')})"


def _table(rows: Sequence[str]) -> list[str]:
    """The table of targets, and in one sentence how many are met."""
    if not rows:
        return []
    missed = sum("| **short" in row for row in rows)
    unknown = sum("| not measured |" in row for row in rows)
    met = len(rows) - missed - unknown
    told = f"{met} of {len(rows)} are met, {missed} fall short, {unknown} could not be measured here."
    return [section(TABLE, "\n".join([told, "", TARGETS, *rows]))]


def _place(order: Sequence[str], heading: str) -> int:
    return order.index(heading) if heading in order else len(order)
