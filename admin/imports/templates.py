"""Empty files in the catalogue's own format, one a kind, with a word on each column."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from admin.entries.labels import one
from admin.entries.values import Form, form_of
from catalog.export_rows import CARRIED
from catalog.fields import EntryField
from catalog.importing.binding import RECORD_TYPES
from catalog.kinds import Kind

TEXT_FORMAT = "@"
_TYPED_ROWS = 2000
"""Rows given the format of text beforehand, so that a spreadsheet does not turn a code into a number."""

_HOW = {
    Form.TEXT: "texte",
    Form.LIST: "textes séparés par « / » (une espace de chaque côté)",
    Form.CHOICE: "une de ces valeurs : {choices}",
    Form.MONEY: "dirhams avec un point : 29.70 ; vide s’il n’y a pas de prix",
    Form.RATE: "fraction : 0.70 pour 70 %",
    Form.NUMBER: "nombre entier",
    Form.DECIMAL: "nombre avec un point : 37.5",
    Form.FLAG: "oui ou non",
    Form.DAY: "aaaa-mm-jj",
}
_CARRIED = {
    "valid_from": "Premier jour où la ligne vaut ; vide : la date d’effet de l’import",
    "valid_to": "Premier jour où elle ne vaut plus ; vide : sans fin connue",
    "legal_act": "Identifiant de l’acte juridique ; vide : celui de l’import",
    "source": "Où le chiffre a été lu",
    "confidence": "H (sûr), M (moyen) ou L (faible)",
    "op": "set (par défaut), ou void pour retirer sur la période",
}
_CODE = ("code", "Code", "texte, jamais un nombre", True)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the format: its name in the file, what it holds, how it is written, whether it is needed."""

    name: str
    label: str
    how: str
    needed: bool


def explained(kind: Kind) -> list[Column]:
    """The columns of a kind, in the order of its exports."""
    own = [Column(name, entry.label, _how(entry), entry.required) for name, entry in kind.fields.items()]
    carried = [Column(name, RECORD_TYPES[name].label, _CARRIED[name], False) for name in (*CARRIED, "op")]
    return [Column(*_CODE), *own, *carried]


def _how(entry: EntryField) -> str:
    return _HOW[form_of(entry)].format(choices=", ".join(entry.choices or ()))


def write_template(kind: Kind, suffix: str) -> tuple[bytes, str]:
    """An empty file and its media type. A csv is the header alone; a workbook explains it on a second sheet."""
    if suffix == "csv":
        text = StringIO()
        csv.writer(text).writerow([column.name for column in explained(kind)])
        return b"\xef\xbb\xbf" + text.getvalue().encode(), "text/csv"
    return _workbook(kind), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _workbook(kind: Kind) -> bytes:
    book, columns = Workbook(), explained(kind)
    data = book.worksheets[0]
    data.title = kind.plural[:31]
    data.freeze_panes = "A2"
    for position, column in enumerate(columns, 1):
        head = data.cell(1, position, column.name)
        head.font = Font(bold=column.needed)
        letter = get_column_letter(position)
        data.column_dimensions[letter].width = max(14, len(column.name) + 2)
        data.column_dimensions[letter].number_format = TEXT_FORMAT
    for row in range(2, _TYPED_ROWS):
        data.cell(row, 1).number_format = TEXT_FORMAT
    _explain(book, kind, columns)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _explain(book: Workbook, kind: Kind, columns: list[Column]) -> None:
    sheet = book.create_sheet("Colonnes")
    sheet.append(
        [f"Une ligne par {one(kind)}. Une colonne absente laisse le champ tel quel ; une cellule vide l’efface."]
    )
    sheet.append(["Colonne", "Contenu", "Écriture", "Obligatoire pour une nouvelle fiche"])
    for column in columns:
        sheet.append([column.name, column.label, column.how, "oui" if column.needed else ""])
    for letter, width in zip("ABCD", (26, 46, 60, 34), strict=True):
        sheet.column_dimensions[letter].width = width
    for cell in sheet[2]:
        cell.font = Font(bold=True)
