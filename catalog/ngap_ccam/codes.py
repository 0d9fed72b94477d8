"""Codes of acts, of nodes of the CCAM tree and of mappings."""

from __future__ import annotations

import re
from typing import NamedTuple

from catalog.errors import CodeError

ACTIVITES = ("1", "2", "3", "4", "5")
"""1 main operator, 2 and 3 other operators, 4 anaesthesia, 5 extracorporeal circulation (DOMAIN 2.2)."""
PHASES = ("0", "1", "2", "3")
NO_TARGET = "AUCUN"
"""Right side of the code of a mapping that says that there is no corresponding act."""

_NGAP = re.compile(r"^[A-Z]{1,5}[0-9]{1,4}$", re.ASCII)
_CCAM = re.compile(r"^[A-Z]{4}[0-9]{3}$", re.ASCII)
_TARGET = re.compile(r"^([A-Z]{4}[0-9]{3})-([1-5])-([0-3])$", re.ASCII)
_NODE = re.compile(r"^[0-9]{6}$", re.ASCII)


class Target(NamedTuple):
    """What a mapping points at: a CCAM code in one activity and one phase."""

    code: str
    activite: str
    phase: str

    def __str__(self) -> str:
        return f"{self.code}-{self.activite}-{self.phase}"


class Sides(NamedTuple):
    """The two sides of a mapping; ``ccam`` is None where there is no corresponding act."""

    ngap: str
    ccam: Target | None


def parse_ngap(text: str) -> str:
    """The code of an NGAP act (``D708``, ``ASD01``): 1 to 5 letters, then digits. A code of CCAM form is refused.

    It names an act and is no cotation: D708 is paid ``D 12``. Raises CodeError.
    """
    code = text.strip().upper()
    if is_ccam(code):
        raise CodeError(text, "four letters and three digits are a code of the CCAM.")
    if not _NGAP.match(code):
        raise CodeError(text, "the code of an NGAP act is 1 to 5 letters and 1 to 4 digits, such as D708.")
    return code


def is_ccam(text: str) -> bool:
    """Whether a text has the form of a CCAM code."""
    return bool(_CCAM.match(text))


def parse_ccam(text: str) -> str:
    """A CCAM code, four letters and three digits (DOMAIN 2.2). Raises CodeError."""
    code = text.strip().upper()
    if not is_ccam(code):
        raise CodeError(text, "a CCAM code is four letters and three digits, such as HBJD001.")
    return code


def parse_target(text: str) -> Target:
    """``HBJD001-1-0``: code, activity 1 to 5, phase 0 to 3. Raises CodeError."""
    found = _TARGET.match(text.strip().upper())
    if found is None:
        raise CodeError(text, "write the CCAM code, its activity 1 to 5 and its phase 0 to 3, such as HBJD001-1-0.")
    return Target(*found.groups())


def parse_node(text: str) -> str:
    """The code of a heading of the CCAM tree: six digits. Raises CodeError."""
    code = text.strip()
    if not _NODE.match(code):
        raise CodeError(text, "a heading of the CCAM tree is six digits, such as 000683.")
    return code


def parse_sides(text: str) -> Sides:
    """The two sides a mapping's code names: ``D708>HBJD001-1-0``, or ``D708>AUCUN``. Raises CodeError."""
    left, sign, right = text.partition(">")
    if not sign:
        raise CodeError(text, f"write NGAP>CCAM-activity-phase, or NGAP>{NO_TARGET}.")
    right = right.strip().upper()
    return Sides(parse_ngap(left), None if right == NO_TARGET else parse_target(right))


def parse_correspondance(text: str) -> str:
    """The canonical code of a mapping. Raises CodeError."""
    sides = parse_sides(text)
    return correspondance_code(sides.ngap, sides.ccam)


def correspondance_code(ngap: str, ccam: Target | None) -> str:
    """The code of the mapping between two sides."""
    return f"{ngap}>{NO_TARGET if ccam is None else ccam}"
