"""The forms of a change: what was shown, what was typed, and the verb of ``editing`` that it asks for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from admin.drafts.fields import PREFIX, raw_choice, texts_of
from catalog.errors import CatalogError, InvalidError, PayloadError
from catalog.kinds import Kind, Payload
from catalog.legal.codes import parse_act_id
from catalog.releases.editing import Grounds, Seen
from catalog.releases.editing_errors import ValuesRefusedError
from catalog.releases.editing_values import read_day, read_values
from catalog.temporal import DUSK, Period

CONFIDENCES = (("", "—"), ("H", "Haute"), ("M", "Moyenne"), ("L", "Basse"))

DATE_NEEDED = "Date d’effet : écrivez un jour comme 01/07/2014."
END_REFUSED = "Fin de la période : écrivez un jour comme 01/07/2014, après la date d’effet."


class FormRefusedError(InvalidError):
    """Sentences by field of the form, in French."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__(" ".join(errors.values()))


class NotShownError(InvalidError):
    """A form that does not say, or not readably, what its page had shown."""

    def __init__(self) -> None:
        super().__init__("The form does not say which values its page had shown: load the page again.")


@dataclass
class Sent:
    """A form as it came. ``texts`` are those of the kind's fields, ``seen`` what the page had shown."""

    kind: Kind
    form: Mapping[str, str]
    texts: dict[str, str] = field(init=False)
    seen: Seen | None = field(init=False)

    def __post_init__(self) -> None:
        posted = {name: self.form.get(PREFIX + name) for name in self.kind.fields}
        self.texts = {
            name: raw_choice(name, self.kind.fields[name], text) for name, text in posted.items() if text is not None
        }
        self.seen = read_seen(self.kind, self.form)

    def check_shown(self) -> None:
        """Raises NotShownError where nothing tells what is written over."""
        if self.seen is None:
            raise NotShownError

    def period(self, *, needs_end: bool = False) -> Period:
        """The days asked for. Raises FormRefusedError."""
        start, end_text = read_day(self.form.get("du", "")), self.form.get("au", "").strip()
        end = read_day(end_text) if end_text else DUSK
        errors: dict[str, str] = {}
        if start is None:
            errors["du"] = DATE_NEEDED
        if end is None or (needs_end and not end_text) or (start and end <= start):
            errors["au"] = END_REFUSED
        if errors or start is None or end is None:
            raise FormRefusedError(errors)
        return Period(start, end)

    def values(self) -> dict[str, Any]:
        """What was typed, read. Raises ValuesRefusedError."""
        return read_values(self.kind, self.texts)

    def changed(self) -> dict[str, Any]:
        """What was typed and differs from what the page had shown. Raises ValuesRefusedError."""
        if self.seen is None:
            return self.values()
        shown = texts_of(self.kind, self.seen.values)
        typed = {name: text for name, text in self.texts.items() if _plain(text) != _plain(shown[name])}
        values = read_values(self.kind, typed)
        return {name: value for name, value in values.items() if value != self.seen.values[name]}

    def grounds(self) -> Grounds:
        """What the change rests on. Raises FormRefusedError."""
        act = self.form.get("acte", "").strip()
        try:
            act = parse_act_id(act) if act else ""
        except InvalidError:
            raise FormRefusedError(
                {"acte": f"Acte juridique : « {act} » n’est pas un identifiant, comme arrete-177-06."}
            ) from None
        confidence = self.form.get("confiance", "")
        known = confidence if confidence in ("H", "M", "L") else None
        return Grounds(act or None, _told(self.form.get("source")), known, _told(self.form.get("motif")))

    def now_in_form(self, now: Payload | None) -> dict[str, str]:
        """The texts to show again: those that were typed, and the newest values of the others."""
        if self.seen is None or now is None:
            return {**texts_of(self.kind, now), **self.texts}
        shown, newest = texts_of(self.kind, self.seen.values), texts_of(self.kind, now)
        typed = {name: text for name, text in self.texts.items() if _plain(text) != _plain(shown[name])}
        return {**newest, **typed}


def write_seen(kind: Kind, day: date, payload: Payload) -> str:
    """What a page shows, as its form sends it back."""
    return json.dumps({"au": day.isoformat(), "valeurs": kind.dump(payload)}, ensure_ascii=False)


def read_seen(kind: Kind, form: Mapping[str, str]) -> Seen | None:
    """What a page had shown; None of a form that showed nothing, or was tampered with."""
    try:
        told = json.loads(form.get("vu", ""))
        return Seen(date.fromisoformat(told["au"]), kind.load("", told["valeurs"]))
    except (ValueError, KeyError, TypeError, PayloadError):
        return None


def by_field(error: CatalogError) -> dict[str, CatalogError]:
    """The errors of a refusal that belong to one field of the form."""
    if isinstance(error, ValuesRefusedError):
        return {PREFIX + name: found for name, found in error.errors.items()}
    return {}


def _plain(text: str) -> str:
    return " ".join(text.split())


def _told(text: str | None) -> str | None:
    return _plain(text or "") or None
