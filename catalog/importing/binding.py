"""A profile's rules tied to the fields of a kind, ready to read row after row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog.errors import InvalidError
from catalog.fields import LIST_SEPARATOR, DayField, EntryField, MoneyField, TextField, TextListField
from catalog.importing.conversions import default_converter, mapping, prepare
from catalog.importing.errors import AmountError, ProfileError
from catalog.importing.findings import AmountUnreadable, FieldInvalid, MissingField, ReadingRule
from catalog.importing.plugins import CONVERTERS, Converter
from catalog.importing.profiles.model import CODE, RECORD_FIELDS, FieldRule, Profile, fill
from catalog.kinds import Kind
from catalog.legal.codes import parse_act_id

Problem = tuple[type[ReadingRule], str]
Cells = Mapping[str, str]


class ActField(EntryField):
    """Identifier of a legal act."""

    def parse(self, value: Any) -> Any:
        return parse_act_id(str(value))


RECORD_TYPES: Mapping[str, EntryField] = {
    "valid_from": DayField("Début de validité"),
    "valid_to": DayField("Fin de validité"),
    "legal_act": ActField("Acte juridique"),
    "source": TextField("Source"),
    "confidence": TextField("Confiance", choices=("H", "M", "L")),
    "op": TextField("Opération", choices=("set", "void")),
}


@dataclass(slots=True)
class BoundField:
    """One target field. Equal texts are converted once: official lists repeat themselves."""

    name: str
    rule: FieldRule
    type: EntryField
    prepare: Callable[[str], str]
    convert: Converter
    _known: dict[str, tuple[Any, Problem | None]] = field(default_factory=dict)

    @property
    def column(self) -> str:
        return ", ".join(dict.fromkeys(self.rule.inputs))

    def text(self, cells: Cells) -> str:
        """The printed text: the template filled, or the first of the columns that is not blank."""
        if self.rule.template:
            return fill(self.rule.template, cells)
        text = next((text for name in self.rule.columns if (text := cells.get(name, "")).strip()), "")
        if self.rule.repeat_like and text and LIST_SEPARATOR not in text:
            return LIST_SEPARATOR.join([text] * len(cells[self.rule.repeat_like].split(LIST_SEPARATOR)))
        return text

    def read(self, cells: Cells) -> tuple[Any, Problem | None]:
        """The typed value, or what is wrong with the text."""
        text = self.text(cells)
        if text not in self._known:
            self._known[text] = self._judge(text)
        return self._known[text]

    def _judge(self, text: str) -> tuple[Any, Problem | None]:
        try:
            prepared = self.prepare(text)
            value = self.convert(prepared) if prepared else self._of_blank()
            typed = None if value is None else self.type.parse(value)
        except InvalidError as error:
            unreadable = isinstance(error, AmountError) or isinstance(self.type, MoneyField)
            return None, (AmountUnreadable if unreadable else FieldInvalid, str(error))
        if typed is None and self.type.required:
            return None, (MissingField, f"{self.type.label} ({self.name}).")
        return typed, None

    def _of_blank(self) -> Any:
        """A map may say what a blank cell means; ``present`` says that it means no."""
        if self.rule.map is not None:
            return self.rule.map.get("")
        return False if self.rule.convert == "present" else None


@dataclass(frozen=True, slots=True)
class Binding:
    """A profile ready to read: the code's text, the entry's fields, what a record carries, and the fixed values."""

    code: BoundField | None
    fields: tuple[BoundField, ...]
    carried: tuple[BoundField, ...]
    constants: Mapping[str, Any]
    defaults: Mapping[str, Any]


def bind(profile: Profile, kind: Kind, names: tuple[str, ...]) -> Binding:
    """Tie a profile to a kind. ``names`` are the columns found; a canonical profile reads only those.

    Raises ProfileError when the profile names a field, a converter or a value the kind does not have.
    """
    rules = {
        name: rule
        for name, rule in profile.fields.items()
        if not profile.is_canonical or set(rule.columns) & set(names)
    }
    for name in profile.merge or ():
        if name not in profile.fields or not isinstance(kind.fields.get(name), TextListField):
            raise ProfileError(profile.name, f"group.merge: {name} is not one of the list fields it reads")
    types = {CODE: TextField("Code"), **kind.fields, **RECORD_TYPES}
    bound = {name: _bind_field(profile, name, rule, types) for name, rule in rules.items()}
    return Binding(
        code=bound.get(CODE),
        fields=tuple(field for name, field in bound.items() if name not in RECORD_FIELDS),
        carried=tuple(field for name, field in bound.items() if name in RECORD_TYPES),
        constants=_fixed(profile, kind, profile.constants),
        defaults=_fixed(profile, kind, profile.defaults),
    )


def _bind_field(profile: Profile, name: str, rule: FieldRule, types: Mapping[str, EntryField]) -> BoundField:
    if name not in types:
        raise ProfileError(profile.name, f"{profile.kind} has no field {name!r}; its fields are {', '.join(types)}")
    converter = rule.convert or default_converter(types[name])
    if converter not in CONVERTERS:
        raise ProfileError(profile.name, f"fields.{name}.as: no converter is named {converter!r}")
    convert = mapping(rule.map) if rule.map is not None else CONVERTERS[converter](rule, profile.format)
    prepared = prepare(rule, profile.format, unguard=profile.quirks.text_guard)
    return BoundField(name, rule, types[name], prepared, convert)


def _fixed(profile: Profile, kind: Kind, told: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        return {name: kind.fields[name].parse(value) for name, value in told.items()}
    except KeyError as error:
        raise ProfileError(profile.name, f"{profile.kind} has no field {error}") from error
    except InvalidError as error:
        raise ProfileError(profile.name, f"constants or defaults: {error}") from error
