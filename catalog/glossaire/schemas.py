"""Payload of a glossary term."""

from __future__ import annotations

from catalog.fields import PayloadSchema, TextField, TextListField


class TermeSchema(PayloadSchema):
    """A word of the law or of the commission, with what it means here (DOMAIN 7)."""

    libelle = TextField("Terme", required=True)
    libelle_ar = TextField("Terme en arabe", "Only as an official text or communiqué writes it.")
    definition = TextField("Définition", "One or two sentences; shown as the description of the term.", required=True)
    definition_ar = TextField("Définition en arabe")
    source_legale = TextField("Texte qui le fonde", "The text that gives the word its meaning, as it is cited.")
    voir = TextListField("Voir aussi", "Codes of related terms.")
