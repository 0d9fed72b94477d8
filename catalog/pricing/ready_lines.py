"""Lines of JSON read in one step, as far as they are plain; what is not is left to ``lines``, which says why.

Whatever is read here is read alike there: nothing is accepted that it would refuse, nor given another meaning.
"""

from __future__ import annotations

import sys
from datetime import date
from typing import Annotated

import msgspec

from catalog.pricing.line_fields import MAX_QUANTITY
from catalog.pricing.lines import Line, Question, parse_line

ANY_DAY = date(2000, 1, 1)
"""A question is read alike on all days."""

UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What ``read_sent`` raises for a line that is not plain."""


class SentLine(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """The fields of a line (CONTRACT 3) as JSON holds them; None is absent."""

    id: int | str | None = None
    kind: str | None = None
    code: str | None = None
    as_of: str | None = None
    organisme: str | None = None
    secteur: str | None = None
    mode: str | None = None
    quantity: Annotated[int, msgspec.Meta(ge=1, le=MAX_QUANTITY)] | None = 1
    billed: str | None = None
    exoneration: bool | None = None
    mutuelle: bool | None = None
    accord_prealable: bool | None = None
    justified: bool | None = None


SentQuestion = tuple[str | None, str | None, str | None, str | None, str | None, bool | None, bool | None, bool | None]
"""What of a line decides its question, in the order of ``Question``."""

read_sent = msgspec.json.Decoder(SentLine).decode


def read_question(sent: SentQuestion) -> Question | None:
    """The question of a line; None where it has a fault."""
    named = dict(zip(Question._fields, sent, strict=True))
    line = parse_line(named, ANY_DAY)
    return line.question if isinstance(line, Line) else None


def kept_form(sent: SentQuestion) -> SentQuestion:
    """The same, its few words shared by all that hold them."""
    kind, code, organisme, secteur, mode, *flags = sent
    words = (word if word is None else sys.intern(word) for word in (organisme, secteur, mode))
    return (kind and sys.intern(kind), code, *words, *flags)  # type: ignore[return-value]
