"""What the family answers to pricing, API and site: pure functions of a snapshot and a moment.

Every answer carries the version it rests on, and so its legal act. Nothing is guessed: a question that several values
would fit raises AmbiguousTariffError, one that none fits is answered None.
"""

from __future__ import annotations

from catalog.conventions.acts import find_act, is_act_in_force, statut_on
from catalog.conventions.adherence import (
    ConventionAnswer,
    conventions,
    find_adherence,
    find_convention,
    is_in_force,
    payer_applies,
)
from catalog.conventions.answers import (
    NEGOTIATED_NOT_IN_FORCE,
    PAYER_APPLICATION_DATE,
    SIGNED_NOT_IN_FORCE,
    Note,
    Tarif,
)
from catalog.conventions.errors import AmbiguousTariffError, VariantNeededError
from catalog.conventions.listings import lettres_cles, tarifs
from catalog.conventions.rates import find_regles, find_taux
from catalog.conventions.tarifs import (
    find_forfait,
    find_forfait_for_coefficient,
    find_tarif_lettre,
    is_known_forfait,
    is_known_lettre,
    notes_on_forfait,
    notes_on_lettre,
)
from catalog.conventions.tiers_payant import (
    find_adhesion,
    find_on_list,
    find_pharmacy_convention,
    list_in_force,
    organismes_listing,
)

__all__ = [
    "NEGOTIATED_NOT_IN_FORCE",
    "PAYER_APPLICATION_DATE",
    "SIGNED_NOT_IN_FORCE",
    "AmbiguousTariffError",
    "ConventionAnswer",
    "Note",
    "Tarif",
    "VariantNeededError",
    "conventions",
    "find_act",
    "find_adherence",
    "find_adhesion",
    "find_convention",
    "find_forfait",
    "find_forfait_for_coefficient",
    "find_on_list",
    "find_pharmacy_convention",
    "find_regles",
    "find_tarif_lettre",
    "find_taux",
    "is_act_in_force",
    "is_in_force",
    "is_known_forfait",
    "is_known_lettre",
    "lettres_cles",
    "list_in_force",
    "notes_on_forfait",
    "notes_on_lettre",
    "organismes_listing",
    "payer_applies",
    "statut_on",
    "tarifs",
]
