"""What an import profile may say. ``docs/import-profiles.md`` explains each key to the person who writes one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from catalog.importing.amounts import DecimalSign
from catalog.importing.table import SourceOptions

Mode = Literal["full", "delta"]

CODE = "code"
RECORD_FIELDS = (CODE, "valid_from", "valid_to", "legal_act", "source", "confidence", "op")
"""Targets that are no field of the entry but say which entry, when, on what ground and how surely."""


@dataclass(frozen=True, slots=True)
class Format:
    """How the cells of a source are laid out and printed. ``columns`` names those of a file without header."""

    encoding: str | None = None
    separator: str | None = None
    quote: str = '"'
    sheet: str | None = None
    decimal: DecimalSign | None = None
    zero_is_null: bool = True
    null_texts: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    overflow: Literal["refuse", "last"] = "refuse"
    short_rows: bool = False

    @property
    def has_header(self) -> bool:
        return not self.columns

    @property
    def options(self) -> SourceOptions:
        return SourceOptions(self.encoding, self.separator, self.quote, self.sheet)


@dataclass(frozen=True, slots=True)
class Detection:
    """Signs by which a file is known beyond the columns used: its name, further headers, its first cells."""

    files: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    patterns: Mapping[str, re.Pattern[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Where a field's text is found and how it becomes a value; the steps are taken in the order they are listed."""

    columns: tuple[str, ...] = ()
    template: str | None = None
    strip_tags: bool = False
    extract: re.Pattern[str] | None = None
    replace: Mapping[str, str] = field(default_factory=dict)
    fold: bool = False
    prefix: str = ""
    map: Mapping[str, Any] | None = None
    convert: str | None = None
    separator: str | None = None
    format: str | None = None
    decimal: DecimalSign | None = None
    order_by: tuple[str, ...] = ()
    repeat_like: str | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every column the rule reads."""
        named = placeholders(self.template) if self.template else ()
        return tuple(
            name for name in (*self.columns, *named, *self.order_by, self.repeat_like) if name and name != ORDINAL
        )


@dataclass(frozen=True, slots=True)
class Split:
    """A column cut by a pattern with named groups into the columns ``column.group``.

    With ``separator`` the column holds several parts; they are cut one by one when they are as many as those of the
    column ``like``, and taken as one part otherwise.
    """

    column: str
    pattern: re.Pattern[str]
    separator: str | None = None
    like: str | None = None
    like_separator: str | None = None

    @property
    def made(self) -> tuple[str, ...]:
        return tuple(f"{self.column}.{name}" for name in self.pattern.groupindex)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Another file of the same folder: its row with ``key`` equal to the column ``on`` adds columns ``name.column``.

    ``prefer`` ranks the values of one of its columns where several rows share a key.
    """

    name: str
    file: str
    key: str
    on: str
    columns: tuple[str, ...] = ()
    missing: Literal["warning", "blank"] = "warning"
    prefer: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Quirks:
    """Known faults of a source, cured without a violation and counted."""

    repeated_headers: bool = False
    drop_after_header: Literal["nothing", "first_product"] = "nothing"
    copies_of_first: bool = False
    text_guard: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows of a source are entries of this kind: those whose columns hold one of these texts, and are filled."""

    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    filled: tuple[str, ...] = ()

    def keeps(self, cells: Mapping[str, str]) -> bool:
        is_one_of = all(cells.get(column, "").strip() in texts for column, texts in self.only.items())
        return is_one_of and all(cells.get(column, "").strip() for column in self.filled)


@dataclass(frozen=True, slots=True)
class DefaultLegalAct:
    """The act an import of this source rests on when none is told: its id and typed payload."""

    code: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Profile:
    """A column mapping, and what is known of the source behind it."""

    name: str
    kind: str
    title: str
    fields: Mapping[str, FieldRule]
    format: Format = Format()
    detect: Detection = Detection()
    quirks: Quirks = Quirks()
    rows: Selection = Selection()
    source: str | None = None
    confidence: str | None = None
    mode: Mode = "full"
    effective: date | None = None
    effective_from_path: re.Pattern[str] | None = None
    effective_note: str | None = None
    notes: tuple[str, ...] = ()
    constants: Mapping[str, Any] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    splits: tuple[Split, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    merge: tuple[str, ...] | None = None
    legal_act: DefaultLegalAct | None = None
    internal_codes: bool = False
    covers_codes: re.Pattern[str] | None = None
    is_canonical: bool = False

    @property
    def needed_columns(self) -> tuple[str, ...]:
        """Columns the file itself must have, in the order they are used."""
        made = {name for split in self.splits for name in split.made}
        looked_up = tuple(f"{lookup.name}." for lookup in self.lookups)
        used = [
            *(name for rule in self.fields.values() for name in rule.inputs),
            *(name for split in self.splits for name in (split.column, split.like) if name),
            *(lookup.on for lookup in self.lookups),
            *self.detect.headers,
            *self.detect.patterns,
            *self.rows.only,
            *self.rows.filled,
        ]
        return tuple(dict.fromkeys(name for name in used if name not in made and not name.startswith(looked_up)))


ORDINAL = "ordinal"
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


def placeholders(template: str) -> tuple[str, ...]:
    """The columns a template names, in order."""
    return tuple(_PLACEHOLDER.findall(template))


def fill(template: str, cells: Mapping[str, str]) -> str:
    """The template with each ``{column}`` replaced by that column's text."""
    return " ".join(_PLACEHOLDER.sub(lambda found: cells.get(found[1], ""), template).split())
