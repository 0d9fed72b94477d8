"""What only this family knows of an import: internal codes, further GTINs, and the code lists opinions rest on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from catalog.fields import LIST_SEPARATOR
from catalog.gmr.codes import internal_code
from catalog.importing.plugins import ALIASES, CODE_MAKERS, COMPANIONS
from catalog.kinds import Kinds
from catalog.legal.family import LEGAL_ACT
from catalog.reference_pack.loading import pack_releases
from catalog.releases.changes import Change
from catalog.releases.truth import in_force, standing_spans
from catalog.temporal import Moment


def presentations_by_gtin(session: Session, kinds: Kinds, moment: Moment) -> Mapping[str, str]:
    """Further GTINs in force, and the presentation each stands for."""
    held = in_force(session, kinds.find("gtin"), moment)
    return {code: value.payload["presentation"] for code, value in held.items()}


def missing_levels(session: Session, kinds: Kinds) -> list[Change]:
    """The bundled SMR and ASMR lists, with their legal acts, when the catalogue holds no level at all."""
    niveau = kinds.find("niveau")
    if standing_spans(session, niveau):
        return []
    levels = [change for pack in pack_releases() for change in pack.changes(kinds, only=niveau.name)]
    wanted = {change.legal_act for change in levels}
    bundled = [change for pack in pack_releases() for change in pack.changes(kinds, only=LEGAL_ACT.name)]
    known = set(standing_spans(session, LEGAL_ACT, {act for act in wanted if act}))
    return [change for change in bundled if change.code in wanted - known] + levels


def code_of_identity(values: Mapping[str, Any]) -> str:
    """The internal code of a presentation whose list prints no GTIN, drawn from name, DCI, dosage, form and pack."""
    parts = [values.get(name) for name in ("nom", "dci", "dosages", "unites", "forme", "presentation")]
    return internal_code(*(LIST_SEPARATOR.join(part) if isinstance(part, tuple) else part or "" for part in parts))


def register() -> None:
    """Tells the import what only this family knows."""
    CODE_MAKERS["medicament"] = code_of_identity
    ALIASES["medicament"] = presentations_by_gtin
    COMPANIONS["avis"] = missing_levels
