"""What the tests of records share: made-up profiles, a reader, and short forms of what it found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from catalog.importing.profiles import Profile, parse_profile
from catalog.importing.record import RecordSet
from catalog.importing.records import read_records
from catalog.kinds import Kind
from catalog.registry import KINDS

MEDICAMENTS = KINDS.find("medicaments")
AVIS = KINDS.find("avis")

CNSS = (
    "code,laboratoire,nom,dci,dosage,unite_dosage,forme,presentation,ppv,ph,ppv_br,princeps_generique,"
    "classe_therapeutique,taux_remboursement_cnss"
)
ACEPRIL = "6118000130819,LABO,ESSAI PLUS,{dci},{dosage},MG,COMPRIME,1 BOITE 28,{ppv},73.70,118.00,A,CLASSE,70"


def profile_of(fields: str, *, kind: str = "medicaments", head: str = "", tables: str = "") -> Profile:
    return parse_profile("essai", f'kind = "{kind}"\ntitle = "Essai"\n{head}\n[fields]\n{fields}\n{tables}')


SIMPLE = profile_of("code = 'CODE'\nnom = 'NOM'\nppv = 'PPV'")


def read(path: Path, profile: Profile | None = SIMPLE, kind: Kind = MEDICAMENTS) -> RecordSet:
    return read_records(path, kind, profile)


def values(found: RecordSet) -> list[dict[str, Any]]:
    return [dict(record.values) for record in found.records]


def rules(found: RecordSet) -> list[tuple[str, int | None]]:
    return [(violation.rule, violation.row) for violation in found.violations]
