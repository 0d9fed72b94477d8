"""The fields of a kind as a form shows them: labels, ways to type, choices, and values already in use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from admin.entries.labels import choice_text
from admin.entries.values import Form, form_of
from catalog.fields import EntryField
from catalog.kinds import Kind, Payload
from catalog.releases.editing_values import write_value
from catalog.snapshots.reading import Snapshot

PREFIX = "champ_"
"""Before the name of a field in a form, so that none is taken for a date or a reason."""

LONG = ("texte", "indication", "remarque", "definition", "definition_ar", "libelle_long")
"""Fields that hold sentences."""

REFERS: Mapping[str, str] = {
    "groupe_generique": "groupe_generique",
    "convention": "convention",
    "acte": "acte_juridique",
    "parent": "acte_juridique",
}
"""Fields that name an entry of another kind."""

MOST_SUGGESTED = 400

HINTS: Mapping[Form, str] = {
    Form.MONEY: "En dirhams, par exemple 47,06. Vide : pas de montant.",
    Form.RATE: "Par exemple 70 %.",
    Form.LIST: "Dans l’ordre, séparés par « / » entre deux espaces.",
    Form.DECIMAL: "Par exemple 37,5.",
}
NAMED_HINTS: Mapping[str, str] = {
    "pbr": "Valeur publiée : elle n’est pas recalculée. Vide : pas de base.",
    "groupe_generique": "Code d’un groupe existant ; il n’est jamais deviné d’après le nom.",
    "retire": "Oui, si l’acte juridique de ce changement radie le médicament.",
    "taux_liste": "Tel qu’imprimé sur la liste, par exemple 70 %.",
    "code_source_pg": "Code de sens inconnu, repris tel quel de la source.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a form; ``value`` is the text in it."""

    name: str
    label: str
    value: str
    required: bool
    hint: str
    type: str = "text"
    inputmode: str = ""
    rows: int = 0
    options: Sequence[tuple[str, str]] | None = None
    suggestions: Sequence[str] = ()


def ask_fields(kind: Kind, snapshot: Snapshot, texts: Mapping[str, str]) -> list[Asked]:
    """The fields of a kind with these texts in them."""
    known = _suggestions(snapshot, kind)
    return [_ask(name, field, texts.get(name, ""), known.get(name, ())) for name, field in kind.fields.items()]


def texts_of(kind: Kind, payload: Payload | None) -> dict[str, str]:
    """The texts of a payload as a form holds them; a new entry starts from what its kind presumes."""
    if payload is None:
        presumed = {name: field.load_default for name, field in kind.fields.items() if not field.required}
        payload = dict.fromkeys(kind.fields) | presumed
    return {name: _text(field, payload[name]) for name, field in kind.fields.items()}


def _text(field: EntryField, value: Any) -> str:
    # The browser's picker of days speaks ISO alone.
    return value.isoformat() if value is not None and form_of(field) is Form.DAY else write_value(field, value)


def _ask(name: str, field: EntryField, text: str, suggestions: Sequence[str]) -> Asked:
    form = form_of(field)
    return Asked(
        name=PREFIX + name,
        label=field.label,
        value=text,
        required=bool(field.required),
        hint=NAMED_HINTS.get(name) or HINTS.get(form, ""),
        type="date" if form is Form.DAY else "text",
        inputmode={Form.MONEY: "decimal", Form.DECIMAL: "decimal", Form.NUMBER: "numeric"}.get(form, ""),
        rows=3 if name in LONG else 0,
        options=_options(name, field, form),
        suggestions=suggestions,
    )


def _options(name: str, field: EntryField, form: Form) -> list[tuple[str, str]] | None:
    if form is Form.FLAG:
        found = [("oui", "Oui"), ("non", "Non")]
    elif form is Form.CHOICE:
        found = [(choice, choice_text(name, choice)) for choice in field.choices]
    else:
        return None
    return found if field.required and form is Form.FLAG else [("", "—"), *found]


_kept: WeakKeyDictionary[Snapshot, dict[str, dict[str, list[str]]]] = WeakKeyDictionary()


def _suggestions(snapshot: Snapshot, kind: Kind) -> dict[str, list[str]]:
    """By field, what entries already say there, where that is a short list; kept as long as the snapshot."""
    made = _kept.setdefault(snapshot, {})
    if kind.name not in made:
        made[kind.name] = dict(_gather(snapshot, kind))
    return made[kind.name]


def _gather(snapshot: Snapshot, kind: Kind) -> Iterator[tuple[str, list[str]]]:
    names = [name for name, field in kind.fields.items() if form_of(field) is Form.TEXT and name not in LONG]
    codes = snapshot.codes(kind.name)
    payloads = [v.payload for code in codes for v in snapshot.versions(kind.name, code, snapshot.head)[:1]]
    for name in names:
        if name in REFERS and REFERS[name] in snapshot.kinds:
            found = set(snapshot.codes(REFERS[name]))
        else:
            found = {str(payload[name]) for payload in payloads if payload[name]}
        if found and len(found) <= MOST_SUGGESTED and (name in REFERS or len(found) * 2 <= len(payloads)):
            yield name, sorted(found)


def raw_choice(name: str, field: EntryField, text: str) -> str:
    """A choice typed in the words that lists show, as the law writes it; any other text as it is."""
    wanted = " ".join(text.split()).casefold()
    return next((choice for choice in field.choices if choice_text(name, choice).casefold() == wanted), text)
