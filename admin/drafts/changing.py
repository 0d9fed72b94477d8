"""The pages that change one entry: modify, correct the past, withdraw, add. One page, four verbs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from admin.drafts.fields import ask_fields, texts_of
from admin.drafts.forms import CONFIDENCES, FormRefusedError, NotShownError, Sent, by_field, write_seen
from admin.drafts.telling import french, write_period
from admin.entries.labels import main_field, one
from admin.entries.values import form_of, write_value
from admin.refusals import status_of
from admin.workplace import Workplace
from catalog.errors import CatalogError, CodeError, DraftStateError, UnknownLegalActError
from catalog.french import write_short_day
from catalog.kinds import Kind, Payload
from catalog.releases import editing
from catalog.releases.changes import Change
from catalog.releases.drafts import find_draft
from catalog.releases.editing import Edit, Grounds
from catalog.releases.editing_errors import FieldMovedError, NothingInForceError, ReasonRequiredError
from catalog.releases.editing_layers import Layer, layer_on
from catalog.releases.editing_values import read_day
from catalog.releases.editing_writing import Entry, read_entry
from catalog.releases.models import Draft
from catalog.temporal import DUSK

Message = tuple[str, str]
"""A sentence and its category."""


@dataclass(frozen=True, slots=True)
class Verb:
    """What a page does: its words, and how it asks ``editing`` for it."""

    name: str
    title: str
    button: str
    done: str
    apply: Callable[[Session, Workplace, Draft, str, Sent, str], Edit]


def _edit(session: Session, place: Workplace, draft: Draft, code: str, sent: Sent, by: str) -> Edit:
    sent.check_shown()
    return editing.edit_entry(
        session,
        place.kinds,
        draft,
        sent.kind.name,
        code,
        sent.changed(),
        sent.period().start,
        by=by,
        at=place.now(),
        today=place.today(),
        grounds=sent.grounds(),
        seen=sent.seen,
    )


def _correct(session: Session, place: Workplace, draft: Draft, code: str, sent: Sent, by: str) -> Edit:
    sent.check_shown()
    period, values = sent.period(needs_end=True), sent.changed()
    return editing.correct_past(
        session,
        place.kinds,
        draft,
        sent.kind.name,
        code,
        values,
        period,
        by=by,
        at=place.now(),
        grounds=sent.grounds(),
        seen=sent.seen,
    )


def _withdraw(session: Session, place: Workplace, draft: Draft, code: str, sent: Sent, by: str) -> Edit:
    return editing.withdraw_entry(
        session,
        place.kinds,
        draft,
        sent.kind.name,
        code,
        sent.period(),
        by=by,
        at=place.now(),
        today=place.today(),
        grounds=sent.grounds(),
        also_later="suivantes" in sent.form,
    )


def _add(session: Session, place: Workplace, draft: Draft, code: str, sent: Sent, by: str) -> Edit:
    period, values = sent.period(), sent.values()
    return editing.add_entry(
        session,
        place.kinds,
        draft,
        sent.kind.name,
        sent.form.get("code", code),
        values,
        period,
        by=by,
        at=place.now(),
        today=place.today(),
        grounds=sent.grounds(),
    )


FORMS: Mapping[str, Verb] = {
    "edit": Verb("edit", "Modifier", "Enregistrer dans le brouillon", "La modification est dans le brouillon.", _edit),
    "correct": Verb(
        "correct", "Corriger le passé", "Enregistrer la correction", "La correction est dans le brouillon.", _correct
    ),
    "withdraw": Verb(
        "withdraw", "Retirer", "Retirer dans le brouillon", "Le retrait est dans le brouillon.", _withdraw
    ),
    "add": Verb("add", "Ajouter", "Ajouter au brouillon", "L’ajout est dans le brouillon.", _add),
}


class FormPage:
    """One form, shown, sent, and shown again with what was typed when it is refused."""

    def __init__(self, place: Workplace, verb: Verb, draft_id: int, plural: str, code: str, by: str) -> None:
        self.place, self.verb, self.draft_id, self.code, self.by = place, verb, draft_id, code, by
        self.kind: Kind = place.kinds.find(plural)
        self.sent: Sent | None = None
        self.is_blind = False
        self.errors: dict[str, str] = {}
        self.notice = ""
        self.status = 200
        self.messages: list[Message] = []

    def send(self, form: Mapping[str, str]) -> bool:
        """Whether the change was staged; else the page has the errors to show."""
        self.sent = Sent(self.kind, form)
        try:
            with self.place.writing() as session:
                draft = find_draft(session, self.draft_id)
                done = self.verb.apply(session, self.place, draft, self.code, self.sent, self.by)
        except CatalogError as error:
            self._refuse(error)
            return False
        self.messages = [(self.verb.done, "success"), *self._told(done)]
        return True

    def _refuse(self, error: CatalogError) -> None:
        self.status = status_of(error)
        self.is_blind = isinstance(error, NotShownError)
        if isinstance(error, FormRefusedError):
            self.errors = error.errors
        elif by_field(error):
            self.errors = {name: french(found) for name, found in by_field(error).items()}
        elif named := next((name for made, name in _NAMED if isinstance(error, made)), None):
            self.errors = {named: french(error)}
        elif isinstance(error, DraftStateError) or self.status == 404:
            raise error
        else:
            self.notice = french(error)
        if isinstance(error, FieldMovedError):
            self.errors = {f"champ_{moved.field}": self._now(moved.field, moved.now) for moved in error.moved}

    def _now(self, name: str, value: Any) -> str:
        field = self.kind.fields[name]
        return f"{field.label} : la valeur est maintenant « {write_value(form_of(field), name, value) or 'vide'} »."

    def _told(self, done: Edit) -> Iterator[Message]:
        for stay in done.stays:
            day = write_short_day(stay.day)
            if stay.field is None:
                yield f"Le retrait enregistré à partir du {day} reste.", "warning"
                continue
            field = self.kind.fields[stay.field]
            text = write_value(form_of(field), stay.field, stay.value) or "vide"
            yield f"{field.label} : la valeur enregistrée à partir du {day} ({text}) reste.", "warning"

    def show(self, args: Mapping[str, str]) -> dict[str, Any]:
        """What the template needs."""
        with self.place.reading() as session:
            draft = find_draft(session, self.draft_id)
            if draft.status != "draft":
                raise DraftStateError(draft.id, draft.status, "change", "draft")
            entry = read_entry(session, self.place.kinds, draft, self.kind.name, self.code) if self.code else None
        day = self._day(args)
        layer = self._layer(entry, day)
        payload = layer.payload if layer else None
        # What was typed over unknown values is not shown again: sent once more, it would pass for checked.
        is_again = self.sent is not None and not self.is_blind
        texts = self.sent.now_in_form(payload) if self.sent and is_again else self._fresh(args, payload)
        return {
            "draft": draft,
            "verb": self.verb,
            "kind": self.kind,
            "kind_word": one(self.kind),
            "code": self.code,
            "name": self._name(payload),
            "fields": ask_fields(self.kind, self.place.current(), texts),
            "carried": self._carried(args, layer, day),
            "seen": write_seen(self.kind, day, payload) if payload is not None else "",
            "errors": self.errors,
            "notice": self.notice,
            "acts": self.place.current().codes("acte_juridique"),
            "confidences": CONFIDENCES,
            "layers": [told for found in entry.layers for told in [_tell(found, day)]] if entry else [],
            "is_past": day < self.place.today(),
        }

    def _day(self, args: Mapping[str, str]) -> date:
        """The day whose values are shown: that of the form sent, of the address, or today."""
        sent = self.sent.form.get("du", "") if self.sent else ""
        return read_day(sent) or read_day(args.get("from", "")) or self.place.today()

    def _layer(self, entry: Entry | None, day: date) -> Layer | None:
        if entry is None:
            return None
        found = layer_on(entry.layers, day)
        if found is None and not self.sent:
            known = [layer for layer in entry.layers if layer.payload is not None]
            if not known:
                raise NothingInForceError(self.kind.label, self.code, day)
            self.notice = (
                f"Rien n’est en vigueur le {write_short_day(day)} pour cette fiche. Choisissez une autre date."
            )
            found = known[-1]
        return found

    def _fresh(self, args: Mapping[str, str], payload: Payload | None) -> dict[str, str]:
        given = {name: args[name] for name in self.kind.fields if name in args} if self.verb.name == "add" else {}
        return {**texts_of(self.kind, payload), **given}

    def _carried(self, args: Mapping[str, str], layer: Layer | None, day: date) -> dict[str, str]:
        """What is not a field of the kind: days, reason, source, confidence, act."""
        if self.sent:
            names = ("code", "du", "au", "motif", "source", "confiance", "acte", "suivantes")
            return {name: self.sent.form.get(name, "") for name in names}
        carried = {"code": args.get("code", ""), "du": day.isoformat(), "au": ""}
        rests_on = _grounds(layer.change if layer else None)
        told = (rests_on.reason, rests_on.source, rests_on.confidence, rests_on.legal_act)
        rests = zip(("motif", "source", "confiance", "acte"), told, strict=True)
        return carried | {name: value or "" for name, value in rests}

    def _name(self, payload: Payload | None) -> str:
        name = main_field(self.kind)
        return str(payload[name] or "") if name and payload else ""


_NAMED: tuple[tuple[type[CatalogError], str], ...] = (
    (CodeError, "code"),
    (UnknownLegalActError, "acte"),
    (ReasonRequiredError, "motif"),
)
"""Refusals that belong to one field of the form, whatever the kind."""


def _grounds(change: Change | None) -> Grounds:
    if change is None:
        return Grounds()
    return Grounds(change.legal_act, change.source, change.confidence, change.reason)


def _tell(layer: Layer, day: date) -> dict[str, Any]:
    """A value of the entry over time, for the margin of its form."""
    return {
        "period": write_period(layer.period),
        "start": layer.period.start.isoformat(),
        "by": layer.made_by,
        "void": layer.payload is None,
        "shown": layer.period.covers(day),
        "ends": layer.period.end != DUSK,
    }
