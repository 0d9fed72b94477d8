"""The form of a new import: what may be chosen, and what was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from admin.entries.labels import many
from admin.workplace import Workplace
from catalog.errors import CatalogError, InvalidError
from catalog.importing.profiles import profiles_for
from catalog.kinds import Kind, Kinds
from catalog.legal.family import LEGAL_ACT
from catalog.releases.labels import parse_new_label
from catalog.releases.models import Draft
from catalog.temporal import Moment, parse_day

NEW = "new"
MODES = (
    ("", "Celui du profil"),
    ("delta", "Complément : ce que le fichier ne montre pas reste"),
    ("full", "Liste complète : ce que le fichier ne montre pas est retiré"),
)


def kind_options(kinds: Kinds) -> list[tuple[str, str]]:
    """Kinds by plural, in the order of their names."""
    return sorted(((kind.plural, many(kind)) for kind in kinds), key=lambda option: option[1])


def profile_options(kinds: Kinds) -> list[tuple[str, str]]:
    """Every built-in profile under the name of its kind."""
    return [
        ("", "À reconnaître d’après les colonnes"),
        *((profile.name, f"{many(kind)} — {_title(profile)}") for kind in kinds for profile in profiles_for(kind)),
    ]


def _title(profile: Any) -> str:
    return f"format du référentiel ({profile.name})" if profile.is_canonical else f"{profile.title} ({profile.name})"


def draft_options(session: Session) -> list[tuple[str, str]]:
    """A new draft, and those that are open."""
    query = sa.select(Draft).where(Draft.status == "draft").order_by(Draft.id.desc()).limit(100)
    open_ = [(str(draft.id), f"n° {draft.id} — {draft.title} ({draft.author})") for draft in session.scalars(query)]
    return [(NEW, "Un nouveau brouillon"), *open_]


def act_options(place: Workplace) -> list[tuple[str, str]]:
    """Legal acts that are published, for suggestions; none before the first release."""
    try:
        snapshot = place.current()
    except CatalogError:
        return []
    moment = Moment(place.today(), snapshot.head)
    return sorted((found.code, str(found.payload["title"])) for found in snapshot.in_force(LEGAL_ACT.name, moment))


@dataclass(slots=True)
class Choice:
    """What a form asks for; ``errors`` are French sentences by field."""

    kind: Kind | None = None
    asked: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def read_choice(kinds: Kinds, session: Session, form: Mapping[str, str]) -> Choice:
    """Every fault is told at once. Nothing of the form is ever taken for a path on this machine."""
    choice = Choice()
    told = {name: value.strip() for name, value in form.items()}
    for name, read in _READERS:
        try:
            read(choice, kinds, session, told)
        except _FieldError as error:
            choice.errors[name] = str(error)
    return choice


class _FieldError(ValueError):
    """A French sentence about one field."""


def _kind(choice: Choice, kinds: Kinds, _session: Session, told: Mapping[str, str]) -> None:
    try:
        choice.kind = kinds.find(told.get("kind", ""))
    except CatalogError:
        raise _FieldError("Choisissez ce que le fichier contient.") from None
    choice.asked["kind"] = choice.kind.plural


def _profile(choice: Choice, _kinds: Kinds, _session: Session, told: Mapping[str, str]) -> None:
    name = told.get("profile") or None
    own = {profile.name for profile in profiles_for(choice.kind)} if choice.kind else set()
    if name and choice.kind and name not in own:
        raise _FieldError(f"Ce profil ne lit pas : {many(choice.kind).lower()}.")
    choice.asked["profile"] = name


def _mode(choice: Choice, _kinds: Kinds, _session: Session, told: Mapping[str, str]) -> None:
    mode = told.get("mode") or None
    if mode not in (None, "full", "delta"):
        raise _FieldError("Choisissez un des modes proposés.")
    choice.asked["mode"] = mode


def _effective(choice: Choice, _kinds: Kinds, _session: Session, told: Mapping[str, str]) -> None:
    text = told.get("effective", "")
    try:
        choice.asked["effective"] = day_told(text).isoformat() if text else None
    except CatalogError:
        raise _FieldError("La date d’effet s’écrit jj/mm/aaaa.") from None


def day_told(text: str) -> date:
    """A day as a date field sends it, or as people write it: 01/07/2014. Raises DateError."""
    parts = text.split("/")
    return parse_day("-".join(reversed(parts)) if len(parts) == 3 else text)


def _legal_act(choice: Choice, _kinds: Kinds, _session: Session, told: Mapping[str, str]) -> None:
    text = told.get("legal_act", "")
    try:
        # A name ending in .toml would be read as a file of this machine.
        if text.lower().endswith(".toml"):
            raise InvalidError(text)
        choice.asked["legal_act"] = LEGAL_ACT.parse_code(text) if text else None
    except CatalogError:
        raise _FieldError("Un acte juridique se désigne par son identifiant, par exemple gmr-06-23.") from None


def _draft(choice: Choice, _kinds: Kinds, session: Session, told: Mapping[str, str]) -> None:
    text = told.get("draft", NEW) or NEW
    if text != NEW and text not in dict(draft_options(session)):
        raise _FieldError("Ce brouillon n’est plus ouvert.")
    choice.asked["draft"] = None if text == NEW else int(text)


def _names(choice: Choice, _kinds: Kinds, _session: Session, told: Mapping[str, str]) -> None:
    try:
        choice.asked["label"] = parse_new_label(told["label"]) if told.get("label") else None
    except CatalogError:
        raise _FieldError("Le libellé de version se compose de lettres, chiffres, points et tirets.") from None
    choice.asked["title"] = " ".join(told.get("title", "").split())[:200] or None


_READERS: tuple[tuple[str, Any], ...] = (
    ("kind", _kind),
    ("profile", _profile),
    ("mode", _mode),
    ("effective", _effective),
    ("legal_act", _legal_act),
    ("draft", _draft),
    ("label", _names),
)
