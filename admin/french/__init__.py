"""What the domain says in English, told in French."""

from __future__ import annotations

from admin.french.telling import field_sentence, remedy_sentence, rule_sentence, sentence, told
from admin.french.words import kind_name, role_name, state_name, value_name

__all__ = [
    "field_sentence",
    "kind_name",
    "remedy_sentence",
    "role_name",
    "rule_sentence",
    "sentence",
    "state_name",
    "told",
    "value_name",
]
