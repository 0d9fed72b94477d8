"""Kinds, fields and choices in the language of the visit; their French words are the console's and the schemas'."""

from __future__ import annotations

from typing import Any

from admin.french import words
from catalog.fields import EntryField
from service.site.languages import gettext, ngettext

GROUNDS = {"legal_act": "Base légale", "source": "Source", "confidence": "Confiance"}
"""What a value rests on; told where nothing else differs."""
SEVERAL = 3
"""A number whose plural is the ordinary one in both languages."""


def kind_name(kind: str, *, plural: bool = False) -> str:
    """What a kind is called: one entry, or the list; ``avis`` and ``taux`` have one form in French, not in Arabic."""
    return ngettext(*words.KINDS.get(kind, (kind, kind)), SEVERAL if plural else 1)


def field_label(field: EntryField) -> str:
    """The label of a field. The schemas write a typewriter's apostrophe; a page writes a printer's."""
    return gettext(field.label.replace("'", "’"))


def ground_label(name: str) -> str:
    """The label of what a value rests on."""
    return gettext(GROUNDS[name])


def value_name(field: str, value: Any) -> str:
    """What a choice of a field is called, yes and no for a flag; a value without a word of its own stays as it is."""
    word = words.value_name(field, value)
    return word if word == str(value) else gettext(word)
