"""Kind: what each kind of entry offers to the machinery, which knows no family by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from marshmallow import ValidationError

from catalog.errors import PayloadError, UnknownKindError
from catalog.fields import DayField, EntryField, PayloadSchema, entry_fields
from catalog.validation import Rule

Payload = Mapping[str, Any]
"""Typed values of an entry by field name: centimes, basis points, dates, tuples of texts; None where absent."""


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of entry: its names, the grammar of its codes, the schema of its payload and its rules.

    ``name`` is singular and names the tables; ``plural`` is the command and the route; ``label`` is for sentences.
    ``parse_code`` answers the canonical code or raises CodeError.
    """

    name: str
    plural: str
    label: str
    parse_code: Callable[[str], str]
    schema_class: type[PayloadSchema]
    rules: tuple[Rule, ...] = ()

    @cached_property
    def schema(self) -> PayloadSchema:
        return self.schema_class()

    @cached_property
    def fields(self) -> dict[str, EntryField]:
        return entry_fields(self.schema)

    def load(self, code: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """Typed payload of external data. Raises PayloadError naming each field at fault."""
        try:
            loaded = self.schema.load(data)
        except ValidationError as error:
            messages: dict[str, Any] = error.normalized_messages()
            raise PayloadError(self.label, code, flatten(messages)) from error
        return {name: loaded.get(name) for name in self.fields}

    def dump(self, payload: Payload) -> dict[str, Any]:
        """External form of a typed payload, in the order of the schema."""
        return {
            name: None if payload[name] is None else field.write(payload[name]) for name, field in self.fields.items()
        }

    def to_row(self, payload: Payload) -> dict[str, Any]:
        """Column values of a typed payload."""
        return {name: field.store(payload[name]) for name, field in self.fields.items()}

    def from_row(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return {name: field.restore(row[name]) for name, field in self.fields.items()}

    def to_text(self, payload: Payload) -> str:
        """Canonical text of a payload: sorted names, integers for money, ISO dates, absent fields left out.

        It is what digests are made of and what drafts keep: a field added later, and absent, changes no old digest.
        """
        stored = {name: value for name, value in self.to_row(payload).items() if value is not None}
        return canonical_json({name: v.isoformat() if isinstance(v, date) else v for name, v in stored.items()})

    def from_text(self, text: str) -> dict[str, Any]:
        stored = json.loads(text)
        return {
            name: field.restore(
                date.fromisoformat(stored[name]) if isinstance(field, DayField) and name in stored else stored.get(name)
            )
            for name, field in self.fields.items()
        }


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and fixed separators: one text for one value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def flatten(messages: Mapping[str, Any]) -> dict[str, list[str]]:
    """Marshmallow's nested messages as one list of sentences a field."""
    return {
        str(field): [str(line) for line in said] if isinstance(said, list) else [str(said)]
        for field, said in messages.items()
    }


class Kinds:
    """The kinds a catalogue holds, by name or plural."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self._by_name = {kind.name: kind for kind in kinds}
        self._by_plural = {kind.plural: kind for kind in self._by_name.values()}

    def __iter__(self) -> Any:
        return iter(self._by_name.values())

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def find(self, name: str) -> Kind:
        """The kind of that name, singular or plural. Raises UnknownKindError."""
        kind = self._by_name.get(name) or self._by_plural.get(name)
        if kind is None:
            raise UnknownKindError(name, sorted(self._by_plural))
        return kind

    @property
    def plurals(self) -> list[str]:
        return sorted(self._by_plural)
