"""What the pages of the workshop call things."""

from __future__ import annotations

from catalog.ngap_ccam.atelier.coverage import ABSENT, MAPPED, UNTOUCHED, WORKED
from catalog.ngap_ccam.atelier.models import ONCE, PROPOSED, REFUSED, VALIDATED, WITHDRAWN
from catalog.ngap_ccam.correspondance_rules import NO_MAP

WITHOUT = "sans"
"""The filter of proposals that say that an act has no corresponding one."""

STATUSES: dict[str, tuple[str, str]] = {
    PROPOSED: ("Proposée", "info"),
    ONCE: ("Une validation", "warn"),
    VALIDATED: ("Validée", "ok"),
    REFUSED: ("Refusée", "alarm"),
    WITHDRAWN: ("Retirée", "soft"),
}
"""By status, its name and the tone of its badge."""

FILTERS = [
    ("", "Toutes"),
    *((status, name) for status, (name, _) in STATUSES.items()),
    (WITHOUT, "Sans correspondance"),
]

ACT_STATES: dict[str, tuple[str, str]] = {
    UNTOUCHED: ("À traiter", "warn"),
    WORKED: ("En atelier", "info"),
    MAPPED: ("Mis en correspondance", "ok"),
    ABSENT: ("Sans correspondance", "soft"),
}

RELATIONS = [
    ("equivalent", "Équivalent : même portée, le prix peut suivre"),
    ("source-is-narrower-than-target", "L’acte NGAP est plus étroit que l’acte CCAM"),
    ("source-is-broader-than-target", "L’acte NGAP est plus large que l’acte CCAM"),
    ("related-to", "Apparenté, sans plus de précision"),
    ("not-related-to", "Sans rapport"),
    (NO_MAP, "Aucun acte CCAM ne correspond"),
]

ACTIVITIES = [
    ("1", "1 : opérateur principal"),
    ("2", "2 : deuxième opérateur"),
    ("3", "3 : troisième opérateur"),
    ("4", "4 : anesthésie"),
    ("5", "5 : circulation extracorporelle"),
]
PHASES = [(phase, phase) for phase in "0123"]
