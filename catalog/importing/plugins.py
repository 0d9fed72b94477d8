"""Where families add what only they know: converters by name, and makers of internal codes by kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from catalog.importing.profiles.model import FieldRule, Format
from catalog.kinds import Kinds
from catalog.releases.changes import Change
from catalog.temporal import Moment

Converter = Callable[[str], Any]
"""The external or typed value of a prepared text that is not empty; None where it says "none". Raises InvalidError."""

CONVERTERS: dict[str, Callable[[FieldRule, Format], Converter]] = {}
"""By the name a profile gives after ``as``; each makes the converter of one field of one import."""

CodeMaker = Callable[[Mapping[str, Any]], str]
CODE_MAKERS: dict[str, CodeMaker] = {}
"""By kind name: the internal code of an entry whose list prints none, drawn from its typed values."""

ALIASES: dict[str, Callable[[Session, Kinds, Moment], Mapping[str, str]]] = {}
"""By kind name: codes that stand for another entry at a moment, and that entry's code."""

COMPANIONS: dict[str, Callable[[Session, Kinds], list[Change]]] = {}
"""By kind name: changes an import brings along where the catalogue lacks what the kind rests on, such as code lists."""
