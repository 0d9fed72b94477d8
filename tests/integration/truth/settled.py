"""Changes that break no rule, unless a test wants them to."""

from __future__ import annotations

from datetime import date
from typing import Any

from catalog.releases.changes import Change
from catalog.temporal import DUSK, Period
from tests.integration.truth.desk import DOLIPRANE, medicine


def priced(ppv: str, start: date, end: date = DUSK, *, code: str = DOLIPRANE, **how: Any) -> Change:
    """The medicine costs so much over these days, and is reimbursed on that."""
    return Change("medicament", code, Period(start, end), medicine(ppv, nom=f"REMEDE {code}", pbr=ppv), **how)
