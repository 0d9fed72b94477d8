"""The catalogue's own format, one profile a kind: ``code``, the fields of its schema, and what a record may carry.

It is the format of the reference pack, and of exports that are read again. No TOML: it follows the schema.
"""

from __future__ import annotations

from functools import cache

from catalog.fields import TextListField
from catalog.importing.profiles.model import RECORD_FIELDS, FieldRule, Format, Profile, Quirks
from catalog.kinds import Kind

PREFIX = "canonique-"
EXTERNAL = "external"
"""The converter that takes a text exactly as the catalogue writes it: ``29.70``, ``0.70``, ``2014-06-09``."""


def canonical_name(kind: Kind) -> str:
    """The name of the profile of the catalogue's own format for the kind."""
    return f"{PREFIX}{kind.plural}"


def _converter(kind: Kind, name: str) -> str:
    return "list" if isinstance(kind.fields.get(name), TextListField) else EXTERNAL


@cache
def canonical_profile(kind: Kind) -> Profile:
    """Columns the file does not have are left untouched; a column of any other name is refused."""
    names = (*RECORD_FIELDS, *(name for name in kind.fields if name not in RECORD_FIELDS))
    return Profile(
        name=canonical_name(kind),
        kind=kind.plural,
        title=f"The catalogue's own format for {kind.plural}",
        fields={name: FieldRule(columns=(name,), convert=_converter(kind, name)) for name in names},
        format=Format(zero_is_null=False),
        quirks=Quirks(text_guard=True),
        mode="delta",
        is_canonical=True,
    )
