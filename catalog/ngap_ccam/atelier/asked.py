"""What a proposal may say, judged before anything is written."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.errors import InvalidError
from catalog.ngap_ccam.atelier.errors import ActIsMappedError, ActOutOfForceError, SameMappingError
from catalog.ngap_ccam.codes import Target, correspondance_code, parse_ngap
from catalog.ngap_ccam.correspondance_rules import NO_MAP, VALIDATED
from catalog.ngap_ccam.mappings import correspondances_ngap
from catalog.ngap_ccam.schemas import RELATIONS
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A mapping somebody wants: ``target`` None says that there is no corresponding act, and ``motif`` why."""

    ngap: str
    target: Target | None
    relation: str
    version_ngap: str
    version_ccam: str
    motif: str | None = None
    condition: str | None = None

    @property
    def code(self) -> str:
        return correspondance_code(parse_ngap(self.ngap), self.target)


def check(asked: Asked, snapshot: Snapshot, moment: Moment) -> None:
    """Raises InvalidError for what contradicts itself, ConflictError for what the catalogue forbids."""
    _check_alone(asked)
    for kind, label, code in (
        ("acte_ngap", "NGAP act", parse_ngap(asked.ngap)),
        ("acte_ccam", "CCAM act", asked.target.code if asked.target else None),
    ):
        if code is not None and snapshot.find(kind, code, moment) is None:
            raise ActOutOfForceError(label, code)
    _check_against(asked, snapshot, moment)


def _check_alone(asked: Asked) -> None:
    if asked.relation not in RELATIONS:
        raise InvalidError(f"{asked.relation!r} is not one of {', '.join(RELATIONS)}.")
    if (asked.relation == NO_MAP) != (asked.target is None):
        raise InvalidError("A proposal names a CCAM act, its activity and its phase, or says that there is none.")
    if asked.relation == NO_MAP and not (asked.motif or "").strip():
        raise InvalidError("An act without correspondence needs its reason.")
    if not asked.version_ngap.strip() or not asked.version_ccam.strip():
        raise InvalidError("A mapping pins the version of both code systems.")


def _check_against(asked: Asked, snapshot: Snapshot, moment: Moment) -> None:
    standing = correspondances_ngap(snapshot, asked.ngap, moment)
    if asked.relation == NO_MAP:
        mapped = next((found for found in standing if found.relation != NO_MAP), None)
        if mapped is not None:
            raise ActIsMappedError(asked.ngap, mapped.version.code)
    held = snapshot.find("correspondance", asked.code, moment)
    if held is not None and held.payload["statut"] in VALIDATED and _says(held.payload) == _said(asked):
        raise SameMappingError(asked.code)


def _said(asked: Asked) -> tuple[str | None, ...]:
    return (asked.relation, asked.version_ngap, asked.version_ccam, asked.motif or None, asked.condition or None)


def _says(payload: object) -> tuple[str | None, ...]:
    names = ("relation", "version_ngap", "version_ccam", "motif", "condition")
    return tuple(payload[name] for name in names)  # type: ignore[index]
