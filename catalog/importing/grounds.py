"""The legal ground of an import: an act already known, one described in a TOML file, or the profile's own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from catalog.errors import InvalidError, UnknownLegalActError
from catalog.importing.profiles.model import Profile
from catalog.kinds import Payload
from catalog.legal.family import LEGAL_ACT
from catalog.releases.changes import Change
from catalog.releases.truth import standing_spans
from catalog.temporal import DAWN, Period


@dataclass(frozen=True, slots=True)
class Ground:
    """The act an import rests on; ``payload`` is its description where the import brings it."""

    act: str
    payload: Payload | None = None

    def change(self) -> Change | None:
        if self.payload is None:
            return None
        return Change(LEGAL_ACT.name, self.act, Period(DAWN), self.payload)


def find_ground(session: Session, told: str | None, profile: Profile) -> Ground:
    """What ``told`` (an id, or the path of a TOML file) names, else the profile's own act.

    Raises UnknownLegalActError for an id that is not published, InvalidError for a file that does not describe an act,
    contradicts the one published, or when nothing names an act.
    """
    if told is None:
        if profile.legal_act is None:
            raise InvalidError(
                f"The profile {profile.name} names no legal act: give one with --legal-act (an id, or a TOML file)."
            )
        return _settle(session, profile.legal_act.code, profile.legal_act.payload, is_default=True)
    if told.endswith(".toml"):
        return read_act(session, Path(told))
    code = LEGAL_ACT.parse_code(told)
    if not standing_spans(session, LEGAL_ACT, [code]):
        raise UnknownLegalActError(code)
    return Ground(code)


def read_act(session: Session, path: Path) -> Ground:
    """A legal act described in TOML: ``id`` and the fields of a legal act, dates as dates or texts."""
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InvalidError(f"The legal act's file {path} does not exist.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InvalidError(f"The legal act's file {path} cannot be read as TOML: {error}.") from None
    code = data.pop("id", None)
    if not isinstance(code, str):
        raise InvalidError(f"The legal act's file {path} has no id.")
    texts = {name: value.isoformat() if isinstance(value, date) else value for name, value in data.items()}
    code = LEGAL_ACT.parse_code(code)
    return _settle(session, code, LEGAL_ACT.load(code, texts), is_default=False)


def _settle(session: Session, code: str, payload: Payload, *, is_default: bool) -> Ground:
    known = standing_spans(session, LEGAL_ACT, [code]).get(code)
    if not known:
        return Ground(code, payload)
    if not is_default and all(span.held.payload != payload for span in known):
        raise InvalidError(
            f"The legal act {code} is already published with other values. Name it by its id, or correct it with "
            "`amo-catalog import actes-juridiques`."
        )
    return Ground(code)
