"""The columns a list of a kind may show: its fields, what is drawn from them, and what a fact carries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from admin.entries.labels import main_field
from admin.entries.searching import folded
from admin.entries.values import NUMERIC, Form, form_of, write_value
from catalog.fields import LIST_SEPARATOR, EntryField
from catalog.gmr.statut import ADMIS, HOSPITALIER, NON_ADMIS, RETIRE, statut
from catalog.kinds import Kind
from catalog.snapshots.reading import Version
from catalog.temporal import DAWN, DUSK

EDITABLE = (Form.MONEY, Form.RATE, Form.TEXT, Form.FLAG, Form.CHOICE)
"""Forms that a cell can take in; lists and days go through the form, where their rules are explained."""

Read = Callable[[Version], Any]


@dataclass(frozen=True)
class Column:
    """A column: ``read`` answers the typed value of a version, None where it is absent."""

    name: str
    label: str
    form: Form
    read: Read
    made_of: EntryField | None = None
    choices: tuple[str, ...] = ()
    is_main: bool = False
    may_be_absent: bool = True

    @property
    def heading(self) -> str:
        """What stands above the column; the label says it in full."""
        return SHORT.get(self.name, self.label) if self.made_of is not None else self.label

    @property
    def is_numeric(self) -> bool:
        return self.form in NUMERIC

    @property
    def is_editable(self) -> bool:
        """Whether a cell of it may be changed where it stands; the name leads to the entry instead."""
        return self.made_of is not None and self.form in EDITABLE and not self.is_main

    def write(self, value: Any) -> str:
        return write_value(self.form, self.name, value)

    def sort_key(self, value: Any) -> Any:
        """What orders the values present: texts without regard to case and accents."""
        if self.form is Form.LIST:
            return folded(LIST_SEPARATOR.join(value))
        return folded(value) if isinstance(value, str) else value


CODE = Column("code", "Code", Form.TEXT, lambda version: version.code, may_be_absent=False)
CARRIED = (
    Column("valid_from", "En vigueur du", Form.DAY, lambda v: None if v.period.start == DAWN else v.period.start),
    Column("valid_to", "Jusqu’au (exclu)", Form.DAY, lambda v: None if v.period.end == DUSK else v.period.end),
    Column("legal_act", "Acte juridique", Form.TEXT, lambda version: version.legal_act, may_be_absent=False),
    Column("source", "Source", Form.TEXT, lambda version: version.source),
    Column("confidence", "Confiance", Form.CHOICE, lambda version: version.confidence, choices=("H", "M", "L")),
    Column("release", "Version d’entrée", Form.NUMBER, lambda version: version.opened_by, may_be_absent=False),
)
DERIVED: Mapping[str, tuple[Column, ...]] = {
    "medicament": (
        Column(
            "statut",
            "Statut",
            Form.CHOICE,
            lambda version: statut(version.payload),
            choices=(ADMIS, NON_ADMIS, HOSPITALIER, RETIRE),
            may_be_absent=False,
        ),
    ),
}
DEFAULTS: Mapping[str, tuple[str, ...]] = {
    "medicament": ("nom", "dci", "princeps_generique", "ppv", "ph", "pbr", "taux_liste", "statut"),
    "gtin": ("presentation", "remarque", "valid_from", "valid_to"),
    "groupe_generique": ("libelle", "dci", "forme", "conditionnement"),
    "avis": ("nom", "dci", "type_demande", "decision", "smr", "asmr", "date_avis"),
    "niveau": ("libelle", "liste", "niveau", "rang", "groupe_affichage"),
    "substance": ("dci", "dosages", "unites", "forme", "inscrite", "liste"),
    "acte_ngap": ("libelle", "lettre", "coefficient", "mode", "accord_prealable", "chapitre"),
    "acte_ccam": ("libelle", "activites", "phases", "noeud"),
    "correspondance": ("acte_ngap", "acte_ccam", "activite", "phase", "relation", "statut", "decide_par"),
    "dispositif": ("libelle", "classe", "forfait", "accord_prealable", "quantite_max", "renouvellement_mois"),
    "lettre_cle": ("lettre", "designation", "valeur", "secteur", "organisme", "convention", "usage"),
    "forfait": ("libelle", "montant", "unite", "secteur", "organisme", "convention"),
    "taux": ("prestation", "taux", "assiette", "organisme", "regime", "mode", "secteur", "situation"),
    "acte_juridique": ("title", "type", "numero", "statut", "published_on", "bo_numero", "effective_from"),
}
SHORT: Mapping[str, str] = {
    "nom": "Spécialité",
    "princeps_generique": "Type",
    "ppv": "PPV",
    "ph": "PH",
    "pbr": "PBR",
    "pbr_ph": "PBR hôpital",
    "pfht": "PFHT",
    "tva": "TVA",
    "taux_liste": "Taux",
    "admis_remboursement": "Admis",
    "retire": "Radié",
    "accord_prealable": "Accord préal.",
    "renouvellement_mois": "Renouv. (mois)",
    "quantite_max": "Qté max.",
    "bo_numero": "B.O. n°",
}
"""Headings of narrow columns, by field."""
SEVERAL = 6
"""How many fields a list shows of a kind for which nothing better was said."""


@lru_cache(maxsize=64)
def columns_of(kind: Kind) -> Mapping[str, Column]:
    """Every column of a kind by name, the code first."""
    fields = [_field_column(kind, name, found) for name, found in kind.fields.items()]
    taken = {column.name for column in fields}
    others = [column for column in (*DERIVED.get(kind.name, ()), *CARRIED) if column.name not in taken]
    return {column.name: column for column in (CODE, *fields, *others)}


def _field_column(kind: Kind, name: str, found: EntryField) -> Column:
    return Column(
        name,
        found.label,
        form_of(found),
        lambda version: version.payload[name],
        found,
        found.choices,
        name == main_field(kind),
        may_be_absent=not found.required,
    )


def default_columns(kind: Kind) -> list[Column]:
    """What a list shows until the reader chooses."""
    known = columns_of(kind)
    names = DEFAULTS.get(kind.name) or [*list(kind.fields)[:SEVERAL], "valid_from"]
    return [known[name] for name in names if name in known]


def default_sort(kind: Kind) -> tuple[Column, bool]:
    """The order of a list until the reader chooses, and whether it is a descending one."""
    known = columns_of(kind)
    if "published_on" in kind.fields:
        return known["published_on"], True
    return known[main_field(kind) or "code"], False
