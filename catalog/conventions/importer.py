"""What only this family knows of an import: names of forfaits, codes of bands, and the conventions values rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from catalog.conventions.acts import ACT
from catalog.conventions.codes import TarifCode, parse_forfait
from catalog.importing.plugins import CODE_MAKERS, COMPANIONS, CONVERTERS, Converter
from catalog.importing.profiles.model import FieldRule, Format
from catalog.kinds import Kinds
from catalog.reference_pack.loading import pack_releases
from catalog.releases.changes import Change
from catalog.releases.painting import Stroke, paint
from catalog.releases.truth import standing_spans

CONVENTION, ADHERENCE = "convention", "adherence_organisme"
VALUED = ("lettre_cle", "forfait")


def missing_conventions(session: Session, kinds: Kinds) -> list[Change]:
    """The bundled conventions, who applies them, and their acts, when the catalogue holds no convention at all."""
    return _bundled(session, kinds, (CONVENTION, ADHERENCE))


def missing_conventions_alone(session: Session, kinds: Kinds) -> list[Change]:
    """The same without adherences, for a file that brings its own."""
    return _bundled(session, kinds, (CONVENTION,))


def _bundled(session: Session, kinds: Kinds, names: tuple[str, ...]) -> list[Change]:
    if standing_spans(session, kinds.find(CONVENTION)):
        return []
    entries = _settled(change for name in names for change in _of_pack(kinds, name))
    valued = (change for name in VALUED for change in _of_pack(kinds, name))
    cited = {change.legal_act for change in (*entries, *valued)}
    cited |= {change.payload["acte"] for change in entries if change.kind == CONVENTION and change.payload}
    known = set(standing_spans(session, kinds.find(ACT), {act for act in cited if act}))
    return _settled(change for change in _of_pack(kinds, ACT) if change.code in cited - known) + entries


def _of_pack(kinds: Kinds, name: str) -> list[Change]:
    return [change for pack in pack_releases() for change in pack.changes(kinds, only=name)]


def _settled(changes: Iterable[Change]) -> list[Change]:
    """What the releases of the pack come to once all are published: later ones cover earlier ones."""
    by_entry: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in changes:
        by_entry[change.kind, change.code].append(change)
    settled: list[Change] = []
    for layers in by_entry.values():
        strokes = [Stroke(change.period, place, change.is_void) for place, change in enumerate(layers)]
        opened = paint([], strokes).opened
        settled += [replace(layers[piece.fact_id], period=piece.period, row=None) for piece in opened]
    return settled


def code_of_forfait(values: Mapping[str, Any]) -> str:
    """The code of an amount whose row cannot be templated, such as a band with an open end."""
    return str(TarifCode(values["forfait"], None, values["convention"], values.get("organisme")))


def forfait_name(_rule: FieldRule, _told: Format) -> Converter:
    """The canonical name of a forfait: ``CHIRURGIE_K30_K39`` gets its three digits."""
    return parse_forfait


def register() -> None:
    """Tells the import what only this family knows."""
    CODE_MAKERS["forfait"] = code_of_forfait
    CONVERTERS["forfait"] = forfait_name
    COMPANIONS.update(dict.fromkeys(VALUED, missing_conventions) | {ADHERENCE: missing_conventions_alone})
