"""The code of each row: read, made from a template, or an internal one where the list prints none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from catalog.errors import InvalidError
from catalog.importing.binding import BoundField
from catalog.importing.errors import ProfileError
from catalog.importing.findings import CodeDestroyed, CodeUnreadable, Findings, MissingCode, NoCode
from catalog.importing.layout import fold
from catalog.importing.plugins import CODE_MAKERS
from catalog.importing.profiles.model import ORDINAL, Profile, placeholders
from catalog.importing.rows import SourceRow
from catalog.kinds import Kind

_POWERS_OF_TEN = re.compile(r"^\d+(?:[.,]\d+)?E\+?\d+$", re.IGNORECASE | re.ASCII)
_WHOLE_FLOAT = re.compile(r"^(\d{8,})\.0$", re.ASCII)


def read_code(bound: BoundField | None, kind: Kind, row: SourceRow, findings: Findings) -> str | None:
    """The canonical code of a row; an empty text where none is printed; None, and a violation, where it is bad."""
    text = " ".join(bound.text(row.cells).split()) if bound else ""
    if bound is None or not (text and _is_whole(bound, row)):
        return ""
    told = {"column": bound.column, "field": "code", "value": text}
    try:
        text = bound.prepare(_WHOLE_FLOAT.sub(r"\1", text))
        if _POWERS_OF_TEN.match(text):
            findings.add(CodeDestroyed.broken(row.number, f"({text})", **told))
            return None
        return kind.parse_code(text) if text else ""
    except InvalidError as error:
        findings.add(CodeUnreadable.broken(row.number, str(error), **told))
        return None


def _is_whole(bound: BoundField, row: SourceRow) -> bool:
    """A templated code with a blank in it would be the code of something else."""
    named = placeholders(bound.rule.template) if bound.rule.template else ()
    return all(row.cells.get(name, "").strip() for name in named)


def make_code(
    profile: Profile, kind: Kind, values: Mapping[str, Any], row: SourceRow, findings: Findings
) -> str | None:
    """The internal code of an entry without one, where the profile allows it. Raises ProfileError without a maker."""
    if not profile.internal_codes:
        findings.add(MissingCode.broken(row.number, column="code", field="code"))
        return None
    if kind.name not in CODE_MAKERS:
        raise ProfileError(profile.name, f"internal_codes: nothing makes internal codes of {kind.plural}")
    code = kind.parse_code(CODE_MAKERS[kind.name](values))
    findings.add(NoCode.broken(row.number, f"({code})", field="code", code=code))
    findings.counts["internal_codes"] += 1
    return code


def number_siblings(bound: BoundField | None, rows: Iterable[SourceRow]) -> None:
    """Fill ``{ordinal}``: among rows with otherwise equal codes, 1 for the first in the order of ``order_by``."""
    if bound is None or bound.rule.template is None or ORDINAL not in placeholders(bound.rule.template):
        return
    siblings: dict[str, list[SourceRow]] = {}
    for row in rows:
        siblings.setdefault(bound.text(row.cells), []).append(row)
    for group in siblings.values():
        group.sort(key=lambda row: [fold(row.cells.get(column, "")) for column in bound.rule.order_by])
        for ordinal, row in enumerate(group, 1):
            row.cells[ORDINAL] = str(ordinal)
